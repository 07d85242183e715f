using Firmware.Sleep;
using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class WakeRecordTests
    {
        private const string File = "wake";
        private const long Noon = 1795348800000L;

        [TestMethod]
        public void First_record_is_fresh()
        {
            Assert.IsTrue(WakeRecord.Load(new MemoryStorage()).IsFresh);
        }

        [TestMethod]
        public void Record_that_was_written_is_not_fresh()
        {
            Assert.IsFalse(WakeRecord.Load(Written()).IsFresh);
        }

        [TestMethod]
        public void Numbers_come_back()
        {
            WakeRecord record = WakeRecord.Load(Written());
            string numbers = record.Cycle + " " + record.BootCount + " " + record.SleptAt + " " + record.PlannedAt + " " + record.Requested
                + " " + record.WakesSinceRadio + " " + record.NextSequence + " " + record.SequenceEnd + " " + record.MailboxAt
                + " " + record.SyncedAt + " " + record.LostSensors;
            Assert.AreEqual("8640 8641 1795348800000 1795349100000 294118 3 8000 9000 1795345200000 1795344300000 -2147483647", numbers);
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Quality_of_the_clock_comes_back(bool isSynchronized)
        {
            MemoryStorage storage = new MemoryStorage();
            WakeRecord record = WakeRecord.Load(storage);
            record.IsSynchronized = isSynchronized;
            record.Save(storage);
            Assert.AreEqual(isSynchronized, WakeRecord.Load(storage).IsSynchronized);
        }

        [TestMethod]
        [DataRow((int)BatteryState.Normal)]
        [DataRow((int)BatteryState.Low)]
        [DataRow((int)BatteryState.Critical)]
        public void Battery_comes_back(int state)
        {
            MemoryStorage storage = new MemoryStorage();
            WakeRecord record = WakeRecord.Load(storage);
            record.Battery = (BatteryState)state;
            record.Save(storage);
            Assert.AreEqual(state, (int)WakeRecord.Load(storage).Battery);
        }

        [TestMethod]
        public void Drift_comes_back()
        {
            SleepDrift drift = WakeRecord.Load(Written()).Drift;
            Assert.AreEqual("19999 19999 294118 100001", drift.Ppm + " " + drift.Uncertainty + " " + drift.Slept + " " + (drift.ErrorMs - (294118L * 19999 / 1000000)));
        }

        [TestMethod]
        public void Failures_come_back()
        {
            RadioBackoff backoff = WakeRecord.Load(Written()).Backoff;
            backoff.Count();
            Assert.AreEqual("3 False", backoff.Failures + " " + backoff.Allows(true));
        }

        [TestMethod]
        public void Energy_comes_back()
        {
            EnergyTotals energy = WakeRecord.Load(Written()).Energy;
            Assert.AreEqual("3700 142963 142963 41173344", energy.LastAwake + " " + energy.LastCharge + " " + energy.Total + " " + energy.MeanPerDay);
        }

        [TestMethod]
        public void Wake_is_where_the_sleep_and_its_drift_lead()
        {
            MemoryStorage storage = new MemoryStorage();
            WakeRecord record = WakeRecord.Load(storage);
            record.Drift.Add(1000000);
            record.Drift.Learn(1020000);
            record.SleptAt = Noon;
            record.Requested = record.Drift.Request(300000);
            record.Save(storage);
            record = WakeRecord.Load(storage);
            long error = record.SleptAt + record.Drift.Elapsed(record.Requested) - Noon - 300000;
            Assert.IsTrue(error >= -2 && error <= 0);
        }

        [TestMethod]
        public void Record_that_cannot_be_written_is_reported()
        {
            Assert.IsFalse(WakeRecord.Load(new MemoryStorage()).Save(new MemoryStorage { WriteFails = true }));
        }

        [TestMethod]
        public void Record_is_written_in_one_step()
        {
            Assert.AreEqual(1, Written().Writes);
        }

        [TestMethod]
        public void Torn_record_is_as_good_as_none()
        {
            int length = Written().Length(File);
            for (int i = 1; i < length; i++)
            {
                MemoryStorage storage = Written();
                storage.Truncate(File, i);
                Assert.IsTrue(WakeRecord.Load(storage).IsFresh);
            }
        }

        [TestMethod]
        public void Corrupt_record_is_as_good_as_none()
        {
            int length = Written().Length(File);
            for (int i = 0; i < length; i++)
            {
                MemoryStorage storage = Written();
                storage.Damage(File, i);
                Assert.IsTrue(WakeRecord.Load(storage).IsFresh);
            }
        }

        [TestMethod]
        [DataRow("{}")]
        [DataRow("0")]
        [DataRow("some text that was never a wake record, and is longer than one")]
        public void Other_content_is_as_good_as_none(string text)
        {
            MemoryStorage storage = new MemoryStorage();
            storage.Put(File, text);
            Assert.IsTrue(WakeRecord.Load(storage).IsFresh);
        }

        [TestMethod]
        public void Numbers_of_any_size_are_kept()
        {
            MemoryStorage storage = new MemoryStorage();
            WakeRecord record = WakeRecord.Load(storage);
            record.SleptAt = long.MaxValue;
            record.PlannedAt = long.MinValue;
            record.NextSequence = int.MinValue;
            record.Save(storage);
            record = WakeRecord.Load(storage);
            Assert.AreEqual(long.MaxValue + " " + long.MinValue + " " + int.MinValue, record.SleptAt + " " + record.PlannedAt + " " + record.NextSequence);
        }

        [TestMethod]
        public void Record_with_three_channels_is_small()
        {
            MemoryStorage storage = Written();
            WakeRecord record = WakeRecord.Load(storage);
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':{'deadband':0.2,'maxRate':5,'stuck':100}}");
            rig.Measure(2137, 0);
            record.Remember(rig.Sampler.Channels, 3700);
            record.Save(storage);
            Assert.IsTrue(storage.Length(File) <= 141, storage.Length(File) + " bytes");
        }

        [TestMethod]
        public void Record_with_sixteen_channels_fits_half_a_kilobyte()
        {
            MemoryStorage storage = Written();
            WakeRecord record = WakeRecord.Load(storage);
            Channel[] channels = new Channel[WakeRecord.MaxChannels];
            for (int i = 0; i < channels.Length; i++)
            {
                channels[i] = new Channel("pressure-" + i, ScriptedSensor.Pressure, ChannelRule.Default);
            }

            record.Remember(channels, int.MaxValue);
            record.Save(storage);
            Assert.IsTrue(storage.Length(File) <= 512, storage.Length(File) + " bytes");
        }

        /// <summary>A record in the middle of a long life.</summary>
        private static MemoryStorage Written()
        {
            MemoryStorage storage = new MemoryStorage();
            WakeRecord record = WakeRecord.Load(storage);
            record.Cycle = 8640;
            record.BootCount = 8641;
            record.SleptAt = Noon;
            record.IsSynchronized = true;
            record.PlannedAt = Noon + 300000;
            record.Requested = 294118;
            record.WakesSinceRadio = 3;
            record.NextSequence = 8000;
            record.SequenceEnd = 9000;
            record.MailboxAt = Noon - 3600000;
            record.SyncedAt = Noon - 4500000;
            record.Battery = BatteryState.Low;
            record.LostSensors = -int.MaxValue;
            record.Drift.Add(1000000);
            record.Drift.Learn(1020000);
            record.Drift.Add(294118);
            record.Drift.Interrupt(200000);
            for (int i = 0; i < 3; i++)
            {
                record.Backoff.Tried(false);
            }

            record.Energy.Add(3700, 296300, 142963);
            record.Save(storage);
            return storage;
        }
    }
}
