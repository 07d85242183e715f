using Firmware.HomeAssistant;
using Firmware.Outputs;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.HomeAssistant
{
    /// <summary>
    /// The discovery messages in full. Their templates are evaluated with Jinja2 in the way of Home Assistant by
    /// tests/Scenarios/HomeAssistant.
    /// </summary>
    [TestClass]
    public class DiscoveryPayloadTests
    {
        private const string Available =
            "\"avty_t\":\"~/status\",\"avty_tpl\":\"{{ 'online' if value_json.state in ('online','sleeping') else 'offline' }}\",";

        private const string Device =
            "\"dev\":{\"ids\":\"esp32-020000000001\",\"name\":\"esp32-020000000001\",\"mf\":\"Espressif\",\"mdl\":\"esp32-devkitc\",\"sw\":\"0.1.0\"},"
            + "\"o\":{\"name\":\"m2m\",\"sw\":\"0.1.0\"}}";

        [TestMethod]
        public void Channel_in_senml()
        {
            string expected = Start("temperature", "Temperature", "telemetry")
                + "\"val_tpl\":\"{% set r=value_json|selectattr('n','eq','temperature')|list|last %}"
                + "{% if r is defined and value_json[1].n!='time-unknown' and value_json[0].bt|default(now().timestamp())"
                + "+r.t|default(0)>now().timestamp()-660 %}{{ r.v }}{% endif %}\","
                + "\"dev_cla\":\"temperature\",\"unit_of_meas\":\"\u00B0C\",\"stat_cla\":\"measurement\",\"sug_dsp_prc\":2,\"exp_aft\":60,"
                + Available + Device;
            Assert.AreEqual(expected, Announced(TelemetryFormat.Senml, "sensor", "temperature"));
        }

        [TestMethod]
        public void Channel_in_plain_json()
        {
            string expected = Start("humidity", "Humidity", "telemetry")
                + "\"val_tpl\":\"{% if value_json.timeUnknown is not defined and value_json.time|default(now().timestamp())"
                + "-value_json.age|default(0)>now().timestamp()-660 %}{{ value_json['humidity']|default('') }}{% endif %}\","
                + "\"dev_cla\":\"humidity\",\"unit_of_meas\":\"%\",\"stat_cla\":\"measurement\",\"sug_dsp_prc\":2,\"exp_aft\":60,"
                + Available + Device;
            Assert.AreEqual(expected, Announced(TelemetryFormat.Json, "sensor", "humidity"));
        }

        [TestMethod]
        [DataRow(false, "{{ r.vb }}")]
        [DataRow(true, "{{ value_json['door']|default('') }}")]
        public void Channel_that_is_true_or_false_is_a_binary_sensor(bool isPlain, string value)
        {
            DiscoveryRig rig = new DiscoveryRig();
            Measurand door = new Measurand("door", string.Empty, Measurand.Boolean, 0, 1);
            rig.Channels = new[] { new Channel("door", door, ChannelRule.Default) };
            rig.Discovery.Use(DiscoveryRig.Options(true, isPlain ? TelemetryFormat.Json : TelemetryFormat.Senml, "homeassistant", string.Empty));
            rig.Drain();
            string payload = rig.On(DiscoveryRig.Topic("binary_sensor", "door"));
            Assert.Contains(value + "{% endif %}\",\"pl_on\":\"True\",\"pl_off\":\"False\",\"exp_aft\":60,", payload);
            Assert.DoesNotContains("stat_cla", payload);
        }

        [TestMethod]
        public void Contact_that_is_turned_on_is_a_trigger()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Channels = new[] { new Channel("door", new Measurand("door", string.Empty, Measurand.Boolean, 0, 1), ChannelRule.Default) };
            rig.Enable();
            rig.Drain();
            string expected = "{\"~\":\"m2m/esp32-020000000001\",\"atype\":\"trigger\",\"type\":\"turned on\",\"stype\":\"door\",\"t\":\"~/event\","
                + "\"val_tpl\":\"{{ value_json.input|default('')~value_json.on|default('') }}\",\"pl\":\"doorTrue\","
                + Device;
            Assert.AreEqual(expected, rig.On(DiscoveryRig.Topic("device_automation", "door")));
        }

        [TestMethod]
        [DataRow("energy", "kWh", "energy", "kWh", "power", "kW")]
        [DataRow("heat", "Wh", "energy", "Wh", "power", "W")]
        [DataRow("cold-water", "m3", "water", "m\u00B3", "volume_flow_rate", "m\u00B3/h")]
        [DataRow("gas-meter", "m3", "gas", "m\u00B3", "volume_flow_rate", "m\u00B3/h")]
        [DataRow("rain", "L", "water", "L", "", "L/h")]
        [DataRow("pieces", "piece", "", "piece", "", "piece/h")]
        public void Total_of_a_meter_only_increases(string name, string unit, string totalClass, string totalUnit, string rateClass, string rateUnit)
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Channels = new[]
            {
                new Channel(name, new Measurand(name, unit, 3, 0, int.MaxValue), ChannelRule.Default),
                new Channel(name + "-rate", new Measurand(name + "-rate", unit + "/h", 3, 0, int.MaxValue), ChannelRule.Default),
            };
            rig.Enable();
            rig.Drain();
            Assert.Contains(Class(totalClass) + "\"unit_of_meas\":\"" + totalUnit + "\",\"stat_cla\":\"total_increasing\"", rig.On(DiscoveryRig.Topic("sensor", name)));
            Assert.Contains(Class(rateClass) + "\"unit_of_meas\":\"" + rateUnit + "\",\"stat_cla\":\"measurement\"", rig.On(DiscoveryRig.Topic("sensor", name + "-rate")));
        }

        // A tank is measured in the same units.
        [TestMethod]
        public void What_has_no_rate_is_no_total()
        {
            string payload = Of(new Channel("tank", new Measurand("tank", "m3", 3, 0, int.MaxValue), ChannelRule.Default));
            Assert.Contains("\"unit_of_meas\":\"m\u00B3\",\"stat_cla\":\"measurement\"", payload);
            Assert.DoesNotContains("dev_cla", payload);
        }

        [TestMethod]
        public void Health_value()
        {
            string expected = Start("health-signal", "Signal", "status")
                + "\"val_tpl\":\"{{ (value_json.health|default({})).signal|default('') }}\","
                + "\"dev_cla\":\"signal_strength\",\"unit_of_meas\":\"dBm\",\"stat_cla\":\"measurement\",\"ent_cat\":\"diagnostic\","
                + Available + Device;
            Assert.AreEqual(expected, Announced(TelemetryFormat.Senml, "sensor", "health-signal"));
        }

        [TestMethod]
        public void Health_value_that_is_a_count_has_no_unit()
        {
            string expected = Start("health-reconnects", "Reconnects", "status")
                + "\"val_tpl\":\"{{ (value_json.health|default({})).reconnects|default('') }}\","
                + "\"stat_cla\":\"total_increasing\",\"ent_cat\":\"diagnostic\","
                + Available + Device;
            Assert.AreEqual(expected, Announced(TelemetryFormat.Senml, "sensor", "health-reconnects"));
        }

        [TestMethod]
        public void Actuator()
        {
            string expected = Start("relay", "Relay", "status")
                + "\"val_tpl\":\"{{ (value_json.actuators|default({}))['relay']|default('') }}\","
                + "\"stat_on\":\"True\",\"stat_off\":\"False\",\"cmd_t\":\"~/request\","
                + "\"pl_on\":\"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"from\\\":\\\"homeassistant\\\",\\\"method\\\":\\\"actuators.set\\\",\\\"params\\\":{\\\"name\\\":\\\"relay\\\",\\\"on\\\":true}}\","
                + "\"pl_off\":\"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"from\\\":\\\"homeassistant\\\",\\\"method\\\":\\\"actuators.set\\\",\\\"params\\\":{\\\"name\\\":\\\"relay\\\",\\\"on\\\":false}}\","
                + "\"qos\":1,"
                + Available + Device;
            Assert.AreEqual(expected, Announced(TelemetryFormat.Senml, "switch", "relay"));
        }

        [TestMethod]
        public void Actuator_that_takes_levels_is_a_number()
        {
            DiscoveryRig rig = new DiscoveryRig();
            DiscoveryOptions options = DiscoveryRig.Options(true, TelemetryFormat.Senml, "homeassistant", string.Empty);
            options.Outputs = new ActuatorRig(new ActuatorRule("fan", 5) { Kind = ActuatorRule.Level }).Actuators;
            rig.Discovery.Use(options);
            rig.Drain();
            string expected = Start("fan", "Fan", "status")
                + "\"val_tpl\":\"{{ (value_json.actuators|default({}))['fan']|default('') }}\",\"cmd_t\":\"~/request\","
                + "\"cmd_tpl\":\"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"from\\\":\\\"homeassistant\\\",\\\"method\\\":\\\"actuators.set\\\",\\\"params\\\":{\\\"name\\\":\\\"fan\\\",\\\"level\\\":{{ value|int }}}}\","
                + "\"unit_of_meas\":\"%\",\"min\":0,\"qos\":1,"
                + Available + Device;
            Assert.AreEqual(expected, rig.On(DiscoveryRig.Topic("number", "fan")));
            Assert.IsNull(rig.On(DiscoveryRig.Topic("switch", "fan")));
        }

        [TestMethod]
        public void Connection_has_no_availability()
        {
            string expected = Start("status", "Connection", "status")
                + "\"val_tpl\":\"{{ 'ON' if value_json.state in ('online','sleeping') else 'OFF' }}\","
                + "\"dev_cla\":\"connectivity\",\"ent_cat\":\"diagnostic\","
                + Device;
            Assert.AreEqual(expected, Announced(TelemetryFormat.Senml, "binary_sensor", "status"));
        }

        [TestMethod]
        [DataRow("restart", "Restart")]
        [DataRow("identify", "Identify")]
        public void Method_is_a_button(string method, string name)
        {
            string expected = "{\"~\":\"m2m/esp32-020000000001\",\"uniq_id\":\"esp32-020000000001_" + method + "\",\"name\":\"" + name + "\",\"cmd_t\":\"~/request\","
                + "\"pl_prs\":\"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"from\\\":\\\"homeassistant\\\",\\\"method\\\":\\\"" + method + "\\\"}\","
                + "\"dev_cla\":\"" + method + "\",\"ent_cat\":\"config\",\"qos\":1,"
                + Available + Device;
            Assert.AreEqual(expected, Announced(TelemetryFormat.Senml, "button", method));
        }

        [TestMethod]
        public void Board_without_an_LED_has_no_button_to_identify_it()
        {
            DiscoveryRig rig = new DiscoveryRig();
            DiscoveryOptions options = DiscoveryRig.Options(true, TelemetryFormat.Senml, "homeassistant", string.Empty);
            options.HasLed = false;
            rig.Discovery.Use(options);
            rig.Drain();
            Assert.IsNull(rig.On(DiscoveryRig.Topic("button", "identify")));
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("button", "restart")));
        }

        [TestMethod]
        public void Alarms_and_rules_are_events_without_availability()
        {
            string expected = Start("alarm", "Alarm", "event")
                + "\"val_tpl\":\"{% if value_json.type in ('alarm','rule') %}{{ dict(value_json,event_type=value_json.state)|to_json }}{% endif %}\","
                + "\"evt_typ\":[\"normal\",\"high\",\"low\",\"active\",\"inactive\",\"stale\"],"
                + Device;
            Assert.AreEqual(expected, Announced(TelemetryFormat.Senml, "event", "alarm"));
        }

        [TestMethod]
        public void Firmware_is_an_update_without_a_command()
        {
            DiscoveryRig rig = new DiscoveryRig();
            DiscoveryOptions options = DiscoveryRig.Options(true, TelemetryFormat.Senml, "homeassistant", string.Empty);
            options.HasUpdates = true;
            rig.Discovery.Use(options);
            rig.Drain();
            string expected = Start("firmware", "Firmware", "status")
                + "\"val_tpl\":\"{% set u=value_json.updating|default({}) %}{{ {'installed_version':value_json.version,"
                + "'latest_version':u.version|default(value_json.version),'in_progress':u.percent is defined,"
                + "'update_percentage':u.percent|default(none)}|to_json }}\","
                + "\"dev_cla\":\"firmware\",\"ent_cat\":\"diagnostic\","
                + Available + Device;
            Assert.AreEqual(expected, rig.On(DiscoveryRig.Topic("update", "firmware")));
        }

        [TestMethod]
        public void Device_has_the_name_that_people_gave_it()
        {
            DiscoveryRig rig = new DiscoveryRig();
            DiscoveryOptions options = DiscoveryRig.Options(true, TelemetryFormat.Senml, "homeassistant", string.Empty);
            options.DeviceName = "Keller \"1\"";
            rig.Discovery.Use(options);
            rig.Drain();
            Assert.Contains("\"dev\":{\"ids\":\"esp32-020000000001\",\"name\":\"Keller \\\"1\\\"\",", rig.On(DiscoveryRig.Topic("sensor", "temperature")));
        }

        [TestMethod]
        public void Manufacturer_that_is_not_known_is_left_out()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Update(new BoardIdentity("native-sim", new byte[] { 2, 0, 0, 0, 0, 1 }, "power-on"), "0.1.0");
            rig.Enable();
            rig.Drain();
            Assert.Contains("\"name\":\"esp32-020000000001\",\"mdl\":\"native-sim\",", rig.On(DiscoveryRig.Topic("sensor", "temperature")));
        }

        [TestMethod]
        [DataRow("gas-resistance", "Gas resistance")]
        [DataRow("temperature-77", "Temperature 77")]
        [DataRow("Heater_2", "Heater 2")]
        [DataRow("2nd", "2nd")]
        public void Name_is_readable(string name, string expected)
        {
            string payload = Of(new Channel(name, ScriptedSensor.Temperature, ChannelRule.Default));
            Assert.Contains("\"name\":\"" + expected + "\"", payload);
        }

        [TestMethod]
        [DataRow("Ohm", "\u03A9")]
        [DataRow("ppm", "ppm")]
        public void Unit_that_has_no_device_class_is_shown_without_one(string unit, string expected)
        {
            string payload = Of(new Channel("quantity", new Measurand("quantity", unit, 0, 0, 1), ChannelRule.Default));
            Assert.Contains("\"unit_of_meas\":\"" + expected + "\"", payload);
            Assert.DoesNotContains("dev_cla", payload);
        }

        [TestMethod]
        [DataRow("{}", 10, 60)]
        [DataRow("{}", 86400, 259230)]
        [DataRow("{'temperature':{'deadband':0.2}}", 10, 2730)]
        [DataRow("{'temperature':{'deadbandPercent':1}}", 10, 2730)]
        [DataRow("{'temperature':{'deadband':0.2,'heartbeat':60}}", 10, 210)]
        [DataRow("{'temperature':{'deadband':0.2,'heartbeat':60}}", 300, 930)]
        [DataRow("{'temperature':{'heartbeat':60}}", 300, 930)]
        public void Value_expires_when_three_were_due(string rules, int interval, int seconds)
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Channels = new SamplerRig(ScriptedSensor.Bme280(), null, rules).Sampler.Channels;
            rig.Discovery.Use(new DiscoveryOptions { IsEnabled = true, Prefix = "m2m", Interval = interval });
            rig.Drain();
            Assert.Contains("\"exp_aft\":" + seconds + ",", rig.On(DiscoveryRig.Topic("sensor", "temperature")));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void Longest_announcement_stays_below_1500_bytes(int format)
        {
            string name = "A123456789B123456789C123456789D1";
            DiscoveryRig rig = new DiscoveryRig();
            rig.Channels = new[] { new Channel(name, ScriptedSensor.Pressure, ChannelRule.Default) };
            rig.Discovery.Use(new DiscoveryOptions
            {
                IsEnabled = true,
                Prefix = name + name,
                Format = (TelemetryFormat)format,
                Interval = 86400,
                DeviceName = "\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001"
                    + "\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001"
                    + "\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001"
                    + "\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001",
                Outputs = new ActuatorRig(new ActuatorRule(name, 1)).Actuators,
            });
            rig.Drain();
            Assert.IsTrue(rig.On(DiscoveryRig.Topic("sensor", name)).Length < 1500);
            Assert.IsTrue(rig.On(DiscoveryRig.Topic("switch", name)).Length < 1500);
        }

        private static string Class(string deviceClass) => deviceClass.Length == 0 ? " }}{% endif %}\"," : "\"dev_cla\":\"" + deviceClass + "\",";

        private static string Start(string id, string name, string topic) =>
            "{\"~\":\"m2m/esp32-020000000001\",\"uniq_id\":\"esp32-020000000001_" + id + "\",\"name\":\"" + name
            + "\",\"stat_t\":\"~/" + topic + "\",";

        private static string Announced(TelemetryFormat format, string component, string objectId)
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Discovery.Use(DiscoveryRig.Options(true, format, "homeassistant", "relay"));
            rig.Drain();
            return rig.On(DiscoveryRig.Topic(component, objectId));
        }

        private static string Of(Channel channel)
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Channels = new[] { channel };
            rig.Enable();
            rig.Drain();
            return rig.On(DiscoveryRig.Topic("sensor", channel.Name));
        }
    }
}
