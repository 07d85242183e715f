using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <summary>What a connection is to be made to, and with what.</summary>
    public sealed class ConnectionPlan
    {
        /// <summary>Networks in order of preference; none means the one that is stored in the chip.</summary>
        public WifiNetwork[] Networks { get; init; } = new WifiNetwork[0];

        /// <summary>What each broker is told, in order of preference; one at least.</summary>
        public BrokerSession[] Sessions { get; init; }

        /// <summary>Topics of requests that are subscribed to, without wildcards.</summary>
        public string[] Topics { get; init; }

        /// <summary>Topic under the device's own prefix on which it sends itself a message, to hear whether it still hears.</summary>
        public string PingTopic { get; init; }

        /// <summary>Host names of time servers, 2 at most; none means that the clock is left alone.</summary>
        public string[] TimeServers { get; init; } = new string[0];

        /// <summary>Seed of all randomness: <see cref="Jitter.SeedOf"/>.</summary>
        public int Seed { get; init; }

        /// <summary>Tells a request from what else may come in.</summary>
        /// <param name="topic">Topic of a message.</param>
        /// <returns>Whether it is one of <see cref="Topics"/>.</returns>
        public bool IsRequestTopic(string topic)
        {
            string[] topics = Topics;
            for (int i = 0; i < topics.Length; i++)
            {
                if (topics[i] == topic)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>All that is subscribed to.</summary>
        /// <returns>The topics of requests, and that of the ping.</returns>
        public string[] Subscriptions()
        {
            string[] all = new string[Topics.Length + 1];
            Topics.CopyTo(all, 0);
            all[Topics.Length] = PingTopic;
            return all;
        }
    }
}
