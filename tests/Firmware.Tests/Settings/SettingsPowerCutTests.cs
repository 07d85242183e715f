using System;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    /// <summary>The power goes in every write of a life: what was kept before or after it is there at the next start, whole.</summary>
    [TestClass]
    public class SettingsPowerCutTests
    {
        private const int Untouched = -2;

        // What the settings may be when the power goes in the write that belongs to the step: its interval, in order of writes.
        private static readonly string[] Allowed =
        {
            "5 ",       // 1: import of the file, which is still there
            "5 ",       // 2: the second copy
            "5 6 ",     // 3: set
            "6 ",       // 4: set on trial
            "6 7 ",     // 5: kept
            "7 ",       // 6: set on trial
            "7 ",       // 7: reverted
            "7 9 ",     // 8: set
            "4 ",       // 9: import of another file, which is still there
            "4 ",       // 10: the second copy
        };

        // The revision that each of these writes has.
        private static readonly int[] Revisions = { 1, 1, 2, 3, 3, 4, 5, 6, 7, 7 };

        [TestMethod]
        public void Life_has_as_many_writes_as_are_cut()
        {
            CuttingStorage storage = new CuttingStorage(new MemoryStorage(), 0, Untouched);
            Live(storage);
            Assert.AreEqual(Allowed.Length, storage.Writes);
        }

        [TestMethod]
        [DataRow(Untouched)]
        [DataRow(CuttingStorage.Whole)]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(4)]
        [DataRow(5)]
        [DataRow(12)]
        [DataRow(13)]
        [DataRow(20)]
        [DataRow(27)]
        [DataRow(28)]
        [DataRow(29)]
        public void Whatever_write_is_cut_the_settings_are_whole(int written)
        {
            for (int write = 1; write <= Allowed.Length; write++)
            {
                MemoryStorage files = CutAt(write, written);
                Check(files, Allowed[write - 1], "write " + write);
                Check(files, Allowed[write - 1], "write " + write + ", second start");
            }
        }

        [TestMethod]
        [DataRow(Untouched)]
        [DataRow(CuttingStorage.Whole)]
        [DataRow(0)]
        [DataRow(9)]
        [DataRow(25)]
        public void Start_after_a_cut_may_be_cut_too(int written)
        {
            for (int write = 1; write <= Allowed.Length; write++)
            {
                MemoryStorage files = CutAt(write, CuttingStorage.Whole);
                try
                {
                    new SettingsStore(new CuttingStorage(files, 1, written), new Counters(), AllSettings.Catalog()).Load();
                }
                catch (InvalidOperationException)
                {
                }

                Check(files, Allowed[write - 1], "write " + write);
            }
        }

        [TestMethod]
        public void After_any_cut_settings_can_be_changed_and_the_revision_grows()
        {
            for (int write = 1; write <= Allowed.Length; write++)
            {
                MemoryStorage files = CutAt(write, CuttingStorage.Whole);
                SettingsStore store = Load(files);
                int revision = store.Revision;
                store.Save(With(11), false);
                SettingsStore next = Load(files);
                Assert.AreEqual("11 " + (revision + 1), next.Current.Interval + " " + next.Revision);
                Assert.IsTrue(revision >= Revisions[write - 1], "revision after write " + write);
            }
        }

        private static void Check(MemoryStorage files, string allowed, string message)
        {
            SettingsStore store = Load(files);
            Assert.IsFalse(store.IsOnTrial, message);
            Assert.AreEqual(0, store.Faults.Count, message);
            Assert.IsTrue(allowed.IndexOf(store.Current.Interval + " ") >= 0, message + ": " + store.Current.Interval);
        }

        private static MemoryStorage CutAt(int write, int written)
        {
            MemoryStorage files = new MemoryStorage();
            try
            {
                Live(new CuttingStorage(files, write, written));
            }
            catch (InvalidOperationException)
            {
            }

            return files;
        }

        private static void Live(CuttingStorage storage)
        {
            Upload(storage.Files, "{'interval':5}");
            SettingsStore store = new SettingsStore(storage, new Counters(), AllSettings.Catalog());
            store.Load();
            store.Save(With(6), false);
            store.Save(With(7), true);
            store.Confirm();
            store.Save(With(8), true);
            store.RollBack();
            store.Save(With(9), false);
            Upload(storage.Files, "{'interval':4}");
            new SettingsStore(storage, new Counters(), AllSettings.Catalog()).Load();
        }

        // Over USB: not by the device.
        private static void Upload(MemoryStorage files, string file) => files.Put(DeviceSettings.File, SingleQuoted.Text(file));

        private static SettingsStore Load(MemoryStorage files)
        {
            SettingsStore store = new SettingsStore(files, new Counters(), AllSettings.Catalog());
            store.Load();
            return store;
        }

        private static DeviceSettings With(int interval) => new SettingsRig("{'interval':" + interval + "}").Settings;
    }
}
