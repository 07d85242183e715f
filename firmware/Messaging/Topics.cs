namespace Firmware.Messaging
{
    /// <summary>The topics of one device. It publishes only under its own prefix.</summary>
    public sealed class Topics
    {
        private readonly string _own;

        /// <summary>Creates the topics.</summary>
        /// <param name="prefix">First level or levels, e.g. "m2m".</param>
        /// <param name="deviceId">The device id.</param>
        /// <param name="groups">Groups besides "all", to which every device belongs.</param>
        public Topics(string prefix, string deviceId, string[] groups)
        {
            _own = prefix + "/" + deviceId + "/";
            Status = _own + "status";
            Telemetry = _own + "telemetry";
            Event = _own + "event";
            Requests = new string[groups.Length + 2];
            Requests[0] = _own + "request";
            Requests[1] = prefix + "/group/all/request";
            for (int i = 0; i < groups.Length; i++)
            {
                Requests[i + 2] = prefix + "/group/" + groups[i] + "/request";
            }
        }

        /// <summary>Presence, retained.</summary>
        public string Status { get; }

        /// <summary>SenML packs.</summary>
        public string Telemetry { get; }

        /// <summary>Events.</summary>
        public string Event { get; }

        /// <summary>Where requests come in: the device's own topic first, then its groups.</summary>
        public string[] Requests { get; }

        /// <summary>Where the answers to one client go.</summary>
        /// <param name="client">1 to 32 of A-Z a-z 0-9 _ -, checked before.</param>
        /// <returns>The topic.</returns>
        public string Response(string client) => _own + "response/" + client;
    }
}
