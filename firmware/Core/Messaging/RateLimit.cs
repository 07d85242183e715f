using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>
    /// Limits the requests of each client, so that others are served too: a burst, then a steady rate. With more than
    /// 8 clients, the one without requests for longest is forgotten.
    /// </summary>
    public sealed class RateLimit
    {
        /// <summary>Requests of one client that are taken at once.</summary>
        public const int Burst = 20;

        /// <summary>Requests of one client that are taken each second in the long run.</summary>
        public const int Rate = 2;

        private const int MaxClients = 8;

        // A list, the client of the latest request first.
        private Client _first;

        /// <summary>Takes note of a request.</summary>
        /// <param name="from">Name of the client.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>0 when it must be carried out, else seconds after which to send it again.</returns>
        public int Check(string from, long now)
        {
            Client client = Find(from);
            return client.Wait(now);
        }

        private Client Find(string from)
        {
            Client before = null;
            Client client = _first;
            for (int i = 1; client != null && client.Name != from; i++)
            {
                if (i == MaxClients)
                {
                    client = null;
                    before.Next = null;
                    break;
                }

                before = client;
                client = client.Next;
            }

            if (client == null)
            {
                client = new Client(from);
            }
            else if (before == null)
            {
                return client;
            }
            else
            {
                before.Next = client.Next;
            }

            client.Next = _first;
            _first = client;
            return client;
        }

        private sealed class Client : TokenBucket
        {
            internal readonly string Name;
            internal Client Next;

            internal Client(string name)
                : base(Burst, Rate)
            {
                Name = name;
            }
        }
    }
}
