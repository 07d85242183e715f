namespace Firmware.Platform
{
    /// <summary>
    /// What a connection to the broker is opened with. The session is persistent: while the device is away the broker
    /// keeps its subscriptions and the QoS 1 messages for it.
    /// </summary>
    public sealed class BrokerSession
    {
        /// <summary>Seconds without traffic after which the client pings.</summary>
        public const int KeepAliveSeconds = 30;

        /// <summary>Seconds for which the broker keeps the session while the device is away, under MQTT 5: a week.</summary>
        public const int ExpirySeconds = 604800;

        /// <summary>The value of <see cref="Reason"/> when something answered CONNECT that is no CONNACK of this version, or nothing did.</summary>
        public const int NoConnack = -1;

        /// <summary>Creates the description of a session.</summary>
        /// <param name="address">The broker.</param>
        /// <param name="clientId">The MQTT client id: the device id.</param>
        /// <param name="willTopic">Topic of the will, published retained with QoS 1.</param>
        /// <param name="willPayload">UTF-8 text of the will.</param>
        /// <param name="version">The version of MQTT.</param>
        public BrokerSession(BrokerAddress address, string clientId, string willTopic, string willPayload, MqttVersion version)
        {
            Address = address;
            ClientId = clientId;
            WillTopic = willTopic;
            WillPayload = willPayload;
            Version = version;
        }

        /// <summary>The broker.</summary>
        public readonly BrokerAddress Address;

        /// <summary>The MQTT client id.</summary>
        public readonly string ClientId;

        /// <summary>Topic of the will.</summary>
        public readonly string WillTopic;

        /// <summary>Text of the will.</summary>
        public readonly string WillPayload;

        /// <summary>The version of MQTT that was asked for.</summary>
        public readonly MqttVersion Version;

        /// <summary>Whether 3.1.1 is used instead: this broker does not work with 5.</summary>
        public bool FallsBack;

        /// <summary>Whether messages are published retained, the will too: this broker may not take them.</summary>
        public bool Retains = true;

        /// <summary>Bytes that a packet to the broker may have, by its CONNACK; 0 for no limit.</summary>
        public int MaximumPacketSize;

        /// <summary>Messages with QoS 1 that may be without acknowledgement, by its CONNACK.</summary>
        public int ReceiveMaximum = ushort.MaxValue;

        /// <summary>Seconds after which the broker misses a packet of the client, by its CONNACK; 0 for what CONNECT asked for.</summary>
        public int KeepAlive;

        /// <summary>Seconds for which the broker keeps the session, by its CONNACK; 0 for what CONNECT asked for.</summary>
        public int Expiry;

        /// <summary>
        /// What the port has from the broker, set before it reports an event: the reason code (MQTT 5 section 2.4, MQTT 3.1.1
        /// section 3.2.2.3) with which the broker refused or ended the connection, 0 without one, or <see cref="NoConnack"/>.
        /// </summary>
        public int Reason;

        /// <summary>Whether MQTT 5 is used.</summary>
        public bool IsVersion5 => Version == MqttVersion.V5 && !FallsBack;

        /// <summary>Takes over what was learned about the same broker, if it is the same.</summary>
        /// <param name="before">The session of before.</param>
        public void Recall(BrokerSession before)
        {
            if (before.Address.Host == Address.Host && before.Address.Port == Address.Port)
            {
                FallsBack = before.FallsBack;
                Retains = before.Retains;
            }
        }

        /// <summary>Describes the same session for several brokers.</summary>
        /// <param name="addresses">The brokers.</param>
        /// <param name="clientId">The MQTT client id: the device id.</param>
        /// <param name="willTopic">Topic of the will.</param>
        /// <param name="willPayload">UTF-8 text of the will.</param>
        /// <param name="version">The version of MQTT.</param>
        /// <returns>One description for each broker, in the same order.</returns>
        public static BrokerSession[] ForEach(BrokerAddress[] addresses, string clientId, string willTopic, string willPayload, MqttVersion version)
        {
            BrokerSession[] sessions = new BrokerSession[addresses.Length];
            for (int i = 0; i < sessions.Length; i++)
            {
                sessions[i] = new BrokerSession(addresses[i], clientId, willTopic, willPayload, version);
            }

            return sessions;
        }
    }
}
