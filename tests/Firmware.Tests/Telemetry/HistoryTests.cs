using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    [TestClass]
    public class HistoryTests
    {
        [TestMethod]
        [DataRow(0, 0, "1 0")]
        [DataRow(1, 1, "1 1")]
        [DataRow(5, 5, "1 5")]
        [DataRow(5, 6, "2 6")]
        [DataRow(5, 10, "6 10")]
        [DataRow(5, 11, "7 11")]
        [DataRow(1, 3, "3 3")]
        [DataRow(64, 65, "2 65")]
        [DataRow(100, 130, "31 130")]
        public void Newest_values_replace_the_oldest(int room, int count, string range)
        {
            HistoryRig rig = new HistoryRig(room);
            rig.MeasureUpTo(count);
            Assert.AreEqual(range, rig.History.Oldest + " " + rig.History.Newest);
        }

        [TestMethod]
        [DataRow(0, false)]
        [DataRow(8, false)]
        [DataRow(9, true)]
        [DataRow(17, true)]
        [DataRow(16384, true)]
        public void History_keeps_values_only_with_room(int size, bool isKept)
        {
            Assert.AreEqual(isKept, new History(size).IsKept);
        }

        [TestMethod]
        public void History_never_exceeds_its_size()
        {
            HistoryRig rig = new HistoryRig(2);
            rig.WithHumidity();
            rig.MeasureUpTo(2);
            Assert.AreEqual("2 5000", rig.Values("{}"));
        }

        [TestMethod]
        [DataRow(100, 65, "64 65")]
        [DataRow(100, 100, "99 100")]
        [DataRow(100, 101, "100 101")]
        [DataRow(65, 129, "128 129")]
        [DataRow(65, 196, "195 196")]
        public void Values_are_stored_in_any_block(int room, int count, string newest)
        {
            HistoryRig rig = new HistoryRig(room);
            rig.MeasureUpTo(count);
            Assert.AreEqual(newest, rig.Values("{'after':" + (count - 2) + "}"));
        }

        [TestMethod]
        public void Values_that_are_not_plausible_are_left_out()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Measure(2100, 9999, 2200);
            Assert.AreEqual("2100 2200", rig.Values("{}"));
        }

        [TestMethod]
        public void Sensor_that_is_gone_adds_nothing()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Measure(2100);
            rig.Sensors.Lose76();
            rig.History.Add(rig.Sensors.Sampler.Channels);
            Assert.AreEqual(1, rig.History.Newest);
        }

        [TestMethod]
        public void Nothing_is_kept_after_the_memory_was_given_back()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Measure(2100);
            rig.History.Release();
            rig.Measure(2200);
            Assert.AreEqual("False 2 1", rig.History.IsKept + " " + rig.History.Oldest + " " + rig.History.Newest);
        }

        [TestMethod]
        public void History_without_room_takes_measurements_and_keeps_none()
        {
            HistoryRig rig = new HistoryRig(0);
            rig.Measure(2100);
            Assert.AreEqual(0, rig.History.Newest);
        }

        [TestMethod]
        public void Channels_of_another_model_have_their_own_values()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Measure(2100);
            rig.Sensors.Lose76();
            rig.Sensors.Slot76.Sensor = new ScriptedSensor("other", new[] { ScriptedSensor.Pressure }, new[] { 1013250 });
            rig.Clock.Advance(400000);
            rig.Sensors.Sampler.Probe(rig.Clock.Uptime);
            rig.History.Add(rig.Sensors.Sampler.Channels);
            Assert.AreEqual("10132500", rig.Values("{'channels':['pressure']}"));
            Assert.AreEqual("2100", rig.Values("{'channels':['temperature']}"));
        }
    }
}
