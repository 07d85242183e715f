using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>A whole device that sleeps between its measurements: each wake is a rig on the storage of the one before.</summary>
    [TestClass]
    public class DeviceSleepTests
    {
        private const string Settings = "{'interval':300,'power':{'mode':'deep-sleep'}}";
        private const string Status = "/status";
        private const string Telemetry = "/telemetry";
        private const string Event = "/event";

        // A contact that chatters on, or a wire that catches noise: each sleep ends at once.
        [TestMethod]
        public void Pin_that_wakes_again_and_again_is_not_watched_for_some_minutes()
        {
            DeviceRig rig = new DeviceRig(new MemoryStorage(), "{'interval':3600,'sntp':[],'power':{'mode':'deep-sleep','wakePin':4}}", "power-on");
            Assert.AreEqual(4, PinAfter(rig));
            for (int i = 0; i < 8; i++)
            {
                rig = new DeviceRig(rig.Storage, null, "pin");
                Assert.AreEqual(4, PinAfter(rig), "wake " + i);
            }

            rig = new DeviceRig(rig.Storage, null, "pin");
            Assert.AreEqual(-1, PinAfter(rig));
            Assert.IsTrue(rig.Power.Slept > 200000 && rig.Power.Slept <= 300000, "slept " + rig.Power.Slept);
            rig = new DeviceRig(rig.Storage, null, "timer");
            Assert.AreEqual(4, PinAfter(rig), "after the pause");
            Assert.AreEqual(0, rig.Network.Joins);
            rig = new DeviceRig(rig.Storage, null, "pin");
            Assert.AreEqual(-1, PinAfter(rig), "it still does");
            rig = new DeviceRig(rig.Storage, null, "power-on");
            Assert.AreEqual(4, PinAfter(rig));
        }

        private static int PinAfter(DeviceRig rig)
        {
            rig.Device.Start();
            rig.Run(1);
            if (rig.Network.Joins > 0)
            {
                rig.GoOnline();
            }

            rig.Run(20000);
            Assert.IsTrue(rig.Power.Slept > 0, "it sleeps");
            return rig.Power.WakePin;
        }

        [TestMethod]
        public void First_start_uses_the_radio()
        {
            DeviceRig rig = Start(new MemoryStorage(), Settings, "power-on");
            rig.Run(1);
            Assert.AreEqual(1, rig.Network.Joins);
        }

        [TestMethod]
        public void Wake_publishes_announces_sleeping_and_sleeps()
        {
            DeviceRig rig = Slept(Settings);
            Assert.AreEqual(1, rig.Link.CountOf(Telemetry));
            Assert.Contains("\"state\":\"sleeping\"", rig.Link.Last(Status).Text);
            Assert.AreEqual("1 True", rig.Link.CleanCloses + " " + (rig.Power.Slept > 0));
        }

        [TestMethod]
        [DataRow("{'pin':5}", "true", "{\"relay\":false}")]
        [DataRow("{'pin':5,'safe':true}", "true", "{}")]
        public void Outputs_are_off_while_it_sleeps(string relay, string awake, string asleep)
        {
            DeviceRig rig = Start(new MemoryStorage(), "{'interval':300,'power':{'mode':'deep-sleep'},'actuators':{'relay':" + relay + "}}", "power-on");
            rig.Run(1);
            rig.GoOnline();
            Assert.Contains("\"on\":true", rig.Ask("{'jsonrpc':'2.0','id':1,'method':'actuators.set','params':{'name':'relay','on':true}}"));
            rig.Run(20);
            Assert.Contains("\"actuators\":{\"relay\":" + awake + "}", rig.Link.Last(Status).Text);
            rig.Run(20000);
            Assert.IsTrue(rig.Power.Slept > 0);
            Assert.Contains("\"state\":\"sleeping\"", rig.Link.Last(Status).Text);
            Assert.Contains("\"actuators\":" + asleep, rig.Link.Last(Status).Text);
        }

        [TestMethod]
        public void Sleeping_is_the_last_message()
        {
            DeviceRig rig = Slept(Settings);
            Assert.Contains("\"state\":\"sleeping\"", rig.Link[rig.Link.Count - 1].Text);
        }

        [TestMethod]
        public void Device_does_not_sleep_before_its_message_is_acknowledged()
        {
            DeviceRig rig = Start(new MemoryStorage(), Settings, "power-on");
            rig.Link.Acknowledges = false;
            rig.Run(1);
            rig.GoOnline();
            rig.Run(20000);
            Assert.AreEqual("0 0", rig.Power.Slept + " " + rig.Link.CleanCloses);
        }

        [TestMethod]
        public void Cap_ends_a_wake_whose_messages_are_not_acknowledged()
        {
            DeviceRig rig = Start(new MemoryStorage(), Settings, "power-on");
            rig.Link.Acknowledges = false;
            rig.Run(1);
            rig.GoOnline();
            rig.Run(36000);
            Assert.IsTrue(rig.Power.Slept > 0);
            Assert.AreEqual(0, rig.Link.CleanCloses);
        }

        [TestMethod]
        public void Reading_that_was_not_acknowledged_is_sent_by_a_later_wake_under_its_number()
        {
            DeviceRig rig = Start(new MemoryStorage(), Settings, "power-on");
            rig.Link.Acknowledges = false;
            rig.Run(1);
            rig.GoOnline();
            rig.Run(36000);
            DeviceRig next = Next(rig);
            next.GoOnline();
            next.Run(10000);
            Assert.Contains("\"n\":\"seq\",\"v\":1}", next.Link.Find(Telemetry, 0).Text);
        }

        [TestMethod]
        public void Without_a_network_the_attempt_is_bounded_and_the_reading_is_kept()
        {
            DeviceRig rig = Start(new MemoryStorage(), Settings, "power-on");
            rig.Run(13000);
            Assert.IsTrue(rig.Power.Slept > 0 && rig.Clock.Uptime <= 13000);
            DeviceRig next = Next(rig);
            next.GoOnline();
            next.Run(10000);
            Assert.AreEqual(0, next.Device.OutboxCount);
            Assert.Contains("\"n\":\"seq\",\"v\":1}", next.Link.Find(Telemetry, 0).Text);
        }

        [TestMethod]
        public void Failed_attempts_make_the_next_ones_rare()
        {
            DeviceRig rig = Start(new MemoryStorage(), Settings, "power-on");
            rig.Run(13000);
            int tries = 0;
            for (int i = 0; i < 64; i++)
            {
                rig = Next(rig);
                rig.Run(13000);
                tries += rig.Network.Joins > 0 ? 1 : 0;
            }

            Assert.IsTrue(tries >= 3 && tries <= 8);
        }

        [TestMethod]
        public void Wake_without_anything_worth_sending_leaves_the_radio_off()
        {
            DeviceRig rig = Slept("{'interval':300,'sntp':[],'power':{'mode':'deep-sleep'},'channels':{'temperature':{'deadband':1},'humidity':{'deadband':5},'pressure':{'deadband':500},'energy':{'deadband':1000}}}");
            rig = Next(rig);
            rig.Run(1000);
            Assert.AreEqual("0 True", rig.Network.Joins + " " + (rig.Power.Slept > 0));
        }

        [TestMethod]
        public void Readings_wait_for_the_wake_that_sends()
        {
            DeviceRig rig = Slept("{'interval':300,'sntp':[],'power':{'mode':'deep-sleep','publishEvery':3}}");
            rig = Next(rig);
            rig.Run(1000);
            Assert.AreEqual(0, rig.Network.Joins);
            rig = Next(rig);
            rig.Run(1000);
            Assert.AreEqual(0, rig.Network.Joins);
            rig = Next(rig);
            rig.Run(1);
            Assert.AreEqual(1, rig.Network.Joins);
            Assert.AreEqual(3, rig.Device.OutboxCount);
        }

        [TestMethod]
        public void Readings_of_several_wakes_share_a_pack()
        {
            DeviceRig rig = Start(new MemoryStorage(), "{'interval':300,'power':{'mode':'deep-sleep','publishEvery':3}}", "power-on");
            rig.Clock.Synchronize();
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            for (int i = 0; i < 3; i++)
            {
                rig = Next(rig);
                rig.Run(1);
            }

            rig.GoOnline();
            rig.Run(5000);
            Assert.AreEqual(1, rig.Link.CountOf(Telemetry));
            Assert.Contains("\"n\":\"seq\",\"v\":2}", rig.Link.Last(Telemetry).Text);
            Assert.Contains("\"t\":300,\"n\":\"temperature\"", rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Numbers_continue_over_the_sleeps_without_a_gap()
        {
            DeviceRig rig = Slept(Settings);
            for (int number = 2; number < 5; number++)
            {
                rig = Next(rig);
                rig.GoOnline();
                rig.Run(10000);
                Assert.Contains("\"n\":\"seq\",\"v\":" + number + "}", rig.Link.Find(Telemetry, 0).Text);
            }
        }

        [TestMethod]
        public void Numbers_do_not_repeat_after_a_power_cut()
        {
            DeviceRig rig = Slept(Settings);
            rig = Next(rig);
            rig.GoOnline();
            rig.Run(500);
            DeviceRig cut = Start(rig.Storage, null, "power-on");
            cut.Run(1);
            cut.GoOnline();
            Assert.Contains("\"n\":\"seq\",\"v\":129}", cut.Link.Find(Telemetry, 0).Text);
        }

        [TestMethod]
        public void Wakes_count_as_boots_without_a_boot_event()
        {
            DeviceRig rig = Next(Slept(Settings));
            rig.GoOnline();
            Assert.Contains("\"boot\":2,", rig.Link.Find(Status, 0).Text);
            Assert.AreEqual(0, rig.Link.CountIn(Event, "\"type\":\"boot\""));
        }

        [TestMethod]
        public void Request_that_waited_gets_its_response_before_the_device_sleeps()
        {
            DeviceRig rig = Next(Slept(Settings));
            rig.GoOnline();
            rig.Run(500);
            rig.Request("{'jsonrpc':'2.0','id':'m','method':'ping'}");
            rig.Run(10000);
            Assert.Contains("\"id\":\"m\",\"result\"", rig.Link.Last("/response/any").Text);
            Assert.Contains("\"state\":\"sleeping\"", rig.Link[rig.Link.Count - 1].Text);
        }

        [TestMethod]
        public void Device_stays_awake_for_the_time_that_a_client_wants()
        {
            DeviceRig rig = Next(Slept(Settings));
            rig.GoOnline();
            rig.Ask("{'jsonrpc':'2.0','id':'a','method':'power.stayAwake','params':{'seconds':120}}");
            rig.Run(119000);
            Assert.AreEqual(0L, rig.Power.Slept);
            rig.Run(10000);
            Assert.IsTrue(rig.Power.Slept > 0);
        }

        [TestMethod]
        public void End_of_queue_ends_the_listening_at_once()
        {
            DeviceRig rig = Start(new MemoryStorage(), "{'interval':300,'sntp':[],'power':{'mode':'deep-sleep','listen':10000}}", "power-on");
            rig.Run(1);
            rig.GoOnline();
            rig.Run(100);
            rig.Ask("{'jsonrpc':'2.0','id':'e','method':'power.endOfQueue'}");
            rig.Run(500);
            Assert.IsTrue(rig.Power.Slept > 0);
        }

        [TestMethod]
        public void Event_that_could_not_be_sent_survives_the_sleep()
        {
            DeviceRig rig = Start(new MemoryStorage(), "{'interval':300,'power':{'mode':'deep-sleep'},'channels':{'temperature':{'high':20}}}", "power-on");
            rig.Run(13000);
            DeviceRig next = Next(rig);
            next.GoOnline();
            next.Run(3000);
            Assert.AreEqual(1, next.Link.CountIn(Event, "\"type\":\"alarm\""));
        }

        [TestMethod]
        public void Alarm_is_not_reported_again_by_the_next_wake()
        {
            DeviceRig rig = Slept("{'interval':300,'power':{'mode':'deep-sleep'},'channels':{'temperature':{'high':20}}}");
            Assert.AreEqual(1, rig.Link.CountIn(Event, "\"type\":\"alarm\""));
            DeviceRig next = Next(rig);
            next.GoOnline();
            next.Run(5000);
            Assert.AreEqual(0, next.Link.CountIn(Event, "\"type\":\"alarm\""));
        }

        [TestMethod]
        public void Trial_within_a_wake_is_confirmed_when_the_device_is_online_with_it()
        {
            DeviceRig rig = Next(Slept(Settings));
            rig.GoOnline();
            rig.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{'broker':{'host':'elsewhere'}}}}");
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            Assert.AreEqual(1, rig.Link.CountIn(Event, "\"state\":\"confirmed\""));
            Assert.AreEqual("elsewhere", Next(rig).Device.Settings.Broker.Host);
        }

        [TestMethod]
        public void Trial_that_fails_ends_with_the_wake()
        {
            DeviceRig rig = Next(Slept(Settings));
            rig.GoOnline();
            rig.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{'broker':{'host':'elsewhere'}}}}");
            rig.Run(40000);
            Assert.IsTrue(rig.Power.Slept > 0);
            DeviceRig next = Next(rig);
            next.GoOnline();
            next.Run(3000);
            Assert.AreEqual("mqtt.local", next.Device.Settings.Broker.Host);
            Assert.AreEqual(1, next.Link.CountIn(Event, "\"state\":\"rolled-back\""));
        }

        [TestMethod]
        public void Clock_continues_over_the_sleep()
        {
            DeviceRig rig = Start(new MemoryStorage(), Settings, "power-on");
            rig.Clock.Synchronize();
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            DeviceRig next = Next(rig);
            next.GoOnline();
            Assert.Contains("\"time\":", next.Link.Find(Status, 0).Text);
        }

        [TestMethod]
        public void Sleep_ends_at_a_multiple_of_the_interval_with_the_devices_offset()
        {
            DeviceRig rig = Start(new MemoryStorage(), Settings, "power-on");
            rig.Clock.Synchronize();
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            long wakeAt = rig.Clock.UtcMilliseconds + rig.Power.Slept;
            int offset = Firmware.Sleep.WakeSchedule.OffsetOf("esp32-020000000001", 300);
            long error = (wakeAt - offset) % 300000;
            Assert.IsTrue(error < 10000 || error > 290000);
        }

        [TestMethod]
        public void Pin_wakes_to_measure_and_send_at_once()
        {
            DeviceRig rig = Slept("{'interval':300,'sntp':[],'power':{'mode':'deep-sleep','publishEvery':100}}");
            DeviceRig next = Start(rig.Storage, null, "pin");
            next.Run(1);
            Assert.AreEqual(1, next.Network.Joins);
        }

        [TestMethod]
        public void Energy_and_battery_are_channels()
        {
            DeviceRig rig = Next(Slept(Settings), 1900);
            rig.GoOnline();
            rig.Run(3000);
            Assert.Contains("{\"n\":\"battery-voltage\",\"u\":\"V\",\"v\":3.8}", rig.Link.Last(Telemetry).Text);
            Assert.Contains("{\"n\":\"energy\",\"u\":\"J\",\"v\":", rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Low_battery_is_reported_and_doubles_the_interval()
        {
            DeviceRig rig = Next(Slept(Settings), 1740);
            rig.Clock.Synchronize();
            rig.GoOnline();
            rig.Run(5000);
            Assert.AreEqual(1, rig.Link.CountIn(Event, "\"type\":\"battery\",\"state\":\"low\",\"millivolts\":3480"));
            Assert.IsTrue(rig.Power.Slept > 300000 - 10000);
        }

        [TestMethod]
        public void Critical_battery_leaves_the_radio_off()
        {
            DeviceRig rig = Next(Slept(Settings), 1620);
            rig.GoOnline();
            rig.Run(10000);
            DeviceRig next = Next(rig, 1620);
            next.Run(3000);
            Assert.AreEqual("0 True", next.Network.Joins + " " + (next.Power.Slept > 0));
        }

        [TestMethod]
        public void Safe_mode_does_not_sleep()
        {
            MemoryStorage storage = new MemoryStorage();
            for (int i = 0; i < 10; i++)
            {
                Start(storage, i == 0 ? Settings : null, "power-on");
            }

            DeviceRig rig = Start(storage, null, "power-on");
            rig.GoOnline();
            rig.Run(60000);
            Assert.AreEqual(0L, rig.Power.Slept);
        }

        /// <summary>The device of a first start that has published and sleeps.</summary>
        private static DeviceRig Slept(string settings)
        {
            DeviceRig rig = Start(new MemoryStorage(), settings, "power-on");
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            Assert.IsTrue(rig.Power.Slept > 0);
            return rig;
        }

        private static DeviceRig Next(DeviceRig rig) => Next(rig, 0);

        private static DeviceRig Next(DeviceRig rig, int adcMillivolts)
        {
            DeviceRig next = new DeviceRig(rig.Storage, null, "timer", adcMillivolts);
            next.Device.Start();
            next.Device.Step();
            return next;
        }

        private static DeviceRig Start(MemoryStorage storage, string settings, string cause)
        {
            DeviceRig rig = new DeviceRig(storage, settings, cause);
            rig.Device.Start();
            return rig;
        }
    }
}
