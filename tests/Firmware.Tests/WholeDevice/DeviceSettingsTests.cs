using Firmware.Connectivity;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Settings of a whole device that change under way.</summary>
    [TestClass]
    public class DeviceSettingsTests
    {
        private const string Status = "/status";
        private const string Event = "/event";
        private const string Telemetry = "/telemetry";

        [TestMethod]
        public void Interval_is_used_at_once()
        {
            DeviceRig rig = Online();
            Set(rig, "'interval':2");
            int before = rig.Link.CountOf(Telemetry);
            rig.Run(10000);
            Assert.AreEqual(before + 5, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Format_is_used_at_once()
        {
            DeviceRig rig = Online();
            Set(rig, "'telemetry.format':'json'");
            rig.Run(10000);
            Assert.StartsWith("{\"seq\":2,\"temperature\":21.37,", rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Same_id_switches_on_and_off()
        {
            DeviceRig rig = WithRelay();
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'actuators.set','params':{'name':'relay','on':true}}");
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'actuators.set','params':{'name':'relay','on':false}}");
            rig.Run(1);
            Assert.Contains("\"actuators\":{\"relay\":false}", rig.Link.Last(Status).Text);
        }

        // What Home Assistant sends has no id.
        [TestMethod]
        public void Switch_works_at_once_in_an_hour_of_malformed_messages()
        {
            DeviceRig rig = WithRelay();
            for (int i = 0; i < 18000; i++)
            {
                rig.Run(200);
                rig.Request(i % 5 == 0 ? "{'jsonrpc':'2.0','id':1}" : "garbage");
            }

            rig.Request("{'jsonrpc':'2.0','method':'actuators.set','params':{'name':'relay','on':true}}");
            rig.Run(1);
            Assert.Contains("\"actuators\":{\"relay\":true}", rig.Link.Last(Status).Text);
        }

        [TestMethod]
        public void Rule_of_a_channel_is_used_at_once()
        {
            DeviceRig rig = Online();
            Set(rig, "'channels.temperature.offset':-1");
            rig.Run(10000);
            Assert.Contains("\"n\":\"temperature\",\"u\":\"Cel\",\"v\":20.37", rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Calibration_is_stored_and_used_at_once()
        {
            DeviceRig rig = Online();
            rig.Ask("{'jsonrpc':'2.0','id':'c','method':'sensors.calibrate','params':{'channel':'temperature','reference':20}}");
            DeviceRig next = Restarted(rig);
            Assert.Contains("\"v\":20}", next.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Level_of_the_log_is_used_at_once()
        {
            DeviceRig rig = Online();
            Set(rig, "'log.level':'information'");
            Set(rig, "'interval':11", "t");
            rig.Run(1000);
            Assert.Contains("\"text\":\"settings changed, revision 3\"", rig.Link.Last("/log").Text);
        }

        [TestMethod]
        public void Status_is_published_again_at_its_interval()
        {
            DeviceRig rig = Online();
            Set(rig, "'status.interval':60");
            int before = rig.Link.CountOf(Status);
            rig.Run(180000);
            Assert.AreEqual(before + 3, rig.Link.CountOf(Status));
        }

        [TestMethod]
        public void Settings_survive_a_restart()
        {
            DeviceRig rig = Online();
            Set(rig, "'interval':77");
            Assert.AreEqual(77, Restarted(rig).Device.Settings.Interval);
        }

        [TestMethod]
        public void Groups_need_another_connection_and_get_it_after_the_answer()
        {
            DeviceRig rig = Online();
            Set(rig, "'groups':['cellar']");
            Assert.Contains("\"groups\":\"reconnect\"", rig.Link.Last("/response/any").Text);
            rig.Run(1);
            rig.GoOnline();
            Assert.AreEqual("m2m/group/cellar/request", rig.Link.Topics[2]);
        }

        [TestMethod]
        public void Broker_on_trial_is_left_with_offline_after_the_answer()
        {
            DeviceRig rig = OnTrial();
            Assert.Contains("\"broker\":\"trial\"", rig.Link.Last("/response/any").Text);
            Assert.Contains("\"state\":\"offline\"", rig.Link.Last(Status).Text);
        }

        [TestMethod]
        public void Broker_on_trial_is_connected_to()
        {
            DeviceRig rig = OnTrial();
            rig.GoOnline();
            Assert.AreEqual("elsewhere", rig.Link.Session.Address.Host);
        }

        [TestMethod]
        public void Trial_that_came_online_is_confirmed()
        {
            DeviceRig rig = OnTrial();
            rig.GoOnline();
            rig.Run(1000);
            Assert.Contains("{\"type\":\"settings\",\"state\":\"confirmed\",\"revision\":2,\"request\":\"s\",\"from\":\"any\"", rig.Link.Last(Event).Text);
            Assert.AreEqual("elsewhere", Restarted(rig).Device.Settings.Broker.Host);
        }

        [TestMethod]
        public void Trial_that_did_not_come_online_returns_to_the_old_broker()
        {
            DeviceRig rig = OnTrial();
            rig.Run(121000);
            rig.GoOnline();
            Assert.AreEqual("mqtt.local", rig.Link.Session.Address.Host);
        }

        [TestMethod]
        public void Trial_that_is_rolled_back_is_an_event()
        {
            DeviceRig rig = OnTrial();
            rig.Run(121000);
            rig.GoOnline();
            rig.Run(1000);
            Assert.Contains(
                "{\"type\":\"settings\",\"state\":\"rolled-back\",\"revision\":3,\"reason\":\"not online within 120 s\",\"request\":\"s\",\"from\":\"any\"",
                rig.Link.Last(Event).Text);
        }

        [TestMethod]
        public void Trial_lasts_two_minutes()
        {
            DeviceRig rig = OnTrial();
            rig.Run(119000);
            Assert.AreEqual("elsewhere", rig.Device.Settings.Broker.Host);
        }

        [TestMethod]
        public void Restart_within_a_trial_returns_to_the_old_broker_and_tells_it()
        {
            DeviceRig next = Restarted(OnTrial());
            Assert.AreEqual("mqtt.local", next.Device.Settings.Broker.Host);
            Assert.AreEqual(1, next.Link.CountIn(Event, "\"state\":\"rolled-back\",\"revision\":3,\"reason\":\"the device restarted"));
        }

        [TestMethod]
        public void During_a_trial_nothing_else_is_set()
        {
            DeviceRig rig = OnTrial();
            rig.GoSubscribing();
            Assert.Contains("\"code\":-32004", Set(rig, "'interval':5", "t"));
        }

        [TestMethod]
        public void Prefix_on_trial_moves_all_topics()
        {
            DeviceRig rig = Online();
            Set(rig, "'prefix':'site'");
            rig.Acknowledge(rig.Link.Last(Status).Id);
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            Assert.AreEqual("site/esp32-020000000001/telemetry", rig.Link.Last(Telemetry).Topic);
            Assert.AreEqual("site/esp32-020000000001/status", rig.Link.Session.WillTopic);
        }

        [TestMethod]
        public void Readings_of_a_trial_are_not_lost()
        {
            DeviceRig rig = OnTrial();
            int before = rig.Link.CountOf(Telemetry);
            rig.Run(60000);
            rig.GoOnline();
            rig.Run(5000);
            Assert.IsTrue(rig.Link.CountOf(Telemetry) > before);
            Assert.AreEqual(0, rig.Device.OutboxCount);
        }

        [TestMethod]
        public void Home_assistant_configuration_is_published_at_once_and_removed_when_disabled()
        {
            DeviceRig rig = Online();
            Set(rig, "'homeassistant.enabled':true");
            rig.Run(2000);
            int configs = rig.Link.CountOf("/config");
            Set(rig, "'homeassistant.enabled':false", "t");
            rig.Run(2000);
            Assert.IsTrue(configs > 3);
            Assert.AreEqual(2, rig.Link.CountOf("/button/esp32-020000000001/identify/config"), "the rig has an LED");
            Assert.AreEqual(0, rig.Link.CountOf("/update/esp32-020000000001/firmware/config"), "and no updates");
            Assert.AreEqual(2 * configs, rig.Link.CountOf("/config"));
            Assert.AreEqual(string.Empty, rig.Link.Last("/config").Text);
        }

        [TestMethod]
        public void Actuator_is_switched_and_reported()
        {
            DeviceRig rig = new DeviceRig("{'actuators':{'relay':{'pin':5}}}");
            rig.Device.Start();
            rig.GoOnline();
            string answer = rig.Ask("{'jsonrpc':'2.0','id':'a','method':'actuators.set','params':{'name':'relay','on':true,'seconds':5}}");
            rig.Run(1000);
            Assert.Contains("\"result\":", answer);
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
            Assert.Contains("\"actuators\":{\"relay\":true}", rig.Link.Last(Status).Text);
            rig.Run(5000);
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
            Assert.Contains("\"actuators\":{\"relay\":false}", rig.Link.Last(Status).Text);
        }

        private static DeviceRig WithRelay()
        {
            DeviceRig rig = new DeviceRig("{'interval':60,'actuators':{'relay':{'pin':5}}}");
            rig.Device.Start();
            rig.GoOnline();
            return rig;
        }

        private static DeviceRig Online()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Run(1);
            return rig;
        }

        private static string Set(DeviceRig rig, string values) => Set(rig, values, "s");

        private static string Set(DeviceRig rig, string values, string id) =>
            rig.Ask("{'jsonrpc':'2.0','id':'" + id + "','method':'settings.set','params':{'values':{" + values + "}}}");

        /// <summary>Another broker was set, "offline" acknowledged; the device has begun to join.</summary>
        private static DeviceRig OnTrial()
        {
            DeviceRig rig = Online();
            Set(rig, "'broker':{'host':'elsewhere'}");
            rig.Run(1);
            Assert.AreEqual((int)ConnectionState.Joining, (int)rig.Device.Connection.State);
            return rig;
        }

        private static DeviceRig Restarted(DeviceRig rig)
        {
            DeviceRig next = new DeviceRig(rig.Storage, null);
            next.Device.Start();
            next.GoOnline();
            return next;
        }
    }
}
