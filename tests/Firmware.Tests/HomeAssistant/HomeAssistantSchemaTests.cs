using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.HomeAssistant
{
    /// <summary>Every announcement against what Home Assistant accepts, see <see cref="HomeAssistantFacts"/>.</summary>
    [TestClass]
    public class HomeAssistantSchemaTests
    {
        private const string Trigger = "device_automation";

        // Of all units that the drivers have, and one that nobody knows.
        private static readonly Measurand[] Measurands =
        {
            ScriptedSensor.Temperature,
            ScriptedSensor.Humidity,
            ScriptedSensor.Pressure,
            new Measurand("gas-resistance", "Ohm", 0, 1, 100000000),
            new Measurand("battery-voltage", "V", 3, 0, 6000),
            new Measurand("supply-current", "A", 3, 0, 100000),
            new Measurand("light", "lx", 0, 0, 100000),
            new Measurand("fill", "banana", 0, 0, 100000),
            new Measurand("cold-water", "m3", 3, 0, int.MaxValue),
            new Measurand("cold-water-rate", "m3/h", 3, 0, int.MaxValue),
            new Measurand("gas", "m3", 3, 0, int.MaxValue),
            new Measurand("gas-rate", "m3/h", 3, 0, int.MaxValue),
            new Measurand("rain", "L", 3, 0, int.MaxValue),
            new Measurand("rain-rate", "L/h", 3, 0, int.MaxValue),
            new Measurand("energy", "kWh", 3, 0, int.MaxValue),
            new Measurand("energy-rate", "kWh/h", 3, 0, int.MaxValue),
            new Measurand("heat", "Wh", 3, 0, int.MaxValue),
            new Measurand("heat-rate", "Wh/h", 3, 0, int.MaxValue),
            new Measurand("pieces", string.Empty, 0, 0, int.MaxValue),
            new Measurand("pieces-rate", "/h", 0, 0, int.MaxValue),
            new Measurand("door", string.Empty, Measurand.Boolean, 0, 1),
        };

        private static readonly string[] Topics = CreateTopics();

        [TestMethod]
        public void Test_sees_all_announcements()
        {
            Assert.AreEqual(Topics.Length, Announced(TelemetryFormat.Senml).Kept);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void Keys_are_known_to_the_component(int format)
        {
            DiscoveryRig rig = Announced((TelemetryFormat)format);
            for (int i = 0; i < Topics.Length; i++)
            {
                JsonReader reader = Read(rig.On(Topics[i]));
                string keys = ComponentOf(i) == Trigger ? " ~" + HomeAssistantFacts.TriggerKeys : HomeAssistantFacts.CommonKeys + KeysOf(ComponentOf(i));
                for (int key = reader.First(0); key != JsonReader.None; key = reader.Next(key))
                {
                    string name = Long(HomeAssistantFacts.Abbreviations, TextOf(reader, key));
                    Assert.IsTrue(Has(keys, name), Topics[i] + " " + name);
                }
            }
        }

        [TestMethod]
        public void Keys_of_the_device_are_known_and_it_has_an_identifier()
        {
            DiscoveryRig rig = Announced(TelemetryFormat.Senml);
            for (int i = 0; i < Topics.Length; i++)
            {
                JsonReader reader = Read(rig.On(Topics[i]));
                int device = reader.Find(0, "dev");
                Assert.AreEqual("esp32-020000000001", TextOf(reader, reader.Find(device, "ids")));
                for (int key = reader.First(device); key != JsonReader.None; key = reader.Next(key))
                {
                    Long(HomeAssistantFacts.DeviceAbbreviations, TextOf(reader, key));
                }
            }
        }

        [TestMethod]
        public void Required_topics_are_there_and_begin_with_the_device()
        {
            DiscoveryRig rig = Announced(TelemetryFormat.Senml);
            for (int i = 0; i < Topics.Length; i++)
            {
                JsonReader reader = Read(rig.On(Topics[i]));
                Assert.AreEqual("m2m/esp32-020000000001", TextOf(reader, reader.Find(0, "~")));
                Assert.Contains("~/", TextOf(reader, reader.Find(0, ComponentOf(i) == Trigger ? "t" : "stat_t")));
                if (ComponentOf(i) == "switch")
                {
                    Assert.AreEqual("~/request", TextOf(reader, reader.Find(0, "cmd_t")));
                }
            }
        }

        [TestMethod]
        public void Device_class_goes_with_the_unit_and_the_state_class()
        {
            DiscoveryRig rig = Announced(TelemetryFormat.Senml);
            for (int i = 0; i < Topics.Length; i++)
            {
                if (ComponentOf(i) == "sensor")
                {
                    JsonReader reader = Read(rig.On(Topics[i]));
                    string deviceClass = TextOf(reader, reader.Find(0, "dev_cla"));
                    string stateClass = TextOf(reader, reader.Find(0, "stat_cla"));
                    Assert.IsTrue(Has(HomeAssistantFacts.AllStateClasses, stateClass), Topics[i]);
                    if (deviceClass != null)
                    {
                        string unit = TextOf(reader, reader.Find(0, "unit_of_meas"));
                        Assert.IsTrue(Has(HomeAssistantFacts.Units, deviceClass + "=" + unit), Topics[i]);
                        Assert.IsTrue(Has(HomeAssistantFacts.StateClasses, deviceClass + "=" + stateClass), Topics[i]);
                    }
                }
            }
        }

        [TestMethod]
        public void Entity_category_is_one_that_sensors_accept()
        {
            DiscoveryRig rig = Announced(TelemetryFormat.Senml);
            for (int i = 0; i < Topics.Length; i++)
            {
                JsonReader reader = Read(rig.On(Topics[i]));
                int category = reader.Find(0, "ent_cat");
                bool isChannel = i < Measurands.Length || ComponentOf(i) == "switch" || ComponentOf(i) == Trigger;
                Assert.AreEqual(isChannel, category == JsonReader.None, Topics[i]);
                Assert.IsTrue(isChannel || Has(HomeAssistantFacts.EntityCategories, TextOf(reader, category)), Topics[i]);
            }
        }

        [TestMethod]
        public void Unique_ids_differ_within_a_component()
        {
            DiscoveryRig rig = Announced(TelemetryFormat.Senml);
            string seen = " ";
            for (int i = 0; i < Topics.Length; i++)
            {
                JsonReader reader = Read(rig.On(Topics[i]));
                string id = ComponentOf(i) + "/" + TextOf(reader, reader.Find(0, "uniq_id"));
                Assert.IsFalse(Has(seen, id), id);
                seen += id + " ";
            }
        }

        [TestMethod]
        public void Trigger_has_all_that_is_needed()
        {
            JsonReader reader = Read(Announced(TelemetryFormat.Senml).On(DiscoveryRig.Topic(Trigger, "door")));
            string[] needed = { "atype", "dev", "t", "type", "stype" };
            for (int i = 0; i < needed.Length; i++)
            {
                Assert.IsTrue(reader.Find(0, needed[i]) != JsonReader.None, needed[i]);
            }
        }

        // What Home Assistant sends is what the device understands.
        [TestMethod]
        [DataRow("pl_on", true)]
        [DataRow("pl_off", false)]
        public void Command_of_a_switch_is_a_request_without_an_id(string key, bool isOn)
        {
            JsonReader announcement = Read(Announced(TelemetryFormat.Senml).On(DiscoveryRig.Topic("switch", "relay")));
            byte[] payload = Utf8.Bytes(TextOf(announcement, announcement.Find(0, key)));
            JsonReader reader = new JsonReader(4096);
            Assert.IsTrue(reader.TryParse(payload, 0, payload.Length));
            Request request = new Request(reader, payload);
            Assert.IsNull(request.Read());
            Assert.IsFalse(request.HasId);
            Assert.AreEqual("actuators.set", request.Method);
            Assert.AreEqual("relay", TextOf(reader, request.Find("name")));
            Assert.IsTrue(reader.TryGetBoolean(request.Find("on"), out bool on));
            Assert.AreEqual(isOn, on);
        }

        private static DiscoveryRig Announced(TelemetryFormat format)
        {
            DiscoveryRig rig = new DiscoveryRig();
            Channel[] channels = new Channel[Measurands.Length];
            for (int i = 0; i < channels.Length; i++)
            {
                channels[i] = new Channel(Measurands[i].Name, Measurands[i], ChannelRule.Default);
            }

            rig.Channels = channels;
            rig.Discovery.Use(DiscoveryRig.Options(true, format, "homeassistant", "relay"));
            rig.Drain();
            return rig;
        }

        private static string[] CreateTopics()
        {
            string[] others =
            {
                "sensor/health-signal", "sensor/health-heap", "sensor/health-outbox", "sensor/health-uptime",
                "sensor/health-reconnects", "binary_sensor/status", "switch/relay", "device_automation/door",
            };
            string[] topics = Texts.New(Measurands.Length + others.Length);
            for (int i = 0; i < topics.Length; i++)
            {
                string[] parts = i < Measurands.Length ? new[] { Measurands[i].Scale == Measurand.Boolean ? "binary_sensor" : "sensor", Measurands[i].Name } : others[i - Measurands.Length].Split('/');
                topics[i] = DiscoveryRig.Topic(parts[0], parts[1]);
            }

            return topics;
        }

        private static string ComponentOf(int topic) => Topics[topic].Split('/')[1];

        private static string KeysOf(string component) =>
            component == "sensor" ? HomeAssistantFacts.SensorKeys
            : component == "switch" ? HomeAssistantFacts.SwitchKeys
            : HomeAssistantFacts.BinarySensorKeys;

        private static bool Has(string list, string entry) => list.IndexOf(" " + entry + " ") >= 0;

        private static string Long(string abbreviations, string key)
        {
            int at = abbreviations.IndexOf(" " + key + "=");
            Assert.IsTrue(at >= 0, key);
            at += key.Length + 2;
            return abbreviations.Substring(at, abbreviations.IndexOf(' ', at) - at);
        }

        private static JsonReader Read(string payload)
        {
            byte[] bytes = Utf8.Bytes(payload);
            JsonReader reader = new JsonReader(4096);
            Assert.IsTrue(reader.TryParse(bytes, 0, bytes.Length), payload);
            return reader;
        }

        private static string TextOf(JsonReader reader, int token)
        {
            if (token == JsonReader.None)
            {
                return null;
            }

            reader.TryGetString(token, out string text);
            return text;
        }
    }
}
