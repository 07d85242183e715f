using System.Collections;
using Firmware.Connectivity;
using Firmware.HomeAssistant;
using Firmware.Outputs;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Tests.Fakes
{
    /// <summary>Home Assistant discovery of a device with a BME280, and a test that plays link and broker.</summary>
    public sealed class DiscoveryRig
    {
        /// <summary>The file of what was announced.</summary>
        public const string File = "homeassistant";

        /// <summary>Messages for the channels of a BME280, the health values, the connection, the alarms and two buttons.</summary>
        public const int Messages = 3 + 5 + 1 + 1 + 2;

        private readonly ConnectionRig _connection = ConnectionRig.Online();
        private readonly Hashtable _broker;
        private Publisher _publisher;
        private DiscoveryPublisher _discovery;

        public DiscoveryRig()
            : this(new MemoryStorage(), new Hashtable())
        {
        }

        private DiscoveryRig(MemoryStorage storage, Hashtable broker)
        {
            Storage = storage;
            _broker = broker;
            Channels = new SamplerRig(ScriptedSensor.Bme280(), null).Sampler.Channels;
            Link.Acknowledges = false;
            Update("0.1.0");
        }

        public static BoardIdentity Identity { get; } = new BoardIdentity("esp32-devkitc", new byte[] { 2, 0, 0, 0, 0, 1 }, "power-on") { Manufacturer = "Espressif" };

        public ManualClock Clock => _connection.Clock;

        public FakeLink Link => _connection.Link;

        public Counters Counters => _connection.Counters;

        public MemoryStorage Storage { get; }

        public DiscoveryPublisher Discovery => _discovery;

        /// <summary>What the device has; may be changed at any time.</summary>
        public Channel[] Channels { get; set; }

        /// <summary>Topics that the broker keeps a message for.</summary>
        public int Kept => _broker.Count;

        /// <summary>The same, by name.</summary>
        public string[] Topics
        {
            get
            {
                string[] topics = Texts.New(_broker.Count);
                int count = 0;
                foreach (object topic in _broker.Keys)
                {
                    topics[count++] = (string)topic;
                }

                return topics;
            }
        }

        /// <summary>Topics of the messages sent, a line each, with "-" before removals.</summary>
        public string Log { get; private set; } = string.Empty;

        /// <summary>Messages sent.</summary>
        public int Sent { get; private set; }

        /// <summary>A topic as it is by default.</summary>
        public static string Topic(string component, string objectId) =>
            "homeassistant/" + component + "/esp32-020000000001/" + objectId + "/config";

        /// <summary>What is wanted by default.</summary>
        public static DiscoveryOptions Options(bool isEnabled, TelemetryFormat format, string prefix, string actuators)
        {
            string[] names = actuators.Length == 0 ? new string[0] : actuators.Split(' ');
            ActuatorRule[] rules = new ActuatorRule[names.Length];
            for (int i = 0; i < names.Length; i++)
            {
                rules[i] = new ActuatorRule(names[i], i);
            }

            return new DiscoveryOptions
            {
                IsEnabled = isEnabled,
                DiscoveryPrefix = prefix,
                Prefix = "m2m",
                Format = format,
                Interval = 10,
                HasLed = true,
                Outputs = new ActuatorRig(rules).Actuators,
            };
        }

        public void Enable() => Enable(string.Empty);

        public void Enable(string actuators) => _discovery.Use(Options(true, TelemetryFormat.Senml, "homeassistant", actuators));

        public void Disable() => _discovery.Use(Options(false, TelemetryFormat.Senml, "homeassistant", string.Empty));

        /// <summary>Another version of the firmware starts: what was in RAM is gone.</summary>
        public void Update(string version) => Update(Identity, version);

        /// <summary>The same, of another board.</summary>
        public void Update(BoardIdentity identity, string version)
        {
            _publisher = new Publisher(_connection.Connection, new TokenBucket(1000, 1), null);
            _discovery = new DiscoveryPublisher(Storage, Clock, Counters, identity, version);
            _publisher.Add(_discovery, MessageRank.Discovery);
        }

        /// <summary>The next run on the same storage, with the same broker.</summary>
        public DiscoveryRig CutPower() => new DiscoveryRig(Storage, _broker);

        /// <summary>What the broker keeps on a topic, or null.</summary>
        public string On(string topic) => (string)_broker[topic];

        /// <summary>Sends the next message; the broker gets it.</summary>
        public bool Send()
        {
            do
            {
                _discovery.Plan(Channels, Channels.Length);
            }
            while (_discovery.PlanAt == 0);
            int count = Link.Count;
            _publisher.Run(Clock.Uptime);
            if (Link.Count == count)
            {
                return false;
            }

            Publication message = Link[count];
            Sent++;
            Log += (message.Text.Length == 0 ? "-" : string.Empty) + message.Topic + "\n";
            if (message.Text.Length == 0)
            {
                _broker.Remove(message.Topic);
            }
            else
            {
                _broker[message.Topic] = message.Text;
            }

            return message.IsRetained;
        }

        /// <summary>The broker acknowledges the last message.</summary>
        public bool Acknowledge() => Acknowledge(Link.Count);

        /// <summary>The broker acknowledges a message.</summary>
        /// <returns>Whether it was in flight.</returns>
        public bool Acknowledge(int messageId)
        {
            bool isInFlight = _discovery.IsInFlight;
            _publisher.Finished(messageId, true);
            return isInFlight && !_discovery.IsInFlight;
        }

        /// <summary>The connection is lost, and open again.</summary>
        public void Lose() => _publisher.Reset();

        /// <summary>Sends all there is to a broker that acknowledges.</summary>
        /// <returns>How many messages.</returns>
        public int Drain()
        {
            Acknowledge();
            int count = 0;
            while (count < 1000 && Send())
            {
                Acknowledge();
                count++;
            }

            return count;
        }
    }
}
