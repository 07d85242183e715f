using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    /// <summary>Sensors that answer and cannot be used: refused by their driver, or without a plausible value.</summary>
    [TestClass]
    public class SensorRefusalTests
    {
        private const string Refusal = "chip id 0x55 is not known";
        private const string Refused = "sensor-fault ?@76: " + Refusal;
        private const string Implausible = "sensor-fault bme280@76: 3 measurements in a row without a plausible value";

        [TestMethod]
        public void Refused_sensor_is_reported_once_with_the_reason()
        {
            SamplerRig rig = RefusedLater();
            Assert.AreEqual(Refused, rig.Events.Last);
            rig.ProbeWhenDue();
            rig.ProbeWhenDue();
            Assert.AreEqual(1, rig.Events.CountOf(Refused));
        }

        [TestMethod]
        public void Refused_sensor_is_not_called_missing()
        {
            ScriptedPort port = new ScriptedPort("76", null) { Refusal = Refusal };
            RecordedEvents events = new RecordedEvents();
            Of(port, events).Start(false);
            Assert.AreEqual(1, events.Count);
            Assert.AreEqual(Refused, events.Last);
        }

        [TestMethod]
        public void Refusal_that_was_reported_before_a_deep_sleep_is_not_reported_again()
        {
            ScriptedPort port = new ScriptedPort("76", null) { Refusal = Refusal };
            RecordedEvents events = new RecordedEvents();
            Sampler sampler = Of(port, events);
            sampler.Start(true);
            sampler.Probe(sampler.ProbeAt);
            Assert.AreEqual(0, events.Count);
        }

        [TestMethod]
        public void Another_reason_is_reported()
        {
            SamplerRig rig = RefusedLater();
            rig.Slot76.Refusal = "calibration data not valid";
            rig.ProbeWhenDue();
            Assert.AreEqual("sensor-fault ?@76: calibration data not valid", rig.Events.Last);
        }

        [TestMethod]
        public void Refused_sensor_is_looked_for_with_growing_pauses()
        {
            SamplerRig rig = RefusedLater();
            long first = rig.Sampler.ProbeAt;
            rig.ProbeWhenDue();
            Assert.AreEqual(2 * (first - 1000), rig.Sampler.ProbeAt - first);
        }

        [TestMethod]
        public void Sensor_that_is_accepted_later_is_reported_as_recovered()
        {
            SamplerRig rig = RefusedLater();
            rig.Slot76.Refusal = null;
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual("sensor-recovered bme280@76", rig.Events.Last);
        }

        [TestMethod]
        public void Sensor_that_was_lost_and_is_then_refused_is_reported_under_its_name()
        {
            SamplerRig rig = Measured();
            rig.Lose76();
            rig.Slot76.Refusal = Refusal;
            rig.ProbeWhenDue();
            Assert.AreEqual("sensor-fault bme280@76: " + Refusal, rig.Events.Last);
        }

        [TestMethod]
        public void Three_measurements_without_a_plausible_value_close_the_sensor()
        {
            SamplerRig rig = MeasuredImplausible(3);
            Assert.AreEqual(1, rig.Slot76.Sensor.Closes);
            Assert.AreEqual(Implausible, rig.Events.Last);
            Assert.AreEqual(1, rig.Counters.SensorFaults);
            Assert.IsFalse(rig.Temperature.IsValid);
        }

        [TestMethod]
        public void Two_measurements_without_a_plausible_value_do_not_close_the_sensor()
        {
            SamplerRig rig = MeasuredImplausible(2);
            MakePlausible(rig);
            rig.Sampler.Measure();
            MakeImplausible(rig);
            rig.Sampler.Measure();
            rig.Sampler.Measure();
            Assert.AreEqual(0, rig.Slot76.Sensor.Closes);
        }

        [TestMethod]
        public void Sensor_with_one_plausible_value_is_never_closed()
        {
            SamplerRig rig = Measured();
            rig.Slot76.Sensor.Values[0] = 9999;
            rig.Slot76.Sensor.Values[2] = 0;
            for (int i = 0; i < 10; i++)
            {
                rig.Sampler.Measure();
            }

            Assert.AreEqual(0, rig.Slot76.Sensor.Closes);
        }

        [TestMethod]
        public void Closed_sensor_is_set_up_again_after_a_second()
        {
            SamplerRig rig = MeasuredImplausible(3);
            Assert.AreEqual(rig.Clock.Uptime + 1000, NextProbe(rig));
            rig.ProbeWhenDue();
            Assert.AreEqual(2, rig.Slot76.Probes);
        }

        [TestMethod]
        public void Sensor_that_stays_implausible_is_reported_once_and_looked_for_with_growing_pauses()
        {
            SamplerRig rig = MeasuredImplausible(3);
            string pauses = string.Empty;
            for (int i = 0; i < 4; i++)
            {
                pauses += ((NextProbe(rig) - rig.Clock.Uptime) / 1000) + " ";
                rig.Clock.Uptime = NextProbe(rig);
                rig.Sampler.Probe(rig.Clock.Uptime);
                rig.Sampler.Measure();
            }

            Assert.AreEqual("1 2 4 8 ", pauses);
            Assert.AreEqual(1, rig.Events.CountOf(Implausible));
            Assert.AreEqual(0, rig.Events.CountOf("sensor-recovered bme280@76"));
        }

        [TestMethod]
        public void Sensor_that_is_plausible_after_it_was_set_up_again_is_reported_as_recovered()
        {
            SamplerRig rig = MeasuredImplausible(3);
            MakePlausible(rig);
            rig.Clock.Uptime = NextProbe(rig);
            rig.Sampler.Probe(rig.Clock.Uptime);
            Assert.AreEqual(1, rig.Events.CountOf("sensor-recovered bme280@76"));
            Assert.IsTrue(rig.Temperature.IsValid);
        }

        private static long NextProbe(SamplerRig rig) => rig.Sampler.Monitors[0].ProbeAt;

        private static SamplerRig Measured()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Sampler.Measure();
            return rig;
        }

        private static SamplerRig MeasuredImplausible(int times)
        {
            SamplerRig rig = Measured();
            MakeImplausible(rig);
            for (int i = 0; i < times; i++)
            {
                rig.Sampler.Measure();
            }

            return rig;
        }

        private static void MakeImplausible(SamplerRig rig)
        {
            rig.Slot76.Sensor.Values[0] = -14500;
            rig.Slot76.Sensor.Values[1] = 0;
            rig.Slot76.Sensor.Values[2] = 0;
        }

        private static void MakePlausible(SamplerRig rig) => ScriptedSensor.Bme280().Values.CopyTo(rig.Slot76.Sensor.Values, 0);

        // Nothing at first, then something that the driver refuses.
        private static SamplerRig RefusedLater()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            rig.Slot76.Refusal = Refusal;
            rig.ProbeWhenDue();
            return rig;
        }

        private static Sampler Of(ISensorPort port, ISensingEvents events) =>
            new Sampler(new[] { port }, new ManualClock(), events, new Counters(), new ChannelRule[0]);
    }
}
