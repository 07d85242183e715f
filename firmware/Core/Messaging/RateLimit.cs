using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>
    /// Keeps one asker from taking the device away from the others: a burst of requests, then a steady rate. Of more askers
    /// than it can tell apart, those that were quiet for longest begin anew.
    /// </summary>
    public sealed class RateLimit
    {
        /// <summary>Requests of one asker that are taken at once.</summary>
        public const int Burst = 20;

        /// <summary>Requests of one asker that are taken each second in the long run.</summary>
        public const int Rate = 2;

        private const int Askers = 8;

        // A list, the one that asked last first.
        private Asker _first;

        /// <summary>Takes note of a request.</summary>
        /// <param name="from">Who asks.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>0 when it is to be carried out, else seconds after which to ask again.</returns>
        public int Check(string from, long now)
        {
            TokenBucket bucket = Find(from).Bucket;
            return bucket.TryTake(now) ? 0 : (int)((bucket.NextAt - now + 999) / 1000);
        }

        private Asker Find(string from)
        {
            Asker before = null;
            Asker asker = _first;
            for (int i = 1; asker != null && asker.Name != from; i++)
            {
                if (i == Askers)
                {
                    asker = null;
                    before.Next = null;
                    break;
                }

                before = asker;
                asker = asker.Next;
            }

            if (asker == null)
            {
                asker = new Asker(from);
            }
            else if (before == null)
            {
                return asker;
            }
            else
            {
                before.Next = asker.Next;
            }

            asker.Next = _first;
            _first = asker;
            return asker;
        }

        private sealed class Asker
        {
            internal readonly string Name;
            internal readonly TokenBucket Bucket = new TokenBucket(Burst, Rate);
            internal Asker Next;

            internal Asker(string name)
            {
                Name = name;
            }
        }
    }
}
