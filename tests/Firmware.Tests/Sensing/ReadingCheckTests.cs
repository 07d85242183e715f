using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    /// <summary>Values that cannot be true for what came before: a change that is too fast, a value that is stuck.</summary>
    [TestClass]
    public class ReadingCheckTests
    {
        private const string TooFast = "reading-fault temperature: changed too fast";
        private const string Stuck = "reading-fault temperature: stuck";

        [TestMethod]
        [DataRow(2100, true)]
        [DataRow(1900, true)]
        [DataRow(2101, false)]
        [DataRow(1899, false)]
        public void Change_is_limited_by_the_time_it_had(int after, bool isPlausible)
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.Measure(2000, 0);
            Assert.AreEqual(isPlausible, rig.Measure(after, 10000));
        }

        [TestMethod]
        public void Rate_counts_from_the_last_plausible_value()
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.MeasureAll(2000, 2000, 2000, 2000, 2000);
            Assert.IsFalse(rig.Measure(2101, 10000));
        }

        [TestMethod]
        public void First_value_has_no_rate()
        {
            Assert.IsTrue(Rig("'maxRate':0.000001").Measure(8000, 0));
        }

        [TestMethod]
        public void Change_is_not_limited_by_default()
        {
            SamplerRig rig = Rig("'stuck':0");
            rig.Measure(-4000, 0);
            Assert.IsTrue(rig.Measure(8500, 1));
        }

        [TestMethod]
        [DataRow(2010, true)]
        [DataRow(2011, false)]
        public void Measurements_within_a_second_may_differ_by_what_a_second_allows(int after, bool isPlausible)
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.Measure(2000, 0);
            Assert.AreEqual(isPlausible, rig.Measure(after, 20));
        }

        [TestMethod]
        public void Value_that_changed_too_fast_is_reported_once()
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.MeasureAll(2000, 8000, 8000, 8000);
            Assert.AreEqual("1 of 1", rig.Events.CountOf(TooFast) + " of " + rig.Events.Count);
        }

        [TestMethod]
        public void Value_that_changed_too_fast_is_no_value_of_its_channel()
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.MeasureAll(2000, 8000);
            Assert.AreEqual(2000, rig.Temperature.Value);
        }

        [TestMethod]
        public void Spike_is_over_when_the_value_is_back()
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.MeasureAll(2000, 8000, 2010);
            Assert.AreEqual("reading-recovered temperature", rig.Events.Last);
        }

        // 6 a minute, 10 away from the last plausible value: true after 100 s.
        [TestMethod]
        [DataRow(9, false)]
        [DataRow(10, true)]
        public void Step_that_lasts_is_believed_when_the_rate_allows_it(int measurements, bool isPlausible)
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.Measure(2000, 0);
            for (int i = 0; i < measurements; i++)
            {
                rig.Measure(3000, 10000);
            }

            Assert.AreEqual(isPlausible, rig.Temperature.IsValid);
        }

        [TestMethod]
        [DataRow(3599999, false)]
        [DataRow(3600000, true)]
        public void Any_value_is_believed_after_an_hour(int milliseconds, bool isPlausible)
        {
            SamplerRig rig = Rig("'maxRate':0.000001");
            rig.Measure(-4000, 0);
            Assert.AreEqual(isPlausible, rig.Measure(8500, milliseconds));
        }

        [TestMethod]
        public void Greatest_rate_allows_every_change()
        {
            SamplerRig rig = Rig("'maxRate':1000000");
            rig.Measure(-4000, 0);
            Assert.IsTrue(rig.Measure(8500, 3599999));
        }

        [TestMethod]
        [DataRow(2020, true)]
        [DataRow(2021, false)]
        public void Rate_is_that_of_the_calibrated_value(int after, bool isPlausible)
        {
            SamplerRig rig = Rig("'maxRate':6,'gain':5");
            rig.Measure(2000, 0);
            Assert.AreEqual(isPlausible, rig.Measure(after, 10000));
        }

        [TestMethod]
        public void Rate_goes_on_from_before_a_loss_of_the_sensor()
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.Measure(2000, 0);
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.Slot76.Sensor.Values[0] = 8000;
            rig.ProbeWhenDue();
            Assert.AreEqual(1, rig.Events.CountOf(TooFast));
        }

        [TestMethod]
        public void Refused_value_does_not_count_as_plausible()
        {
            SamplerRig rig = Rig("'maxRate':6");
            rig.MeasureAll(2000, 8000);
            Assert.AreEqual(2, rig.Sampler.Measure());
        }

        [TestMethod]
        [DataRow(2, true)]
        [DataRow(3, false)]
        [DataRow(4, false)]
        public void Value_is_stuck_when_it_was_equal_for_so_many_samples(int samples, bool isPlausible)
        {
            SamplerRig rig = Rig("'stuck':3");
            MeasureEqual(rig, samples, 10000);
            Assert.AreEqual(isPlausible, rig.Temperature.IsValid);
        }

        [TestMethod]
        public void Stuck_value_is_reported_once()
        {
            SamplerRig rig = Rig("'stuck':3");
            MeasureEqual(rig, 20, 10000);
            Assert.AreEqual("1 of 1", rig.Events.CountOf(Stuck) + " of " + rig.Events.Count);
        }

        [TestMethod]
        public void Least_change_ends_a_stuck_value()
        {
            SamplerRig rig = Rig("'stuck':3");
            rig.MeasureAll(2000, 2000, 2000, 2001);
            Assert.AreEqual("reading-recovered temperature", rig.Events.Last);
        }

        [TestMethod]
        public void Value_that_moved_in_between_is_not_stuck()
        {
            SamplerRig rig = Rig("'stuck':3");
            rig.MeasureAll(2000, 2000, 2001, 2000, 2000);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void No_value_is_stuck_by_default()
        {
            SamplerRig rig = Rig("'maxRate':6");
            MeasureEqual(rig, 1000, 10000);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        [DataRow(499, true)]
        [DataRow(500, false)]
        public void Requests_in_quick_succession_are_one_sample(int milliseconds, bool isPlausible)
        {
            SamplerRig rig = Rig("'stuck':2");
            rig.Measure(2000, 0);
            Assert.AreEqual(isPlausible, rig.Measure(2000, milliseconds));
        }

        [TestMethod]
        public void Values_that_only_the_gain_makes_equal_are_not_stuck()
        {
            SamplerRig rig = Rig("'stuck':2,'gain':0.1");
            rig.MeasureAll(2001, 2002, 2003, 2004);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void Stuck_value_leaves_the_other_channels_alone()
        {
            SamplerRig rig = Rig("'stuck':2");
            MeasureEqual(rig, 5, 10000);
            Assert.AreEqual(2, rig.Sampler.Measure());
        }

        [TestMethod]
        public void Sensor_with_refused_channels_alone_is_not_lost()
        {
            SamplerRig rig = new SamplerRig(
                ScriptedSensor.Bmp280(), null, "{'temperature':{'stuck':2},'pressure':{'stuck':2}}");
            MeasureEqual(rig, 5, 10000);
            Assert.IsTrue(rig.Sampler.Monitors[0].IsPresent);
        }

        [TestMethod]
        public void Change_of_the_reason_is_not_reported_again()
        {
            SamplerRig rig = Rig("'stuck':2");
            rig.MeasureAll(2000, 2000, 9999);
            Assert.AreEqual(1, rig.Events.Count);
        }

        private static SamplerRig Rig(string rule) =>
            new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':{" + rule + "}}");

        private static void MeasureEqual(SamplerRig rig, int samples, long milliseconds)
        {
            for (int i = 0; i < samples; i++)
            {
                rig.Measure(2000, milliseconds);
            }
        }
    }
}
