using Firmware.Platform;
using Firmware.Rules;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Rules
{
    /// <summary>Rules over deep sleep: each wake is a boot.</summary>
    [TestClass]
    public class RuleSleepTests
    {
        private const string Cold = "{'heat':{'when':[{'channel':'temperature','below':19.5,'hysteresis':1,'for':600}]," + RuleRig.OnOff + "}}";
        private const string Event = "/event";
        private const int HeaterPin = 5;
        private const int SecondOfDay = (16 * 3600) + (53 * 60) + 45; // of ManualClock.Now
        private const string Outputs = ",'actuators':{'heater':{'pin':5},'fan':{'pin':6}}";
        private const string Quiet = "'sntp':[],'power':{'mode':'deep-sleep'},'channels':{'temperature':{'deadband':10,'heartbeat':86400},'humidity':{'deadband':50,'heartbeat':86400},'pressure':{'deadband':50000,'heartbeat':86400},'energy':{'deadband':1000,'heartbeat':86400}}";

        [TestMethod]
        public void What_lasts_goes_on_over_a_sleep()
        {
            RuleRig rig = new RuleRig(Cold);
            rig.Clock.Synchronize();
            rig.Measure(1900);
            rig = Wake(rig, Cold, 300, true).Measure(1900);
            Assert.AreEqual("inactive", rig.State);
            rig = Wake(rig, Cold, 300, true).Measure(1900);
            Assert.AreEqual("active", rig.State);
            Assert.IsTrue(rig.HasFired);
            rig = Wake(rig, Cold, 300, true).Measure(2000);
            Assert.AreEqual("active", rig.State, "within its hysteresis");
            Assert.IsFalse(rig.HasFired);
            Assert.AreEqual("heater=100 ", rig.Outputs.Calls, "outputs are safe after a sleep");
        }

        [TestMethod]
        public void What_lasts_goes_on_without_the_time()
        {
            RuleRig rig = new RuleRig(Cold).Measure(1900);
            rig = Wake(rig, Cold, 599, false).Measure(1900);
            Assert.AreEqual("inactive", rig.State);
            rig = Wake(rig, Cold, 1, false).Measure(1900);
            Assert.AreEqual("active", rig.State);
        }

        [TestMethod]
        public void State_that_is_the_same_is_not_written_again()
        {
            RuleRig rig = new RuleRig(Cold);
            rig.Clock.Synchronize();
            rig.Measure(1900);
            byte[] file = rig.Engine.Save(rig.Clock.Uptime);
            Assert.IsNotNull(file);
            RuleRig next = new RuleRig(Cold);
            next.Clock.Synchronize(ManualClock.Now + 300);
            next.Engine.Load(file, 300000);
            next.Measure(1900);
            Assert.IsNull(next.Engine.Save(next.Clock.Uptime));
            next.Measure(2100);
            Assert.IsNotNull(next.Engine.Save(next.Clock.Uptime));
        }

        [TestMethod]
        public void State_of_other_rules_or_a_damaged_one_is_not_taken()
        {
            RuleRig rig = new RuleRig(Cold).Measure(1900);
            byte[] file = rig.Engine.Save(rig.Clock.Uptime);
            RuleRig other = new RuleRig("{'heat':{'when':[{'channel':'temperature','below':19,'hysteresis':1,'for':600}]," + RuleRig.OnOff + "}}");
            other.Engine.Load(file, 700000);
            Assert.AreEqual("inactive", other.Measure(1800).State);
            RuleRig same = new RuleRig(Cold);
            same.Engine.Load(new byte[file.Length - 1], 700000);
            same.Engine.Load(null, 700000);
            same.Engine.Load(file, long.MaxValue);
            Assert.AreEqual("inactive", same.Measure(1900).State);
        }

        [TestMethod]
        public void Urgent_event_wakes_the_radio_in_the_same_wake()
        {
            DeviceRig rig = Next(Slept("{'alarm':{'when':[{'channel':'temperature','above':30}],'then':[{'event':'hot','urgent':true}]}}"), 2137);
            rig.Run(1000);
            Assert.AreEqual("0 True", rig.Network.Joins + " " + (rig.Power.Slept > 0));
            rig = Next(rig, 3001);
            rig.Run(1);
            Assert.AreEqual(1, rig.Network.Joins);
            rig.GoOnline();
            rig.Run(5000);
            string text = rig.Link.Last("/event").Text;
            Assert.IsTrue(text.IndexOf("{\"type\":\"rule\",\"rule\":\"alarm\",\"state\":\"active\",\"reason\":\"channel temperature, above 30: true at 30.01\",\"event\":\"hot\"") == 0, text);
            rig = Next(rig, 3002);
            rig.Run(1000);
            Assert.AreEqual("0 True", rig.Network.Joins + " " + (rig.Power.Slept > 0), "once");
        }

        [TestMethod]
        public void Output_that_is_on_in_each_wake_is_reported_once()
        {
            DeviceRig rig = Heating(1800);
            Assert.AreEqual(1, rig.Link.CountIn(Event, "\"type\":\"actuator\""));
            for (int i = 0; i < 3; i++)
            {
                rig = Next(rig, 1800);
                rig.Run(1000);
                Assert.IsTrue(rig.Pins.At(HeaterPin).IsHigh);
                Assert.AreEqual("0 True", rig.Network.Joins + " " + (rig.Power.Slept > 0));
            }
        }

        [TestMethod]
        public void Output_that_is_off_after_a_sleep_is_reported_in_that_wake()
        {
            DeviceRig rig = Next(Heating(1800), 2100);
            rig.Run(1);
            Assert.AreEqual(1, rig.Network.Joins);
            rig.GoOnline();
            rig.Run(5000);
            Assert.AreEqual(1, rig.Link.CountIn(Event, "\"actuator\":\"heater\",\"on\":false,\"reason\":\"rule heat\""));
            rig = Next(rig, 2100);
            rig.Run(1000);
            Assert.AreEqual("0 True", rig.Network.Joins + " " + (rig.Power.Slept > 0));
        }

        [TestMethod]
        public void Output_that_a_request_switched_is_reported_off_after_the_sleep()
        {
            DeviceRig rig = Heating(2100);
            rig = Next(rig, 2100, "timer");
            rig.Run(1000);
            rig = Next(rig, 2100, "pin");
            rig.Run(1);
            rig.GoOnline();
            rig.Ask("{'jsonrpc':'2.0','id':'a','method':'actuators.set','params':{'name':'fan','on':true}}");
            rig.Run(5000);
            Assert.AreEqual("1 True", rig.Link.CountIn(Event, "\"on\":true") + " " + (rig.Power.Slept > 0));
            rig = Next(rig, 2100);
            rig.Run(1);
            rig.GoOnline();
            rig.Run(5000);
            Assert.AreEqual(1, rig.Link.CountIn(Event, "\"actuator\":\"fan\",\"on\":false,\"reason\":\"sleep\""));
        }

        [TestMethod]
        public void Condition_that_is_to_last_wakes_the_device_when_it_has()
        {
            DeviceRig rig = Heating(1800, "'for':60", string.Empty);
            AssertSleepsTo(60000, rig);
            rig = Next(rig, 1800);
            rig.Run(1);
            Assert.IsTrue(rig.Pins.At(HeaterPin).IsHigh);
            rig.GoOnline();
            rig.Run(5000);
            AssertSleepsToTheInterval(rig);
        }

        [TestMethod]
        public void Time_window_wakes_the_device_when_it_opens()
        {
            DeviceRig rig = Slept("{'heat':{'when':[{'time':'16:55-16:56'}]," + RuleRig.OnOff + "}}" + Outputs, 2100);
            AssertSleepsTo(((16 * 3600) + (55 * 60) - SecondOfDay) * 1000, rig);
            rig = Next(rig, 2100);
            rig.Run(1);
            Assert.AreEqual("True 1", rig.Pins.At(HeaterPin).IsHigh + " " + rig.Network.Joins);
            rig.GoOnline();
            rig.Run(5000);
            AssertSleepsToTheInterval(rig);
            rig = Next(rig, 2100);
            rig.Run(1000);
            AssertSleepsTo(60000 - Firmware.Sleep.WakeSchedule.OffsetOf("esp32-020000000001", 300), rig);
        }

        [TestMethod]
        public void What_is_due_at_once_does_not_keep_the_device_awake()
        {
            DeviceRig rig = Heating(1800, "'for':3", string.Empty);
            Assert.AreEqual(Firmware.Sleep.WakeSchedule.LeastLead, rig.Power.Slept);
        }

        [TestMethod]
        public void Minimum_time_goes_on_over_a_sleep_and_wakes_the_device_when_it_ends()
        {
            DeviceRig rig = Heating(1800, "'hysteresis':1", ",'minOff':60");
            Assert.IsFalse(rig.Pins.At(HeaterPin).IsHigh);
            AssertSleepsTo(60000, rig);
            rig = Next(rig, 1800);
            rig.Run(1);
            Assert.IsTrue(rig.Pins.At(HeaterPin).IsHigh);
            rig.GoOnline();
            rig.Run(5000);
            AssertSleepsToTheInterval(rig);
            rig = Next(rig, 1800);
            rig.Run(1);
            Assert.IsFalse(rig.Pins.At(HeaterPin).IsHigh, "the sleep has switched it off, less than a minute ago");
            rig.GoOnline();
            rig.Run(5000);
            rig = Next(rig, 1800);
            rig.Run(1);
            Assert.IsTrue(rig.Pins.At(HeaterPin).IsHigh);
        }

        [TestMethod]
        public void Device_that_an_output_refuses_for_another_reason_sleeps_to_the_next_interval()
        {
            DeviceRig rig = Slept("{'a':{'when':[{'channel':'temperature','below':19.5}],'then':[{'output':'heater','on':true},{'output':'fan','on':true}]}},'actuators':{'heater':{'pin':5},'fan':{'pin':6,'interlock':'heater'}}", 1800);
            AssertSleepsToTheInterval(rig);
        }

        [TestMethod]
        public void Output_that_is_refused_does_not_hide_when_another_rule_is_due()
        {
            DeviceRig rig = Slept("{'a':{'when':[{'channel':'temperature','below':19.5}],'then':[{'output':'heater','on':true},{'output':'fan','on':true}]},'b':{'when':[{'channel':'temperature','below':19,'for':60}],'then':[{'event':'frost','urgent':true}]}},'actuators':{'heater':{'pin':5},'fan':{'pin':6,'interlock':'heater'}}", 1800);
            AssertSleepsTo(60000, rig);
        }

        [TestMethod]
        public void Device_stays_awake_until_a_pulse_is_over()
        {
            DeviceRig rig = Slept("{'open':{'when':[{'channel':'temperature','above':30}],'then':[{'output':'valve','on':true}]}},'actuators':{'valve':{'pin':7,'kind':'pulse','pulse':8000}}", 2100);
            rig = Next(rig, 3100);
            rig.Run(1);
            rig.GoOnline();
            rig.Run(7500);
            Assert.AreEqual("True 0", rig.Pins.At(7).IsHigh + " " + rig.Power.Slept);
            rig.Run(2500);
            Assert.AreEqual("LHL True", rig.Pins.At(7).History + " " + (rig.Power.Slept > 0));
        }

        [TestMethod]
        public void Wake_between_two_intervals_does_not_count_for_the_radio()
        {
            // What lasts changes nothing, since the other condition does not hold: there is no event.
            DeviceRig rig = Start("'rules':{'heat':{'when':[{'channel':'temperature','below':19.5,'for':60},{'channel':'temperature','above':19}]," + RuleRig.OnOff + "}},'sntp':[],'power':{'mode':'deep-sleep','publishEvery':2}", 1800);
            AssertSleepsTo(60000, rig);
            string joins = string.Empty;
            for (int i = 0; i < 3; i++)
            {
                rig = Next(rig, 1800);
                rig.Run(1000);
                joins += rig.Network.Joins;
            }

            Assert.AreEqual("001", joins, "early, first, second");
        }

        private static void AssertSleepsTo(long uptime, DeviceRig rig)
        {
            long end = rig.Clock.Uptime + rig.Power.Slept;
            Assert.AreEqual("near " + uptime, end > uptime - 200 && end < uptime + 200 ? "near " + uptime : "to " + end);
        }

        private static void AssertSleepsToTheInterval(DeviceRig rig) =>
            Assert.AreEqual(0L, (rig.Clock.UtcMilliseconds + rig.Power.Slept - Firmware.Sleep.WakeSchedule.OffsetOf("esp32-020000000001", 300)) % 300000);

        private static RuleRig Wake(RuleRig before, string rules, int seconds, bool isDated)
        {
            before.File = before.Engine.Save(before.Clock.Uptime) ?? before.File;
            RuleRig rig = new RuleRig(rules) { File = before.File };
            if (isDated)
            {
                rig.Clock.Synchronize(before.Clock.UtcSeconds + seconds);
            }

            rig.Engine.Load(rig.File, seconds * 1000L);
            return rig;
        }

        private static DeviceRig Slept(string rules) => Slept(rules, 2137);

        private static DeviceRig Heating(int temperature) => Heating(temperature, "'hysteresis':1", string.Empty);

        private static DeviceRig Heating(int temperature, string condition, string output) =>
            Slept("{'heat':{'when':[{'channel':'temperature','below':19.5," + condition + "}]," + RuleRig.OnOff + "}}" + ",'actuators':{'heater':{'pin':5" + output + "},'fan':{'pin':6}}", temperature);

        private static DeviceRig Slept(string rules, int temperature) => Start("'rules':" + rules + "," + Quiet, temperature);

        private static DeviceRig Start(string settings, int temperature)
        {
            DeviceRig rig = new DeviceRig(new MemoryStorage(), "{'interval':300," + settings + "}", "power-on", 0, new Module[] { new RuleModule() });
            rig.Slot76.Sensor = SensorAt(temperature);
            rig.Device.Start();
            rig.Clock.Synchronize();
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            return rig;
        }

        private static DeviceRig Next(DeviceRig before, int temperature) => Next(before, temperature, "timer");

        private static DeviceRig Next(DeviceRig before, int temperature, string cause)
        {
            DeviceRig rig = new DeviceRig(before.Storage, null, cause, 0, new Module[] { new RuleModule() });
            rig.Slot76.Sensor = SensorAt(temperature);
            rig.Device.Start();
            return rig;
        }

        private static ScriptedSensor SensorAt(int temperature) =>
            new ScriptedSensor("bme280", new[] { ScriptedSensor.Temperature, ScriptedSensor.Humidity, ScriptedSensor.Pressure }, new[] { temperature, 4520, 1013250 });
    }
}
