using Firmware.Gateway;
using Firmware.Gateway.Modbus;
using Firmware.HomeAssistant;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.HomeAssistant
{
    /// <summary>Children of a gateway: each is a device of its own that is reached by the gateway.</summary>
    [TestClass]
    public class ChildDiscoveryTests
    {
        private const string Meter = "voltage 0 u16 0.1 V, energy 4 u32 kWh, relay 7 u16 rw, setpoint 10 s16 0.5 Cel rw";
        private const int Channels = 4;

        private const string Tail = "\"avty_t\":\"~/status\",\"avty_tpl\":\"{{ 'online' if value_json.state in ('online','sleeping') and 'meter' not in value_json.childrenLost|default([]) else 'offline' }}\","
            + "\"dev\":{\"ids\":\"esp32-020000000001_meter\",\"name\":\"meter\",\"via_device\":\"esp32-020000000001\"},"
            + "\"o\":{\"name\":\"m2m\",\"sw\":\"0.1.0\"}}";

        [TestMethod]
        public void Channel_is_a_sensor_of_the_child()
        {
            string expected = Start("meter_voltage", "Voltage", "210", "810")
                + "\"dev_cla\":\"voltage\",\"unit_of_meas\":\"V\",\"stat_cla\":\"measurement\",\"sug_dsp_prc\":1,\"exp_aft\":210," + Tail;
            Assert.AreEqual(expected, Announced(Meter).On(DiscoveryRig.Topic("sensor", "meter_voltage")));
        }

        [TestMethod]
        public void Energy_only_increases()
        {
            string payload = Announced(Meter).On(DiscoveryRig.Topic("sensor", "meter_energy"));
            Assert.Contains("\"dev_cla\":\"energy\",\"unit_of_meas\":\"kWh\",\"stat_cla\":\"total_increasing\",\"sug_dsp_prc\":0,", payload);
        }

        [TestMethod]
        public void Register_without_unit_and_scale_that_may_be_written_is_a_switch()
        {
            DiscoveryRig rig = Announced(Meter);
            string expected = Start("meter_relay", "Relay", "210", "810")
                + "\"cmd_t\":\"~/request\",\"stat_on\":\"1\",\"stat_off\":\"0\","
                + "\"pl_on\":\"" + Command("meter_relay") + "1}}\",\"pl_off\":\"" + Command("meter_relay") + "0}}\",\"qos\":1," + Tail;
            Assert.AreEqual(expected, rig.On(DiscoveryRig.Topic("switch", "meter_relay")));
            Assert.IsNull(rig.On(DiscoveryRig.Topic("sensor", "meter_relay")));
        }

        [TestMethod]
        public void Other_register_that_may_be_written_is_a_number_with_its_range()
        {
            string expected = Start("meter_setpoint", "Setpoint", "210", "810")
                + "\"cmd_t\":\"~/request\",\"cmd_tpl\":\"" + Command("meter_setpoint") + "{{ value|round(1) }}}}\",\"unit_of_meas\":\"\u00B0C\","
                + "\"min\":-16384,\"max\":16383.5,\"step\":0.5,\"qos\":1," + Tail;
            Assert.AreEqual(expected, Announced(Meter).On(DiscoveryRig.Topic("number", "meter_setpoint")));
        }

        [TestMethod]
        [DataRow("a 0 u16 V rw", "\"min\":0,\"max\":65535,\"step\":1,")]
        [DataRow("a 0 u16 % rw", "\"min\":0,\"max\":100,\"step\":1,")]
        [DataRow("a 0 s16 0.1 %RH rw", "\"min\":-100,\"max\":100,\"step\":0.1,")]
        [DataRow("a 0 u16 7 % rw", "\"min\":0,\"max\":98,\"step\":7,")]
        [DataRow("a 0 u16 0.001 % rw", "\"min\":0,\"max\":65.535,\"step\":0.001,")]
        [DataRow("a 0 u16 10 rw", "\"min\":0,\"max\":655350,\"step\":10,")]
        [DataRow("a 0 u32 0.000001 rw", "\"min\":0,\"max\":2147.483647,\"step\":0.001,")]
        [DataRow("a 0 float V rw", "\"min\":-2147483.647,\"max\":2147483.647,\"step\":0.001,")]
        public void Number_has_the_range_of_the_register_and_no_step_that_is_too_small(string registers, string expected)
        {
            Assert.Contains(expected, Announced(registers).On(DiscoveryRig.Topic("number", "meter_a")));
        }

        [TestMethod]
        public void Channel_of_a_controller_is_found_before_its_first_line()
        {
            DiscoveryRig rig = new DiscoveryRig();
            ReadingGroup[] children = { new ChildRule("pump") { Layout = RegisterMap.Parse("temperature 0.01 Cel, relay 1 rw", true) } };
            rig.Discovery.Use(Options(children));
            rig.Drain();
            Assert.Contains("\"dev_cla\":\"temperature\"", rig.On(DiscoveryRig.Topic("sensor", "pump_temperature")));
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("switch", "pump_relay")));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void Longest_announcement_stays_below_1500_bytes(int format)
        {
            string name = "A123456789B123456789C123456789D1";
            string channel = "abcdefghijklmnopqrstuvwx";
            DiscoveryRig rig = new DiscoveryRig();
            ReadingGroup[] children = { new ChildRule(name) { Layout = RegisterMap.Parse(channel + " 65534 float-swapped 0.000001 abcdefghijklmnop rw, S" + channel.Substring(1) + " 0 u16 rw") } };
            rig.Discovery.Use(new DiscoveryOptions { IsEnabled = true, Prefix = name + name, Format = (TelemetryFormat)format, Children = children });
            rig.Drain();
            Assert.IsTrue(rig.On(DiscoveryRig.Topic("number", name + "_" + channel)).Length < 1500);
            Assert.IsTrue(rig.On(DiscoveryRig.Topic("switch", name + "_S" + channel.Substring(1))).Length < 1500);
        }

        [TestMethod]
        public void Device_comes_first_then_each_child_and_no_message_twice()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Discovery.Use(Options(Children(Meter, "one", "two")));
            Assert.AreEqual(DiscoveryRig.Messages + (2 * Channels), rig.Drain());
            Assert.AreEqual(rig.Sent, rig.Kept);
            string[] topics = rig.Log.Split('\n');
            for (int i = 0; i < rig.Sent; i++)
            {
                Assert.AreEqual(i >= DiscoveryRig.Messages, topics[i].IndexOf("/one_") > 0 || topics[i].IndexOf("/two_") > 0, topics[i]);
            }

            Assert.AreEqual(6, rig.Storage.Writes, "two for each");
            Assert.AreEqual(0, rig.Drain());
            rig.Discovery.Use(Options(Children(Meter, "one", "two")));
            Assert.AreEqual(0, rig.Drain(), "nothing has changed");
        }

        [TestMethod]
        public void Renewal_publishes_those_of_the_children_again_once()
        {
            DiscoveryRig rig = Announced(Meter);
            rig.Discovery.Renew();
            Assert.AreEqual(DiscoveryRig.Messages + Channels, rig.Drain());
            Assert.AreEqual(0, rig.Drain());
        }

        [TestMethod]
        public void Register_that_is_gone_is_removed_and_the_others_stay()
        {
            DiscoveryRig rig = Announced(Meter).CutPower();
            rig.Discovery.Use(Options(Children("voltage 0 u16 0.1 V, energy 4 u32 kWh, relay 7 u16, power 9 s16 W", "meter")));
            Assert.AreEqual(4, rig.Drain());
            Assert.IsNull(rig.On(DiscoveryRig.Topic("number", "meter_setpoint")));
            Assert.IsNull(rig.On(DiscoveryRig.Topic("switch", "meter_relay")), "it may not be written any more");
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("sensor", "meter_relay")));
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("sensor", "meter_power")));
            Assert.AreEqual(DiscoveryRig.Messages + Channels, rig.Kept);
        }

        [TestMethod]
        [DataRow("0.01 V")]
        [DataRow("0.1 A")]
        [DataRow("0.1")]
        public void Register_that_is_read_otherwise_is_announced_again(string scale)
        {
            DiscoveryRig rig = Announced("voltage 0 u16 0.1 V, power 1 s16 W");
            rig.Discovery.Use(Options(Children("voltage 0 u16 " + scale + ", power 1 s16 W", "meter")));
            Assert.AreEqual(1, rig.Drain());
        }

        [TestMethod]
        public void Child_that_is_gone_is_removed_at_once_with_its_file()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Discovery.Use(Options(Children(Meter, "one", "two", "three")));
            rig.Drain();
            int files = rig.Storage.List().Length;
            DiscoveryRig next = rig.CutPower();
            next.Discovery.Use(Options(Children(Meter, "two")));
            Assert.AreEqual(2 * Channels, next.Drain());
            Assert.AreEqual(DiscoveryRig.Messages + Channels, next.Kept);
            Assert.IsNotNull(next.On(DiscoveryRig.Topic("sensor", "two_voltage")));
            Assert.AreEqual(files - 2, rig.Storage.List().Length);
            next.Discovery.Use(Options(null));
            Assert.AreEqual(Channels, next.Drain());
            Assert.AreEqual(DiscoveryRig.Messages, next.Kept);
        }

        [TestMethod]
        public void Everything_is_removed_when_it_is_disabled()
        {
            DiscoveryRig rig = Announced(Meter);
            DiscoveryOptions options = Options(Children(Meter, "meter"));
            options.IsEnabled = false;
            rig.Discovery.Use(options);
            Assert.AreEqual(DiscoveryRig.Messages + Channels, rig.Drain());
            Assert.AreEqual(0, rig.Kept);
            Assert.AreEqual(0, rig.Storage.List().Length);
        }

        [TestMethod]
        public void File_that_a_power_cut_has_left_is_that_of_its_child()
        {
            DiscoveryRig rig = Announced(Meter);
            string[] files = rig.Storage.List();
            for (int i = 0; i < files.Length; i++)
            {
                rig.Storage.Replace(files[i] + ".new", rig.Storage.Read(files[i]));
            }

            rig.Discovery.Use(Options(Children(Meter, "meter")));
            Assert.AreEqual(0, rig.Drain());
            Assert.AreEqual(DiscoveryRig.Messages + Channels, rig.Kept);
        }

        [TestMethod]
        public void Damaged_file_of_a_child_that_is_gone_is_deleted()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            rig.Storage.Put("homeassistant-7", "torn");
            rig.Enable();
            Assert.AreEqual(0, rig.Drain());
            Assert.IsNull(rig.Storage.Read("homeassistant-7"));
        }

        [TestMethod]
        public void Storage_that_fails_ends_the_removal_of_a_child_and_the_next_run_completes_it()
        {
            DiscoveryRig rig = Announced(Meter);
            rig.Discovery.Use(Options(null));
            rig.Send();
            rig.Storage.WriteFails = true;
            rig.Acknowledge();
            Assert.AreEqual(Channels - 1, rig.Drain());
            Assert.AreEqual(1, rig.Counters.StorageFaults);
            rig.Storage.WriteFails = false;
            DiscoveryRig next = rig.CutPower();
            next.Discovery.Use(Options(null));
            Assert.AreEqual(Channels, next.Drain());
            Assert.AreEqual(1, rig.Storage.List().Length);
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Power_may_be_cut_after_any_message(bool isAcknowledged)
        {
            for (int cut = 0; cut < DiscoveryRig.Messages + (2 * Channels); cut++)
            {
                DiscoveryRig rig = new DiscoveryRig();
                rig.Discovery.Use(Options(Children(Meter, "one", "two")));
                for (int i = 0; i < cut && rig.Send(); i++)
                {
                    rig.Acknowledge(isAcknowledged || i < cut - 1 ? rig.Link.Count : 0);
                }

                DiscoveryRig next = rig.CutPower();
                next.Discovery.Use(Options(Children(Meter, "two")));
                next.Drain();
                Assert.AreEqual(DiscoveryRig.Messages + Channels, next.Kept);
            }
        }

        // The device looks at its own file to see whether there is anything to remove.
        [TestMethod]
        public void Device_is_removed_last()
        {
            DiscoveryRig rig = Announced(Meter);
            DiscoveryOptions options = Options(null);
            options.IsEnabled = false;
            rig.Discovery.Use(options);
            while (rig.Send())
            {
                Assert.IsTrue(rig.Storage.Read(DiscoveryRig.File) != null, "after " + rig.Sent);
                rig.Acknowledge();
            }

            Assert.AreEqual(0, rig.Kept);
            Assert.AreEqual(0, rig.Storage.List().Length);
        }

        [TestMethod]
        public void File_that_cannot_be_deleted_is_left()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            rig.Storage.Put("homeassistant-7", "torn");
            rig.Storage.WriteFails = true;
            rig.Enable();
            Assert.AreEqual(0, rig.Drain());
            Assert.AreEqual(1, rig.Counters.StorageFaults);
        }

        [TestMethod]
        public void Removal_may_be_cut_too()
        {
            for (int cut = 0; cut < Channels; cut++)
            {
                DiscoveryRig rig = Announced(Meter);
                rig.Discovery.Use(Options(null));
                for (int i = 0; i < cut; i++)
                {
                    rig.Send();
                    rig.Acknowledge();
                }

                DiscoveryRig next = rig.CutPower();
                next.Discovery.Use(Options(Children(Meter, "meter")));
                next.Drain();
                Assert.AreEqual(DiscoveryRig.Messages + Channels, next.Kept);
            }
        }

        // The whole device: a rule has an object made for a channel, which is then among those of the device.
        [TestMethod]
        public void Channel_that_a_setting_names_is_announced_once_with_its_heartbeat()
        {
            GatewayRig rig = new GatewayRig(
                "'meter':{'address':3,'interval':10,'registers':'voltage 0 u16 0.1 V, power 2 s32 W'}",
                ",'homeassistant':{'enabled':true},'channels':{'meter_voltage':{'deadband':1,'heartbeat':600}}");
            rig.GoOnline();
            rig.Device.Run(60000);
            FakeLink link = rig.Device.Link;
            Assert.AreEqual(1, link.CountOf("/meter_voltage/config"));
            string voltage = link.Last("/sensor/esp32-020000000001/meter_voltage/config").Text;
            Assert.Contains("\"exp_aft\":1830,", voltage);
            Assert.Contains("\"via_device\":\"esp32-020000000001\"", voltage);
            Assert.Contains("\"exp_aft\":60,", link.Last("/sensor/esp32-020000000001/meter_power/config").Text);
            Assert.DoesNotContains("via_device", link.Last("/sensor/esp32-020000000001/temperature/config").Text);

            // Another heartbeat is announced at once, and that alone.
            int count = link.CountOf("/config");
            rig.Device.Ask("{'jsonrpc':'2.0','id':'1','method':'settings.set','params':{'values':{'channels.meter_voltage.heartbeat':60}}}");
            rig.Device.Run(5000);
            Assert.AreEqual(count + 1, link.CountOf("/config"));
            Assert.Contains("\"exp_aft\":210,", link.Last("/meter_voltage/config").Text);
        }

        [TestMethod]
        public void Status_names_a_child_that_is_lost_as_the_template_reads_it()
        {
            GatewayRig rig = new GatewayRig("'meter':{'address':3,'interval':10,'registers':'voltage 0 u16 0.1 V'}", ",'homeassistant':{'enabled':true}");
            rig.GoOnline();
            Assert.DoesNotContains("childrenLost", rig.Device.Link.Last("/status").Text);
            rig.Line.Silent = 1 << 3;
            rig.Device.Run(60000);
            Publication status = rig.Device.Link.Last("/status");
            Assert.IsTrue(status.IsRetained);
            Assert.Contains("\"childrenLost\":[\"meter\"]", status.Text);
            rig.Line.Silent = 0;
            rig.Device.Run(300000);
            Assert.DoesNotContains("childrenLost", rig.Device.Link.Last("/status").Text);
        }

        [TestMethod]
        public void Position_of_a_receiver_is_two_sensors()
        {
            TextRig rig = new TextRig("'boat':{'protocol':'nmea'}},'homeassistant':{'enabled':true", true, true);
            rig.Device.Run(60000);
            Assert.Contains("\"unit_of_meas\":\"\u00B0\",\"stat_cla\":\"measurement\",\"sug_dsp_prc\":7,", rig.Device.Link.Last("/boat_latitude/config").Text);
            Assert.Contains("\"dev_cla\":\"speed\",\"unit_of_meas\":\"m/s\"", rig.Device.Link.Last("/boat_speed/config").Text);
            Assert.AreEqual(1, rig.Device.Link.CountOf("/boat_longitude/config"));
        }

        [TestMethod]
        public void Child_is_removed_after_a_restart_without_it()
        {
            GatewayRig rig = new GatewayRig("'meter':{'address':3,'interval':10,'registers':'voltage 0 u16 0.1 V'}", ",'homeassistant':{'enabled':true}");
            rig.GoOnline();
            rig.Device.Run(60000);
            GatewayRig next = new GatewayRig(rig.Device.Storage, "{'reconnect':{'spread':1},'interval':60,'homeassistant':{'enabled':true}}");
            next.GoOnline();
            next.Device.Run(60000);
            Assert.AreEqual(string.Empty, next.Device.Link.Last("/meter_voltage/config").Text);
        }

        private static string Start(string id, string name, string expires, string oldest) =>
            "{\"~\":\"m2m/esp32-020000000001\",\"uniq_id\":\"esp32-020000000001_" + id + "\",\"name\":\"" + name + "\",\"stat_t\":\"~/telemetry\","
            + "\"val_tpl\":\"{% set r=value_json|selectattr('n','eq','" + id + "')|list|last %}"
            + "{% if r is defined and value_json[1].n!='time-unknown' and value_json[0].bt|default(now().timestamp())"
            + "+r.t|default(0)>now().timestamp()-" + oldest + " %}{{ r.v }}{% endif %}\",";

        private static string Command(string channel) =>
            "{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"from\\\":\\\"homeassistant\\\",\\\"method\\\":\\\"children.set\\\",\\\"params\\\":{\\\"channel\\\":\\\"" + channel + "\\\",\\\"value\\\":";

        private static DiscoveryOptions Options(ReadingGroup[] children)
        {
            DiscoveryOptions options = DiscoveryRig.Options(true, TelemetryFormat.Senml, "homeassistant", string.Empty);
            options.Children = children;
            return options;
        }

        private static ReadingGroup[] Children(string registers, params string[] names)
        {
            ReadingGroup[] children = new ReadingGroup[names.Length];
            for (int i = 0; i < names.Length; i++)
            {
                children[i] = new ChildRule(names[i]) { Layout = RegisterMap.Parse(registers) };
            }

            return children;
        }

        private static DiscoveryRig Announced(string registers)
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Discovery.Use(Options(Children(registers, "meter")));
            rig.Drain();
            return rig;
        }
    }
}
