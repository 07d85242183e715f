using Firmware.Gateway;
using Firmware.Gateway.Modbus;
using Firmware.HomeAssistant;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Outputs;
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

        // Names of the device: none, and the worst.
        private static readonly string[] Names = { string.Empty, "Heizung \"Keller\" \\ \uD83D\uDD25" };

        private static readonly string[] Outputs = { string.Empty, "relay" };

        // Channels of the children that are not named in the test.
        private const int ChildChannels = 11 + 7 + 3 - 5;

        // What a meter, a drive and a controller have.
        private static readonly ReadingGroup[] Children =
        {
            new ChildRule("m-1")
            {
                Layout = RegisterMap.Parse("v 0 u16 0.1 V, i i1 u16 0.01 A, p 2 s32 W, q 4 s16 kW, s 5 u16 VA, r 6 s16 var, e 7 u32 Wh, f 9 u32 kWh, hz 11 u16 0.01 Hz, w 12 u32 m3, x 14 u16"),
            },
            new ChildRule("drive")
            {
                Layout = RegisterMap.Parse("run 0 u16 rw, speed 1 u16 0.1 % rw, wanted 2 s16 0.5 Cel rw, fine 3 u32 0.000001 rw, gain 5 float rw, tens 7 u16 10 rw, most 8 s32-swapped rw"),
            },
            new ChildRule("pump") { Layout = RegisterMap.Parse("temperature 0.01 Cel, relay rw, level 0.1 % rw", true) },
        };

        [TestMethod]
        public void Test_sees_all_announcements()
        {
            DiscoveryRig rig = Announced(TelemetryFormat.Senml);
            string[] others =
            {
                "sensor/health-signal", "sensor/health-heap", "sensor/health-outbox", "sensor/health-uptime", "sensor/health-reconnects",
                "sensor/m-1_v", "switch/drive_run", "number/drive_speed", "switch/pump_relay", "number/pump_level",
                "binary_sensor/status", "switch/relay", "number/fan", "device_automation/door", "event/alarm", "button/restart", "button/identify", "update/firmware",
            };
            for (int i = 0; i < others.Length; i++)
            {
                string[] parts = others[i].Split('/');
                Assert.IsNotNull(rig.On(DiscoveryRig.Topic(parts[0], parts[1])), others[i]);
            }

            Assert.AreEqual(Measurands.Length + others.Length + ChildChannels, rig.Kept);
        }

        // Whatever the board has, and whatever is set.
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void Home_Assistant_accepts_every_message(int format)
        {
            for (int i = 0; i < 64; i++)
            {
                DiscoveryOptions options = DiscoveryRig.Options(true, (TelemetryFormat)format, "homeassistant", Outputs[i & 1]);
                options.DeviceName = Names[(i >> 1) & 1];
                options.HasLed = (i & 4) != 0;
                options.HasUpdates = (i & 16) != 0;
                options.Children = (i & 32) != 0 ? Children : null;
                DiscoveryRig rig = new DiscoveryRig();
                rig.Channels = (i & 8) != 0 ? ChannelsOf(Measurands) : new Channel[0];
                rig.Discovery.Use(options);
                rig.Drain();
                Assert.IsTrue(rig.Kept >= 8);
                Check(rig);
            }

            Check(Announced((TelemetryFormat)format));
        }

        // So that the test above can fail.
        [TestMethod]
        [DataRow("sensor", "\"stat_t\":\"~/t\"", "\"stat_t\":\"~/t\",\"nosuch\":1", "key nosuch")]
        [DataRow("sensor", "\"stat_t\":\"~/t\"", "\"stat_t\":\"~/t\",\"pl_prs\":\"x\"", "key payload_press")]
        [DataRow("sensor", "\"stat_t\":\"~/t\"", "\"stat_t\":\"~/t\",\"state_topic\":\"~/t\"", "key twice: state_topic")]
        [DataRow("sensor", "\"stat_t\":\"~/t\",", "", "without state_topic")]
        [DataRow("sensor", "~/t", "", "topic state_topic")]
        [DataRow("sensor", "\"stat_cla\":\"measurement\"", "\"stat_cla\":\"total\"", "classes humidity % total")]
        [DataRow("sensor", "\"%\"", "\"g\"", "classes humidity g measurement")]
        [DataRow("sensor", "\"uniq_id\":\"a\",", "", "without unique id or name")]
        [DataRow("sensor", "\"diagnostic\"", "\"config\"", "entity category config")]
        [DataRow("sensor", "\"ids\":\"a\"", "\"name\":\"a\"", "device without identifiers")]
        [DataRow("sensor", "\"ids\":\"a\"", "\"ids\":\"a\",\"make\":\"a\"", "key make")]
        [DataRow("sensor", "\"name\":\"m\",", "", "origin without name")]
        [DataRow("sensor", "\"sw\":\"1\"", "\"hw\":\"1\"", "key hw")]
        [DataRow("sensor", ",\"o\":", ",\"dev\":", "key twice: device")]
        [DataRow("button", "", "", "key state_topic")]
        [DataRow("nosuch", "", "", "component nosuch")]
        public void Message_that_Home_Assistant_does_not_accept_is_found(string component, string old, string changed, string expected)
        {
            string valid = "{\"~\":\"m2m\",\"uniq_id\":\"a\",\"name\":\"a\",\"stat_t\":\"~/t\",\"dev_cla\":\"humidity\",\"unit_of_meas\":\"%\",\"stat_cla\":\"measurement\","
                + "\"ent_cat\":\"diagnostic\",\"dev\":{\"ids\":\"a\"},\"o\":{\"name\":\"m\",\"sw\":\"1\"}}";
            Assert.IsNull(HomeAssistantCheck.ProblemOf("sensor", valid));
            int at = valid.IndexOf(old);
            Assert.AreEqual(expected, HomeAssistantCheck.ProblemOf(component, valid.Substring(0, at) + changed + valid.Substring(at + old.Length)));
        }

        [TestMethod]
        [DataRow("event", "\"stat_t\":\"t\"", "without event_types")]
        [DataRow("event", "\"stat_t\":\"t\",\"evt_typ\":[]", "event types")]
        [DataRow("event", "\"stat_t\":\"t\",\"evt_typ\":[1]", "event type")]
        [DataRow("button", "\"pl_prs\":\"x\"", "without command_topic")]
        [DataRow("button", "\"cmd_t\":\"a/+\"", "topic command_topic")]
        [DataRow("button", "\"cmd_t\":\"a\",\"dev_cla\":\"reboot\"", "device class reboot")]
        [DataRow("button", "\"cmd_t\":\"a\",\"ent_cat\":\"system\"", "entity category system")]
        [DataRow("switch", "\"stat_t\":\"t\"", "without command_topic")]
        [DataRow("number", "\"cmd_t\":\"t\",\"min\":5,\"max\":5", "range")]
        [DataRow("number", "\"cmd_t\":\"t\",\"min\":101", "range")]
        [DataRow("number", "\"cmd_t\":\"t\",\"step\":0.0009", "step")]
        [DataRow("update", "\"l_ver_t\":\"t\"", "without state_topic")]
        [DataRow("update", "\"stat_t\":\"t\",\"dev_cla\":\"update\"", "device class update")]
        public void Component_that_Home_Assistant_does_not_accept_is_found(string component, string members, string expected)
        {
            string payload = "{\"uniq_id\":\"a\",\"name\":\"a\",\"dev\":{\"ids\":\"a\"},\"o\":{\"name\":\"m\"}," + members + "}";
            Assert.AreEqual(expected, HomeAssistantCheck.ProblemOf(component, payload));
        }

        // All in which the device is named are of one device.
        [TestMethod]
        public void Topics_begin_with_the_device()
        {
            DiscoveryRig rig = Announced(TelemetryFormat.Senml);
            string[] topics = rig.Topics;
            for (int i = 0; i < topics.Length; i++)
            {
                JsonReader reader = Read(rig.On(topics[i]));
                Assert.AreEqual("m2m/esp32-020000000001", TextOf(reader, reader.Find(0, "~")));
                int device = reader.Find(0, "dev");
                string via = TextOf(reader, reader.Find(device, "via_device"));
                Assert.AreEqual("esp32-020000000001", via ?? TextOf(reader, reader.Find(device, "ids")));
                for (int key = reader.First(0); key != JsonReader.None; key = reader.Next(key))
                {
                    string name = TextOf(reader, key);
                    if (name == "t" || name.EndsWith("_t"))
                    {
                        Assert.StartsWith("~/", TextOf(reader, reader.ValueOf(key)), topics[i]);
                    }
                }
            }
        }

        [TestMethod]
        public void Unique_ids_differ_within_a_component()
        {
            DiscoveryRig rig = Announced(TelemetryFormat.Senml);
            string[] topics = rig.Topics;
            string seen = " ";
            for (int i = 0; i < topics.Length; i++)
            {
                JsonReader reader = Read(rig.On(topics[i]));
                string id = ComponentOf(topics[i]) + "/" + TextOf(reader, reader.Find(0, "uniq_id"));
                Assert.IsTrue(seen.IndexOf(" " + id + " ") < 0, id);
                seen += id + " ";
            }
        }

        // What Home Assistant sends is what the device understands.
        [TestMethod]
        [DataRow("switch", "relay", "pl_on", "actuators.set")]
        [DataRow("switch", "relay", "pl_off", "actuators.set")]
        [DataRow("button", "restart", "pl_prs", "restart")]
        [DataRow("button", "identify", "pl_prs", "identify")]
        [DataRow("switch", "drive_run", "pl_on", "children.set")]
        [DataRow("switch", "drive_run", "pl_off", "children.set")]
        public void Command_is_a_request_of_Home_Assistant_without_an_id(string component, string objectId, string key, string method)
        {
            JsonReader announcement = Read(Announced(TelemetryFormat.Senml).On(DiscoveryRig.Topic(component, objectId)));
            byte[] payload = Utf8.Bytes(TextOf(announcement, announcement.Find(0, key)));
            JsonReader reader = new JsonReader(4096);
            Assert.IsTrue(reader.TryParse(payload, 0, payload.Length));
            Request request = new Request(reader, payload);
            Assert.IsNull(request.Read());
            Assert.IsFalse(request.HasId);
            Assert.AreEqual("homeassistant", request.From);
            Assert.AreEqual(method, request.Method);
            if (objectId == "relay")
            {
                Assert.AreEqual("relay", TextOf(reader, request.Find("name")));
                Assert.IsTrue(reader.TryGetBoolean(request.Find("on"), out bool on));
                Assert.AreEqual(key == "pl_on", on);
            }

            if (objectId == "drive_run")
            {
                Assert.AreEqual("drive_run", TextOf(reader, request.Find("channel")));
                Assert.IsTrue(reader.TryGetInt64(request.Find("value"), out long value));
                Assert.AreEqual(key == "pl_on" ? 1L : 0L, value);
            }
        }

        private static void Check(DiscoveryRig rig)
        {
            string[] topics = rig.Topics;
            for (int i = 0; i < topics.Length; i++)
            {
                Assert.IsNull(HomeAssistantCheck.ProblemOf(ComponentOf(topics[i]), rig.On(topics[i])), topics[i]);
            }
        }

        private static Channel[] ChannelsOf(Measurand[] measurands)
        {
            Channel[] channels = new Channel[measurands.Length];
            for (int i = 0; i < channels.Length; i++)
            {
                channels[i] = new Channel(measurands[i].Name, measurands[i], ChannelRule.Default);
            }

            return channels;
        }

        // All that there is.
        private static DiscoveryRig Announced(TelemetryFormat format)
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Channels = ChannelsOf(Measurands);
            DiscoveryOptions options = DiscoveryRig.Options(true, format, "homeassistant", "relay");
            options.HasUpdates = true;
            options.Children = Children;
            options.Outputs = new ActuatorRig(new ActuatorRule("relay", 0), new ActuatorRule("fan", 5) { Kind = ActuatorRule.Level }).Actuators;
            rig.Discovery.Use(options);
            rig.Drain();
            return rig;
        }

        private static string ComponentOf(string topic) => topic.Split('/')[1];

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
