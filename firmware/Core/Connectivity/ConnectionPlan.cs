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

        /// <summary>Where updates are offered; null for a device that cannot be updated.</summary>
        public string UpdateOffers { get; init; }

        /// <summary>Start of the topics of their blocks, with two levels to follow; null likewise.</summary>
        public string UpdateBlocks { get; init; }

        /// <summary>Topic under the device's own prefix on which it sends itself a message, to hear whether it still hears.</summary>
        public string PingTopic { get; init; }

        /// <summary>Host names of time servers, 2 at most; none means that the clock is left alone.</summary>
        public string[] TimeServers { get; init; } = new string[0];

        /// <summary>Seed of all randomness: <see cref="Jitter.SeedOf"/>.</summary>
        public int Seed { get; init; }

        /// <summary>Tells what is for the device from what else may come in.</summary>
        /// <param name="topic">Topic of a message.</param>
        /// <returns>Whether it is one of <see cref="Topics"/>, or of updates.</returns>
        public bool IsSubscribed(string topic)
        {
            if (UpdateBlocks != null && topic != null && (topic == UpdateOffers || topic.StartsWith(UpdateBlocks)))
            {
                return true;
            }

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
        /// <param name="withOffers">Whether updates that are offered to all are wanted.</param>
        /// <returns>The topics of requests, that of the ping, and those of updates.</returns>
        public string[] Subscriptions(bool withOffers = true)
        {
            int count = Topics.Length;
            string[] all = Texts.New(count + (UpdateBlocks == null ? 1 : withOffers ? 3 : 2));
            Topics.CopyTo(all, 0);
            all[count] = PingTopic;
            if (UpdateBlocks != null)
            {
                all[count + 1] = UpdateBlocks + "+/+";
                if (withOffers)
                {
                    all[count + 2] = UpdateOffers;
                }
            }

            return all;
        }
    }
}
