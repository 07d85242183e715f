namespace Firmware.Platform
{
    /// <summary>What a connection to the broker is opened with.</summary>
    public sealed class BrokerSession
    {
        /// <summary>Creates the description of a session.</summary>
        /// <param name="address">The broker.</param>
        /// <param name="clientId">The MQTT client id: the device id.</param>
        /// <param name="willTopic">Topic of the will, published retained with QoS 1.</param>
        /// <param name="willPayload">UTF-8 text of the will.</param>
        public BrokerSession(BrokerAddress address, string clientId, string willTopic, string willPayload)
        {
            Address = address;
            ClientId = clientId;
            WillTopic = willTopic;
            WillPayload = willPayload;
        }

        /// <summary>Seconds without traffic after which the client pings.</summary>
        public const int KeepAliveSeconds = 30;

        /// <summary>The broker.</summary>
        public BrokerAddress Address { get; }

        /// <summary>The MQTT client id.</summary>
        public string ClientId { get; }

        /// <summary>Topic of the will.</summary>
        public string WillTopic { get; }

        /// <summary>Text of the will.</summary>
        public string WillPayload { get; }
    }
}
