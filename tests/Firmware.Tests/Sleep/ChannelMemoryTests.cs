using Firmware.Sleep;
using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>What a channel knows after a deep sleep: wakes 5 minutes apart.</summary>
    [TestClass]
    public class ChannelMemoryTests
    {
        [TestMethod]
        public void First_wake_sends()
        {
            Assert.IsTrue(new ChannelMemoryRig("'deadband':0.5").Wake(2000));
        }

        [TestMethod]
        public void Value_within_its_deadband_is_not_sent_again()
        {
            Assert.AreEqual("100", new ChannelMemoryRig("'deadband':0.5,'heartbeat':86400").WakeAll(2000, 2010, 2050));
        }

        [TestMethod]
        public void Deadband_lies_about_the_value_last_sent()
        {
            Assert.AreEqual("100101", new ChannelMemoryRig("'deadband':0.5,'heartbeat':86400").WakeAll(2000, 2030, 2050, 2051, 2090, 2110));
        }

        [TestMethod]
        public void Heartbeat_goes_on_over_the_sleeps()
        {
            Assert.AreEqual("1001001", new ChannelMemoryRig("'deadband':0.5,'heartbeat':900").WakeAll(2000, 2000, 2000, 2000, 2000, 2000, 2000));
        }

        [TestMethod]
        public void Sleep_of_unknown_length_sends()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'deadband':0.5,'heartbeat':86400") { Slept = long.MaxValue };
            Assert.AreEqual("11", rig.WakeAll(2000, 2000));
        }

        [TestMethod]
        public void Alarm_is_reported_once()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'high':30");
            rig.WakeAll(3100, 3100);
            Assert.AreEqual(0, rig.Events.CountOf("alarm"));
        }

        [TestMethod]
        public void Alarm_goes_on()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'high':30,'hysteresis':2");
            rig.WakeAll(3100, 2900);
            Assert.IsTrue(rig.Temperature.Alarm == AlarmState.High);
        }

        [TestMethod]
        [DataRow("'high':30", 3100)]
        [DataRow("'low':10", 900)]
        public void End_of_an_alarm_is_reported_after_a_sleep(string rule, int during)
        {
            ChannelMemoryRig rig = new ChannelMemoryRig(rule);
            rig.WakeAll(during, 2000);
            Assert.AreEqual(1, rig.Events.CountOf("alarm temperature normal"));
        }

        [TestMethod]
        public void Fault_is_reported_once()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig(string.Empty);
            rig.Wake(2000);
            rig.WakeInvalid();
            rig.WakeInvalid();
            Assert.AreEqual(0, rig.Events.CountOf("reading-fault temperature"));
        }

        [TestMethod]
        public void Recovery_is_reported_after_a_sleep()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig(string.Empty);
            rig.WakeInvalid();
            rig.Wake(2000);
            Assert.AreEqual(1, rig.Events.CountOf("reading-recovered temperature"));
        }

        [TestMethod]
        public void First_value_after_a_gap_is_sent()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'deadband':0.5,'heartbeat':86400");
            rig.Wake(2000);
            rig.WakeInvalid();
            Assert.IsTrue(rig.Wake(2000));
        }

        [TestMethod]
        [DataRow(2500, true)]
        [DataRow(2501, false)]
        public void Rate_of_change_is_that_over_the_sleep(int second, bool isValid)
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'maxRate':1");
            rig.WakeAll(2000, second);
            Assert.AreEqual(isValid, rig.Temperature.IsValid);
        }

        [TestMethod]
        public void Value_before_the_refused_one_is_what_the_next_is_checked_against()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'maxRate':1");
            rig.WakeAll(2000, 8000, 2900);
            Assert.IsTrue(rig.Temperature.IsValid);
        }

        [TestMethod]
        [DataRow(3, true)]
        [DataRow(4, false)]
        public void Equal_samples_are_counted_over_the_sleeps(int wakes, bool isValid)
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'stuck':4");
            for (int i = 0; i < wakes; i++)
            {
                rig.Wake(2000);
            }

            Assert.AreEqual(isValid, rig.Temperature.IsValid);
        }

        [TestMethod]
        public void Sensor_that_is_away_for_a_wake_is_remembered()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'high':30");
            rig.Wake(3100);
            rig.WakeBare();
            rig.Wake(3100);
            Assert.AreEqual(0, rig.Events.CountOf("alarm"));
        }

        [TestMethod]
        public void Time_goes_on_for_a_sensor_that_is_away()
        {
            ChannelMemoryRig rig = new ChannelMemoryRig("'deadband':0.5,'heartbeat':900");
            rig.Wake(2000);
            rig.WakeBare();
            rig.WakeBare();
            Assert.IsTrue(rig.Wake(2000));
        }

        [TestMethod]
        public void Disagreement_is_reported_once()
        {
            MemoryStorage storage = new MemoryStorage();
            WakeWithTwins(storage);
            Assert.AreEqual(0, WakeWithTwins(storage).CountOf("disagreement"));
        }

        [TestMethod]
        public void Channels_beyond_the_sixteenth_are_left_out()
        {
            WakeRecord record = WakeRecord.Load(new MemoryStorage());
            Channel[] channels = new Channel[20];
            for (int i = 0; i < channels.Length; i++)
            {
                channels[i] = new Channel("temperature-" + i, ScriptedSensor.Temperature, ChannelRule.Default);
            }

            MemoryStorage storage = new MemoryStorage();
            record.Remember(channels, 1000);
            record.Save(storage);
            Assert.IsFalse(WakeRecord.Load(storage).IsFresh);
        }

        private static RecordedEvents WakeWithTwins(MemoryStorage storage)
        {
            WakeRecord record = WakeRecord.Load(storage);
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280(), "{'temperature':{'disagreement':1}}");
            record.Recall(rig.Sampler.Channels, 0, ChannelMemoryRig.Interval);
            rig.Measure(2500, 0);
            record.Remember(rig.Sampler.Channels, 1000);
            record.Save(storage);
            return rig.Events;
        }
    }
}
