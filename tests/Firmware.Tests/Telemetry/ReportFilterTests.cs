using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>Measurements ten seconds apart; what is found worth sending is sent at once unless the test says otherwise.</summary>
    [TestClass]
    public class ReportFilterTests
    {
        [TestMethod]
        public void Everything_is_worth_sending_by_default()
        {
            Assert.AreEqual("20 20 20", Sent("{}", 2000, 2000, 2000));
        }

        [TestMethod]
        public void Rule_without_a_deadband_sends_everything()
        {
            Assert.AreEqual("20 20 20", Sent("{'heartbeat':3600,'high':50}", 2000, 2000, 2000));
        }

        [TestMethod]
        [DataRow(2020, "20 -")]
        [DataRow(1980, "20 -")]
        [DataRow(2021, "20 20.21")]
        [DataRow(1979, "20 19.79")]
        public void Value_is_worth_sending_beyond_the_deadband(int value, string sent)
        {
            Assert.AreEqual(sent, Sent("{'deadband':0.2}", 2000, value));
        }

        [TestMethod]
        public void Deadband_is_about_the_value_last_sent_so_that_a_slow_drift_is_seen()
        {
            Assert.AreEqual("20 - - 20.21 - - 20.42", Sent("{'deadband':0.2}", 2000, 2010, 2020, 2021, 2031, 2041, 2042));
        }

        [TestMethod]
        public void Deadband_of_nothing_sends_every_change()
        {
            Assert.AreEqual("20 - 20.01 - 20", Sent("{'deadband':0}", 2000, 2000, 2001, 2001, 2000));
        }

        [TestMethod]
        [DataRow(2000, 2020, "20 -")]
        [DataRow(2000, 2021, "20 20.21")]
        [DataRow(2000, 1979, "20 19.79")]
        [DataRow(-2000, -2020, "-20 -")]
        [DataRow(-2000, -2021, "-20 -20.21")]
        [DataRow(0, 1, "0 0.01")]
        [DataRow(0, 0, "0 -")]
        public void Deadband_may_be_a_percentage_of_the_value_last_sent(int first, int second, string sent)
        {
            Assert.AreEqual(sent, Sent("{'deadbandPercent':1}", first, second));
        }

        [TestMethod]
        [DataRow(int.MaxValue, int.MinValue)]
        [DataRow(int.MinValue, int.MaxValue)]
        public void Greatest_change_is_beyond_every_deadband(int first, int second)
        {
            Assert.AreEqual(1, JudgeChange("{'deadbandPercent':100}", first, second));
            Assert.AreEqual(1, JudgeChange("{'deadband':1000000000}", first, second));
        }

        [TestMethod]
        public void Heartbeat_sends_a_value_that_does_not_change()
        {
            Assert.AreEqual("20 - - 20 - - 20", Sent("{'deadband':1,'heartbeat':30}", 2000, 2000, 2000, 2000, 2000, 2000, 2000));
        }

        [TestMethod]
        public void Heartbeat_that_no_measurement_meets_is_kept_by_the_one_before()
        {
            Assert.AreEqual("20 - 20 - 20", Sent("{'deadband':1,'heartbeat':25}", 2000, 2000, 2000, 2000, 2000));
        }

        [TestMethod]
        public void Heartbeat_shorter_than_the_interval_sends_everything()
        {
            Assert.AreEqual("20 20 20", Sent("{'deadband':1,'heartbeat':5}", 2000, 2000, 2000));
        }

        [TestMethod]
        public void Heartbeat_starts_again_with_every_value_that_is_sent()
        {
            Assert.AreEqual("20 - 25 - - 25", Sent("{'deadband':1,'heartbeat':30}", 2000, 2000, 2500, 2500, 2500, 2500));
        }

        [TestMethod]
        [DataRow(19000, 0)]
        [DataRow(19001, 1)]
        public void Measurement_may_be_a_second_late_without_an_early_heartbeat(int elapsed, int worth)
        {
            SamplerRig rig = Rig("{'deadband':1,'heartbeat':28}");
            ReportFilter judge = SentFirst(rig);
            rig.Measure(2000, elapsed);
            Assert.AreEqual(worth, judge.Judge(One(rig), rig.Clock.Uptime));
        }

        [TestMethod]
        [DataRow(88, 0)]
        [DataRow(89, 1)]
        public void Heartbeat_is_a_quarter_of_an_hour_by_default(int measurements, int worth)
        {
            SamplerRig rig = Rig("{'deadband':1}");
            ReportFilter judge = SentFirst(rig);
            rig.Measure(2000, (measurements * 10000) + 1001);
            Assert.AreEqual(worth, judge.Judge(One(rig), rig.Clock.Uptime));
        }

        [TestMethod]
        public void Alarm_is_worth_sending_when_it_begins_and_when_it_ends()
        {
            Assert.AreEqual("20 - 30 - 29.9 -", Sent("{'deadband':50,'high':30}", 2000, 2100, 3000, 3010, 2990, 2980));
        }

        [TestMethod]
        public void Alarm_that_was_measured_for_a_request_is_worth_sending_at_the_next_measurement()
        {
            SamplerRig rig = Rig("{'deadband':50,'high':30}");
            ReportFilter judge = SentFirst(rig);
            rig.Measure(3000, 100);
            rig.Measure(3001, 9900);
            Assert.AreEqual(1, judge.Judge(One(rig), rig.Clock.Uptime));
        }

        [TestMethod]
        public void First_value_after_a_refused_one_is_worth_sending()
        {
            Assert.AreEqual("20 - x 20.01 -", Sent("{'deadband':1}", 2000, 2000, 9999, 2001, 2002));
        }

        [TestMethod]
        public void First_value_after_the_loss_of_the_sensor_is_worth_sending()
        {
            SamplerRig rig = Rig("{'deadband':1}");
            ReportFilter judge = SentFirst(rig);
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual(1, judge.Judge(One(rig), rig.Clock.Uptime));
        }

        [TestMethod]
        public void Value_that_was_not_sent_is_still_worth_sending()
        {
            SamplerRig rig = Rig("{'deadband':1}");
            ReportFilter judge = SentFirst(rig);
            rig.Measure(2500, 10000);
            judge.Judge(One(rig), rig.Clock.Uptime);
            rig.Measure(2500, 10000);
            Assert.AreEqual(1, judge.Judge(One(rig), rig.Clock.Uptime));
        }

        [TestMethod]
        public void Value_that_was_sent_is_no_longer_marked()
        {
            SamplerRig rig = Rig("{}");
            SentFirst(rig);
            Assert.IsFalse(rig.Temperature.IsDueForReport);
        }

        [TestMethod]
        public void Value_that_was_found_worth_sending_is_marked()
        {
            SamplerRig rig = Rig("{}");
            rig.Measure(2000, 0);
            new ReportFilter(10).Judge(One(rig), 0);
            Assert.IsTrue(rig.Temperature.IsDueForReport);
        }

        [TestMethod]
        public void Value_of_a_sensor_that_was_lost_since_is_no_longer_marked()
        {
            SamplerRig rig = Rig("{}");
            rig.Measure(2000, 0);
            new ReportFilter(10).Judge(One(rig), 0);
            rig.Lose76();
            Assert.IsFalse(rig.Temperature.IsDueForReport);
        }

        [TestMethod]
        public void Only_the_channels_that_are_worth_sending_are_marked_and_counted()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':{'deadband':1},'pressure':{'deadband':100}}");
            ReportFilter judge = new ReportFilter(10);
            rig.Sampler.Measure();
            judge.Judge(rig.Sampler.Channels, 0);
            judge.Sent(rig.Sampler.Channels, 0);
            rig.Measure(2300, 10000);
            int count = judge.Judge(rig.Sampler.Channels, 10000);
            Assert.AreEqual("2: temperature humidity ", count + ": " + Marked(rig.Sampler.Channels));
        }

        [TestMethod]
        public void Nothing_is_worth_sending_before_the_first_measurement()
        {
            Assert.AreEqual(0, new ReportFilter(10).Judge(Rig("{}").Sampler.Channels, 0));
        }

        private static SamplerRig Rig(string rule) =>
            new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':" + rule + "}");

        private static Channel[] One(SamplerRig rig) => new[] { rig.Temperature };

        /// <summary>Measures 20 Cel and sends it.</summary>
        private static ReportFilter SentFirst(SamplerRig rig)
        {
            ReportFilter judge = new ReportFilter(10);
            rig.Measure(2000, 0);
            judge.Judge(One(rig), rig.Clock.Uptime);
            judge.Sent(One(rig), rig.Clock.Uptime);
            return judge;
        }

        /// <summary>What is sent of these temperatures: "-" for one that is not, "x" for one that was refused.</summary>
        private static string Sent(string rule, params int[] temperatures)
        {
            SamplerRig rig = Rig(rule);
            ReportFilter judge = new ReportFilter(10);
            string sent = string.Empty;
            for (int i = 0; i < temperatures.Length; i++)
            {
                bool isValid = rig.Measure(temperatures[i], 10000);
                bool isWorth = judge.Judge(One(rig), rig.Clock.Uptime) > 0;
                judge.Sent(One(rig), rig.Clock.Uptime);
                string value = FixedPoint.ToText(temperatures[i], 2);
                sent += (i == 0 ? string.Empty : " ") + (isWorth ? value : isValid ? "-" : "x");
            }

            return sent;
        }

        private static int JudgeChange(string rule, int first, int second)
        {
            Measurand measurand = new Measurand("x", "1", 0, int.MinValue, int.MaxValue);
            ScriptedSensor sensor = new ScriptedSensor("test", new[] { measurand }, new[] { first });
            SamplerRig rig = new SamplerRig(sensor, null, "{'x':" + rule + "}");
            ReportFilter judge = new ReportFilter(10);
            rig.Sampler.Measure();
            judge.Judge(rig.Sampler.Channels, 0);
            judge.Sent(rig.Sampler.Channels, 0);
            sensor.Values[0] = second;
            rig.Sampler.Measure();
            return judge.Judge(rig.Sampler.Channels, 1000);
        }

        private static string Marked(Channel[] channels)
        {
            string names = string.Empty;
            for (int i = 0; i < channels.Length; i++)
            {
                names += channels[i].IsDueForReport ? channels[i].Name + " " : string.Empty;
            }

            return names;
        }
    }
}
