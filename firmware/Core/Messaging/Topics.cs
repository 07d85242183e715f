using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>The topics of one device. It publishes only under its own prefix.</summary>
    public sealed class Topics
    {
        private readonly string _deviceId;

        /// <summary>Creates the topics.</summary>
        /// <param name="prefix">First level or levels, e.g. "m2m".</param>
        /// <param name="deviceId">The device id.</param>
        /// <param name="groups">Groups in addition to "all", to which every device belongs.</param>
        public Topics(string prefix, string deviceId, string[] groups)
        {
            _deviceId = deviceId;
            Use(prefix, groups);
        }

        /// <summary>First level or levels of all topics.</summary>
        public string Prefix;

        /// <summary>Prefix of the device's own topics up to the last level: prefix, id, a slash.</summary>
        public string Own;

        /// <summary>Presence, retained.</summary>
        public string Status;

        /// <summary>Readings.</summary>
        public string Telemetry => Own + "telemetry";

        /// <summary>Events.</summary>
        public string Event => Own + "event";

        /// <summary>Lines of the log.</summary>
        public string Log => Own + "log";

        /// <summary>Messages of the device to itself.</summary>
        public string Ping => Own + "ping";

        /// <summary>
        /// Where requests come in: the device's own topic first, then its groups; then likewise those that take only methods
        /// that read, so that access rules of the broker can tell operators from viewers.
        /// </summary>
        public string[] Requests;

        /// <summary>Whether a topic is that of one of the groups.</summary>
        /// <param name="topic">One of <see cref="Requests"/>.</param>
        /// <returns>False for the device's own.</returns>
        public bool IsGroup(string topic) => topic != Requests[0] && topic != Requests[Requests.Length / 2];

        /// <summary>Whether a topic takes only methods that read.</summary>
        /// <param name="topic">One of <see cref="Requests"/>: they end in "request" or "query".</param>
        /// <returns>Whether it does.</returns>
        public static bool IsQuery(string topic) => topic[topic.Length - 1] == 'y';

        /// <summary>Takes other settings over.</summary>
        /// <param name="prefix">First level or levels.</param>
        /// <param name="groups">Groups in addition to "all".</param>
        public void Use(string prefix, string[] groups)
        {
            Prefix = prefix;
            Own = prefix + "/" + _deviceId + "/";
            Status = Own + "status";
            Requests = Texts.New((groups.Length + 2) * 2);
            Add(0, "request", groups);
            Add(groups.Length + 2, "query", groups);
        }

        private void Add(int at, string level, string[] groups)
        {
            string group = Prefix + "/group/";
            Requests[at] = Own + level;
            Requests[at + 1] = group + "all/" + level;
            for (int i = 0; i < groups.Length; i++)
            {
                Requests[at + i + 2] = group + groups[i] + "/" + level;
            }
        }

        /// <summary>Where the responses to one client go.</summary>
        /// <param name="client">1 to 32 of A-Z a-z 0-9 _ -, checked before.</param>
        /// <returns>The topic.</returns>
        public string Response(string client) => Own + "response/" + client;
    }
}
