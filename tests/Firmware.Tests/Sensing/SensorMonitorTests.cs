using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    /// <summary>A sensor that is lost and comes back, seen through the sampler that owns the monitors.</summary>
    [TestClass]
    public class SensorMonitorTests
    {
        private const string Fault = "sensor-fault bme280@76: no answer";
        private const string Recovery = "sensor-recovered bme280@76";

        [TestMethod]
        public void Sensor_that_does_not_respond_is_reported_once()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.Answers = false;
            MeasureAndProbe(rig, 5);
            Assert.AreEqual(1, rig.Events.CountOf(Fault));
        }

        [TestMethod]
        public void Driver_that_throws_is_reported_once()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.Throws = true;
            MeasureAndProbe(rig, 5);
            Assert.AreEqual(1, rig.Events.CountOf(Fault));
        }

        [TestMethod]
        public void Sensor_without_a_valid_value_is_reported_once()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.AllValid(false);
            MeasureAndProbe(rig, 5);
            Assert.AreEqual(1, rig.Events.CountOf(Fault));
        }

        [TestMethod]
        public void Lost_sensor_is_the_only_event()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.AllValid(false);
            MeasureAndProbe(rig, 5);
            Assert.AreEqual(1, rig.Events.Count);
        }

        // What is left of a failed read of a BME280 is a humidity of 0 % or 100 %: nothing that was measured.
        [TestMethod]
        public void Sensor_that_measures_nothing_but_a_saturated_humidity_is_lost()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.AllValid(false);
            rig.Slot76.Sensor.Valid[1] = true;
            rig.Slot76.Sensor.Values[1] = 10000;
            rig.Sampler.Measure();
            Assert.AreEqual(Fault, rig.Events.Last);
        }

        [TestMethod]
        public void Sensor_with_one_plausible_value_left_is_not_lost()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.AllValid(false);
            rig.Slot76.Sensor.Valid[2] = true;
            rig.Sampler.Measure();
            Assert.IsTrue(rig.Sampler.Monitors[0].IsPresent);
        }

        [TestMethod]
        public void Sensor_that_does_not_respond_leaves_the_other_unchanged()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            rig.Slot76.Sensor.Throws = true;
            Assert.AreEqual(2, rig.Sampler.Measure());
        }

        [TestMethod]
        public void Channels_of_a_lost_sensor_have_no_value()
        {
            SamplerRig rig = Measured();
            rig.Lose76();
            Assert.IsFalse(rig.Sampler.Channels[0].IsValid);
        }

        [TestMethod]
        public void Fault_of_a_channel_outlives_the_loss_of_its_sensor_so_that_its_end_is_reported()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.Values[0] = 9999;
            rig.Sampler.Measure();
            rig.Lose76();
            Assert.AreEqual(Plausibility.OutOfRange, rig.Sampler.Channels[0].Fault);
        }

        [TestMethod]
        public void Lost_sensor_gives_back_the_bus()
        {
            SamplerRig rig = Measured();
            ScriptedSensor sensor = rig.Slot76.Sensor;
            rig.Lose76();
            Assert.AreEqual(1, sensor.Closes);
        }

        [TestMethod]
        public void Driver_that_throws_when_it_is_closed_is_reported()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.CloseThrows = true;
            rig.Lose76();
            Assert.AreEqual(Fault, rig.Events.Last);
        }

        [TestMethod]
        public void Lost_sensor_is_counted()
        {
            SamplerRig rig = Measured();
            rig.Lose76();
            Assert.AreEqual(1, rig.Counters.SensorFaults);
        }

        [TestMethod]
        public void Lost_sensor_is_looked_for_after_a_second()
        {
            SamplerRig rig = Measured();
            rig.Clock.Uptime = 5000;
            rig.Lose76();
            rig.Slot77.Sensor = ScriptedSensor.Bmp280();
            rig.Sampler.Probe(rig.Clock.Uptime);
            Assert.AreEqual(6000L, rig.Sampler.ProbeAt);
        }

        [TestMethod]
        public void Slot_is_not_probed_before_its_time()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            rig.Sampler.Probe(999);
            Assert.AreEqual(1, rig.Slot76.Probes);
        }

        [TestMethod]
        public void Slot_with_a_sensor_is_not_probed()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            rig.Sampler.Probe(1000);
            Assert.AreEqual(1, rig.Slot77.Probes);
        }

        [TestMethod]
        public void No_probe_is_due_when_all_sensors_respond()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            Assert.AreEqual(long.MaxValue, rig.Sampler.ProbeAt);
        }

        [TestMethod]
        public void Pauses_between_probes_double_up_to_five_minutes()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            Assert.AreEqual("1 2 4 8 16 32 64 128 256 300 300 ", Pauses(rig, 11));
        }

        [TestMethod]
        public void Pauses_grow_though_the_slot_throws()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            rig.Slot76.Throws = true;
            Assert.AreEqual("1 2 4 ", Pauses(rig, 3));
        }

        [TestMethod]
        public void Pauses_grow_though_the_sensor_answers_the_probe()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.Slot76.Sensor.Answers = false;
            Assert.AreEqual("1 2 4 ", Pauses(rig, 3));
        }

        [TestMethod]
        public void Pauses_are_short_again_after_a_sensor_measured()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            Pauses(rig, 5);
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            rig.Lose76();
            Assert.AreEqual("1 2 4 ", Pauses(rig, 3));
        }

        [TestMethod]
        public void Sensor_that_responds_and_measures_is_reported_as_recovered()
        {
            SamplerRig rig = Measured();
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual(Recovery, rig.Events.Last);
        }

        [TestMethod]
        public void Sensor_that_responds_without_measuring_is_not_reported_as_recovered()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.Answers = false;
            MeasureAndProbe(rig, 5);
            Assert.AreEqual(0, rig.Events.CountOf(Recovery));
        }

        [TestMethod]
        public void Sensor_that_is_back_has_a_value_at_once()
        {
            SamplerRig rig = Measured();
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.Slot76.Sensor.Values[0] = 1234;
            rig.ProbeWhenDue();
            Assert.AreEqual(1234, rig.Sampler.Channels[0].Value);
        }

        [TestMethod]
        public void Each_loss_is_reported()
        {
            SamplerRig rig = Measured();
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            rig.Lose76();
            Assert.AreEqual(2, rig.Events.CountOf(Fault));
        }

        [TestMethod]
        public void Sensor_that_appears_later_is_reported()
        {
            SamplerRig rig = new SamplerRig(null, null);
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual(Recovery, rig.Events.Last);
        }

        [TestMethod]
        public void Slot_that_was_always_empty_has_no_model_in_its_name()
        {
            SensorMonitor monitor = new SamplerRig(null, null).Sampler.Monitors[0];
            Assert.AreEqual("?@76", monitor.Name);
        }

        private static SamplerRig Measured()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Sampler.Measure();
            return rig;
        }

        private static void MeasureAndProbe(SamplerRig rig, int times)
        {
            for (int i = 0; i < times; i++)
            {
                rig.Sampler.Measure();
                rig.ProbeWhenDue();
            }
        }

        /// <summary>Seconds from one probe of slot 76 to the next; slot 77 must not be probed meanwhile.</summary>
        private static string Pauses(SamplerRig rig, int count)
        {
            string pauses = string.Empty;
            for (int i = 0; i < count; i++)
            {
                pauses += ((rig.Sampler.ProbeAt - rig.Clock.Uptime) / 1000) + " ";
                rig.ProbeWhenDue();
            }

            return pauses;
        }
    }
}
