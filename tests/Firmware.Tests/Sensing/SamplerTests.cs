using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    [TestClass]
    public class SamplerTests
    {
        [TestMethod]
        public void Channels_have_the_plain_names_of_the_first_sensor()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            Assert.AreEqual("temperature humidity pressure", rig.Names);
        }

        [TestMethod]
        public void Second_sensor_of_a_kind_has_its_address_appended()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            Assert.AreEqual("temperature humidity pressure temperature-77 pressure-77", rig.Names);
        }

        [TestMethod]
        public void Only_names_that_are_taken_have_the_address_appended()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bmp280(), ScriptedSensor.Bme280());
            Assert.AreEqual("temperature pressure temperature-77 humidity pressure-77", rig.Names);
        }

        [TestMethod]
        public void Names_stay_when_an_earlier_slot_is_filled_later()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual("temperature-76 humidity pressure-76 temperature pressure", rig.Names);
        }

        [TestMethod]
        public void Names_stay_when_a_sensor_comes_back()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual("temperature humidity pressure temperature-77 pressure-77", rig.Names);
        }

        [TestMethod]
        public void Channels_stay_while_their_sensor_is_away()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Lose76();
            Assert.AreEqual("temperature humidity pressure", rig.Names);
        }

        [TestMethod]
        public void Another_model_in_the_slot_keeps_the_names_of_what_both_measure()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bmp280();
            rig.ProbeWhenDue();
            Assert.AreEqual("temperature pressure temperature-77 pressure-77", rig.Names);
        }

        [TestMethod]
        public void Another_model_in_the_slot_has_names_of_its_own_for_what_only_it_measures()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bmp280(), ScriptedSensor.Bme280());
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual("temperature humidity-76 pressure temperature-77 humidity pressure-77", rig.Names);
        }

        [TestMethod]
        public void Another_model_in_the_slot_has_its_values_in_its_channels()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bmp280();
            rig.ProbeWhenDue();
            Assert.AreEqual(1013005, rig.Sampler.Channels[1].Value);
        }

        [TestMethod]
        public void Another_model_in_the_slot_is_reported_under_its_name()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bmp280();
            rig.ProbeWhenDue();
            Assert.AreEqual("sensor-recovered bmp280@76", rig.Events.Last);
        }

        [TestMethod]
        public void Channel_is_found_by_its_name()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            Assert.AreSame(rig.Sampler.Channels[4], rig.Sampler.Find("pressure-77"));
        }

        [TestMethod]
        public void Unknown_channel_is_not_found()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            Assert.IsNull(rig.Sampler.Find("temperature-77"));
        }

        [TestMethod]
        public void Channel_has_the_measured_value()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Sampler.Measure();
            Assert.AreEqual(2137, rig.Sampler.Channels[0].Value);
        }

        [TestMethod]
        public void Channel_has_the_time_of_the_measurement()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Clock.Uptime = 4711;
            rig.Sampler.Measure();
            Assert.AreEqual(4711L, rig.Sampler.Channels[0].MeasuredAt);
        }

        [TestMethod]
        public void Nothing_is_valid_before_the_first_measurement()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            Assert.IsFalse(rig.Sampler.Channels[0].IsValid);
        }

        [TestMethod]
        public void Plausible_values_of_all_sensors_are_counted()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            rig.Slot76.Sensor.Values[0] = 9999;
            Assert.AreEqual(4, rig.Sampler.Measure());
        }

        [TestMethod]
        public void Refused_value_is_no_value_of_its_channel()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Sampler.Measure();
            rig.Slot76.Sensor.Values[0] = 9999;
            rig.Sampler.Measure();
            Assert.IsFalse(rig.Sampler.Channels[0].IsValid);
        }

        [TestMethod]
        public void Refused_value_is_reported_once()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Slot76.Sensor.Values[0] = 9999;
            rig.Sampler.Measure();
            rig.Sampler.Measure();
            Assert.AreEqual(1, rig.Events.CountOf("reading-fault temperature: out of range"));
        }

        [TestMethod]
        public void Plausible_value_after_a_refused_one_is_reported_once()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Slot76.Sensor.Values[0] = 9999;
            rig.Sampler.Measure();
            rig.Slot76.Sensor.Values[0] = 2000;
            rig.Sampler.Measure();
            rig.Sampler.Measure();
            Assert.AreEqual(1, rig.Events.CountOf("reading-recovered temperature"));
        }

        [TestMethod]
        public void Plausible_values_publish_no_event()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            rig.Sampler.Measure();
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void No_sensor_at_all_is_reported_once()
        {
            SamplerRig rig = new SamplerRig(null, null);
            rig.Sampler.Measure();
            rig.ProbeWhenDue();
            rig.ProbeWhenDue();
            Assert.AreEqual(1, rig.Events.Count);
        }

        [TestMethod]
        public void Empty_slot_beside_a_sensor_is_no_event()
        {
            SamplerRig rig = new SamplerRig(null, ScriptedSensor.Bmp280());
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void Board_without_slots_measures_nothing()
        {
            Sampler sampler = new Sampler(new ISensorPort[0], new ManualClock(), new RecordedEvents(), new Counters(), new ChannelRule[0]);
            sampler.Start(false);
            Assert.AreEqual(0, sampler.Measure());
        }

        [TestMethod]
        public void Slot_that_throws_at_the_start_counts_as_empty()
        {
            ScriptedPort slot = new ScriptedPort("76", ScriptedSensor.Bme280()) { Throws = true };
            Sampler sampler = new Sampler(new ISensorPort[] { slot }, new ManualClock(), new RecordedEvents(), new Counters(), new ChannelRule[0]);
            sampler.Start(false);
            Assert.IsFalse(sampler.Monitors[0].IsPresent);
        }
    }
}
