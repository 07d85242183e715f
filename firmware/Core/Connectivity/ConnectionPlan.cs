using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <summary>Networks, brokers, topics and time servers of a connection.</summary>
    public sealed class ConnectionPlan
    {
        /// <summary>Networks in order of preference; none means the one that is stored in the chip.</summary>
        public WifiNetwork[] Networks = new WifiNetwork[0];

        /// <summary>The CONNECT parameters for each broker, in order of preference; one at least.</summary>
        public BrokerSession[] Sessions;

        /// <summary>Topics of requests, the device's own first; without wildcards.</summary>
        public string[] Topics;

        /// <summary>
        /// Filters of what else is subscribed to: a whole topic, or one that ends in <c>#</c> or in <c>+</c> levels.
        /// </summary>
        public string[] MoreTopics = new string[0];

        /// <summary>Topic under the device's own prefix on which it sends itself a message, to check that it still receives.</summary>
        public string PingTopic;

        /// <summary>Host names of time servers, 2 at most; none means that the clock is left alone.</summary>
        public string[] TimeServers = new string[0];

        /// <summary>Milliseconds that the first pause after the loss of a good connection has at most.</summary>
        public int SpreadMs = Backoff.DefaultFleetLimit;

        /// <summary>Seed of all randomness: <see cref="Jitter.SeedOf"/>.</summary>
        public int Seed;

        /// <summary>Whether a filter matches a topic. The number of levels that <c>+</c> matches is not checked.</summary>
        /// <param name="filter">One of <see cref="Topics"/> or <see cref="MoreTopics"/>.</param>
        /// <param name="topic">Topic of a message.</param>
        /// <returns>True when it does.</returns>
        public static bool Matches(string filter, string topic)
        {
            int wildcard = filter.IndexOf('+');
            wildcard = wildcard < 0 ? filter.IndexOf('#') : wildcard;
            return wildcard < 0 ? filter == topic : topic.IndexOf(filter.Substring(0, wildcard)) == 0;
        }

        /// <summary>Tells what is for the device from what else may come in.</summary>
        /// <param name="topic">Topic of a message.</param>
        /// <returns>Whether it is subscribed to, apart from the ping.</returns>
        public bool IsSubscribed(string topic) => topic != null && (IsRequest(topic) || IsOther(topic));

        /// <summary>Tells whether requests come in on a topic.</summary>
        /// <param name="topic">Topic of a message.</param>
        /// <returns>Whether it is one of <see cref="Topics"/>.</returns>
        public bool IsRequest(string topic)
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
        /// <param name="withShared">
        /// Whether topics outside the device's own are among them, apart from those of requests: a retained message there may
        /// be larger than the device can take.
        /// </param>
        /// <param name="last">A topic that comes last; null for none.</param>
        /// <returns>The topics of requests, that of the ping, and the others.</returns>
        public string[] Subscriptions(bool withShared, string last)
        {
            string own = PingTopic.Substring(0, PingTopic.LastIndexOf('/') + 1);
            int count = Topics.Length + (last == null ? 1 : 2);
            for (int i = 0; i < MoreTopics.Length; i++)
            {
                count += withShared || MoreTopics[i].StartsWith(own) ? 1 : 0;
            }

            string[] all = Texts.New(count);
            Topics.CopyTo(all, 0);
            all[Topics.Length] = PingTopic;
            int at = Topics.Length + 1;
            for (int i = 0; i < MoreTopics.Length; i++)
            {
                if (withShared || MoreTopics[i].StartsWith(own))
                {
                    all[at++] = MoreTopics[i];
                }
            }

            if (last != null)
            {
                all[at] = last;
            }

            return all;
        }

        private bool IsOther(string topic)
        {
            string[] filters = MoreTopics;
            for (int i = 0; i < filters.Length; i++)
            {
                if (Matches(filters[i], topic))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
