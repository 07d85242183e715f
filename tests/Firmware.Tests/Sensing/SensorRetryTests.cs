using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    /// <summary>One disturbed transfer on the bus does not cost a sensor.</summary>
    [TestClass]
    public class SensorRetryTests
    {
        [TestMethod]
        public void Read_that_fails_once_is_no_event()
        {
            SamplerRig rig = Disturbed(1);
            rig.Sampler.Measure();
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void Read_that_fails_once_still_gives_the_values()
        {
            Assert.AreEqual(3, Disturbed(1).Sampler.Measure());
        }

        [TestMethod]
        public void Read_that_fails_once_is_not_counted()
        {
            SamplerRig rig = Disturbed(1);
            rig.Sampler.Measure();
            Assert.AreEqual(0, rig.Counters.SensorFaults);
        }

        [TestMethod]
        public void Read_that_fails_once_does_not_set_the_sensor_up_again()
        {
            SamplerRig rig = Disturbed(1);
            rig.Sampler.Measure();
            Assert.AreEqual(1, rig.Slot76.Probes);
        }

        [TestMethod]
        public void Sensor_that_fails_every_other_read_is_never_lost()
        {
            SamplerRig rig = Disturbed(0);
            for (int i = 0; i < 20; i++)
            {
                rig.Slot76.Sensor.Disturbances = 1;
                rig.Sampler.Measure();
            }

            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void Two_failures_in_a_row_lose_the_sensor()
        {
            SamplerRig rig = Disturbed(2);
            rig.Sampler.Measure();
            Assert.AreEqual("sensor-fault bme280@76: no answer", rig.Events.Last);
        }

        [TestMethod]
        public void Lost_sensor_was_read_twice()
        {
            SamplerRig rig = Disturbed(100);
            rig.Sampler.Measure();
            Assert.AreEqual(2, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Sensor_that_responds_is_read_once()
        {
            SamplerRig rig = Disturbed(0);
            rig.Sampler.Measure();
            Assert.AreEqual(1, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Sensor_that_was_lost_is_set_up_again()
        {
            SamplerRig rig = Disturbed(2);
            rig.Sampler.Measure();
            rig.ProbeWhenDue();
            Assert.AreEqual(2, rig.Slot76.Probes);
        }

        private static SamplerRig Disturbed(int reads)
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Slot76.Sensor.Disturbances = reads;
            return rig;
        }
    }
}
