using Firmware.Platform;
using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    /// <summary>Settings on trial, in the store.</summary>
    [TestClass]
    public class SettingsStoreTrialTests
    {
        private const string B = "settings.b";
        private const string A = "settings.a";

        [TestMethod]
        public void Trial_is_current_and_can_be_kept()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            bool wasOnTrial = store.IsOnTrial;
            bool isConfirmed = store.Confirm();
            Assert.AreEqual("True True False 6 revision 2 faults 0", Word(wasOnTrial) + " " + Word(isConfirmed) + " " + Word(store.IsOnTrial) + " " + State(Load(storage)));
        }

        [TestMethod]
        public void Failed_trial_brings_the_settings_before_back()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            DeviceSettings back = store.RollBack();
            Assert.AreEqual("5 5 revision 3 faults 0, 5 revision 3 faults 0", back.Interval + " " + State(store) + ", " + State(Load(storage)));
        }

        [TestMethod]
        public void Restart_within_a_trial_fails_it()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            SettingsStore next = Load(storage);
            Assert.AreEqual("True 5 revision 3 faults 0, False 5 revision 3 faults 0", Word(next.WasReverted) + " " + State(next) + ", " + Again(storage));
        }

        [TestMethod]
        public void Nothing_else_is_saved_during_a_trial()
        {
            SettingsStore store = Load(WithFile("{'interval':5}"));
            store.Save(Changed(6), true);
            Assert.IsFalse(Change(store, 7));
        }

        [TestMethod]
        public void Trial_that_cannot_be_kept_on_flash_goes_on()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            storage.WriteFails = true;
            bool isConfirmed = store.Confirm();
            bool isOnTrial = store.IsOnTrial;
            storage.WriteFails = false;
            Assert.AreEqual("False True True 6 revision 2 faults 0", Word(isConfirmed) + " " + Word(isOnTrial) + " " + Word(store.Confirm()) + " " + State(Load(storage)));
        }

        [TestMethod]
        public void Revert_that_cannot_be_stored_comes_at_the_next_start()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            storage.WriteFails = true;
            int interval = store.RollBack().Interval;
            storage.WriteFails = false;
            Assert.AreEqual("5 True 5 revision 3 faults 0", interval + " " + Again(storage));
        }

        [TestMethod]
        public void File_that_was_uploaded_during_a_trial_wins()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            storage.Put(DeviceSettings.File, SingleQuoted.Text("{'interval':7}"));
            Assert.AreEqual("True 7 revision 3 faults 0", Again(storage));
        }

        [TestMethod]
        public void Trial_with_nothing_to_return_to_gives_the_file()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            storage.Damage(B, 20);
            storage.Put(DeviceSettings.File, SingleQuoted.Text("{'interval':7}"));
            Assert.AreEqual("7 revision 3 faults 0", State(Load(storage)));
        }

        [TestMethod]
        public void Failed_trial_of_a_device_that_stored_nothing_brings_the_defaults_back()
        {
            MemoryStorage storage = new MemoryStorage();
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            Assert.AreEqual("2 True 10 revision 3 faults 0", store.Revision + " " + Again(storage));
        }

        [TestMethod]
        public void Trial_with_nothing_else_at_all_is_kept()
        {
            MemoryStorage storage = new MemoryStorage();
            SettingsStore store = Load(storage);
            store.Save(Changed(6), true);
            storage.Damage(A, 13);
            Assert.AreEqual("False 6 revision 3 faults 1, False 6 revision 3 faults 0", Again(storage) + ", " + Again(storage));
        }

        private static MemoryStorage WithFile(string file)
        {
            MemoryStorage storage = new MemoryStorage();
            storage.Put(DeviceSettings.File, SingleQuoted.Text(file));
            return storage;
        }

        private static SettingsStore Load(MemoryStorage storage)
        {
            SettingsStore store = new SettingsStore(storage, new Counters(), AllSettings.Catalog());
            store.Load();
            return store;
        }

        private static string Again(MemoryStorage storage)
        {
            SettingsStore store = Load(storage);
            return Word(store.WasReverted) + " " + State(store);
        }

        private static bool Change(SettingsStore store, int interval) => store.Save(Changed(interval), false);

        private static DeviceSettings Changed(int interval) => new SettingsRig("{'interval':" + interval + "}").Settings;

        private static string State(SettingsStore store) =>
            store.Current.Interval + " revision " + store.Revision + " faults " + store.Faults.Count;

        private static string Word(bool value) => value ? "True" : "False";
    }
}
