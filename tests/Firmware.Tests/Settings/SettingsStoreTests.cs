using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    [TestClass]
    public class SettingsStoreTests
    {
        private const string A = "settings.a";
        private const string B = "settings.b";

        [TestMethod]
        public void Without_anything_stored_there_are_defaults()
        {
            MemoryStorage storage = new MemoryStorage();
            SettingsStore store = Load(storage);
            Assert.AreEqual("10 revision 0 faults 1 writes 0", State(store) + " writes " + storage.Writes);
        }

        [TestMethod]
        public void File_is_imported_at_the_first_start()
        {
            SettingsStore store = Load(WithFile("{'interval':5}"));
            Assert.AreEqual("5 revision 1 faults 0", State(store));
        }

        [TestMethod]
        public void File_that_was_imported_is_not_imported_again()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Load(storage);
            Assert.AreEqual("5 revision 1 faults 0 writes 2", State(Load(storage)) + " writes " + storage.Writes);
        }

        [TestMethod]
        public void Changed_settings_win_over_the_file_that_was_imported()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Change(Load(storage), 6);
            Assert.AreEqual("6 revision 2 faults 0", State(Load(storage)));
        }

        [TestMethod]
        public void Uploaded_file_wins_over_changed_settings()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Change(Load(storage), 6);
            storage.Put(DeviceSettings.File, SingleQuoted.Text("{'interval':7}"));
            Load(storage);
            Assert.AreEqual("7 revision 3 faults 0", State(Load(storage)));
        }

        [TestMethod]
        public void Settings_outlive_their_file()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Load(storage);
            storage.Delete(DeviceSettings.File);
            Assert.AreEqual("5 revision 1 faults 0", State(Load(storage)));
        }

        [TestMethod]
        [DataRow("{'interval':", "5 revision 1 faults 1")]
        [DataRow("7", "5 revision 1 faults 1")]
        [DataRow("{'interval':0,'prefix':'x'}", "10 revision 2 faults 1")]
        public void Wrong_file_is_reported(string file, string state)
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Load(storage);
            storage.Put(DeviceSettings.File, SingleQuoted.Text(file));
            Assert.AreEqual(state, State(Load(storage)));
        }

        [TestMethod]
        public void File_that_cannot_be_used_at_all_gives_defaults_at_the_first_start()
        {
            Assert.AreEqual("10 revision 0 faults 1", State(Load(WithFile("{"))));
        }

        [TestMethod]
        public void Import_that_cannot_be_stored_is_used_and_comes_again()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            storage.WriteFails = true;
            string first = State(Load(storage));
            storage.WriteFails = false;
            Assert.AreEqual("5 revision 0 faults 0, 5 revision 1 faults 0", first + ", " + State(Load(storage)));
        }

        [TestMethod]
        public void Saves_take_turns()
        {
            MemoryStorage storage = WithFile("{}");
            SettingsStore store = Load(storage);
            Change(store, 21);
            Change(store, 22);
            Change(store, 23);
            Assert.Contains("22", storage.Text(B));
            Assert.Contains("23", storage.Text(A));
        }

        [TestMethod]
        public void Storage_that_refuses_changes_nothing()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Counters counters = new Counters();
            SettingsStore store = new SettingsStore(storage, counters, AllSettings.Catalog());
            store.Load();
            storage.WriteFails = true;
            bool isSaved = Change(store, 6);
            Assert.AreEqual("False 5 revision 1 faults 0 counted 1", Word(isSaved) + " " + State(store) + " counted " + counters.StorageFaults);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(4)]
        [DataRow(6)]
        [DataRow(10)]
        [DataRow(15)]
        [DataRow(27)]
        public void Damaged_slot_gives_the_other_one(int at)
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Change(Load(storage), 6);
            storage.Damage(A, at);
            Assert.AreEqual("5 revision 1 faults 0", State(Load(storage)));

            // It was mended from the other one.
            storage.Damage(B, at);
            Assert.AreEqual("5 revision 1 faults 0", State(Load(storage)));
        }

        [TestMethod]
        [DataRow(A)]
        [DataRow(B)]
        public void Imported_settings_survive_the_loss_of_a_slot(string slot)
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Load(storage);
            storage.Delete(slot);
            Assert.AreEqual("5 revision 1 faults 0", State(Load(storage)));
        }

        // It has no CRC: a damaged one would be taken for another upload.
        [TestMethod]
        public void Imported_file_is_removed()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            Change(Load(storage), 6);
            Assert.AreEqual(0, storage.Length(DeviceSettings.File));
            storage.Put(DeviceSettings.File, SingleQuoted.Text("{'interval':5}"));
            Assert.AreEqual("6 revision 2 faults 0", State(Load(storage)));
            Assert.AreEqual(0, storage.Length(DeviceSettings.File));
        }

        [TestMethod]
        public void File_that_cannot_be_stored_stays()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            storage.WriteFails = true;
            Load(storage);
            Assert.IsTrue(storage.Length(DeviceSettings.File) > 0);
        }

        [TestMethod]
        [DataRow("", "")]
        [DataRow("SET", "hello, this is no slot at all")]
        public void Two_damaged_slots_give_the_file(string a, string b)
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            storage.Put(A, a);
            storage.Put(B, b);
            Assert.AreEqual("5 revision 1 faults 0", State(Load(storage)));
        }

        [TestMethod]
        [DataRow(2, 5, 2)]
        [DataRow(3, 7, 3)]
        [DataRow(0, 5, 2)]
        public void Good_settings_are_those_of_a_revision_or_those_before(int revision, int interval, int used)
        {
            MemoryStorage storage = WithFile("{'interval':4}");
            SettingsStore store = Load(storage);
            Change(store, 5);
            Change(store, 7);
            store.UseGood(revision);
            Assert.AreEqual(interval + " revision " + used + " faults 0, 7 revision 3 faults 0", State(store) + ", " + State(Load(storage)));
        }

        [TestMethod]
        public void Settings_that_are_set_on_good_ones_win()
        {
            MemoryStorage storage = WithFile("{'interval':5}");
            SettingsStore store = Load(storage);
            Change(store, 7);
            store.UseGood(1);
            store.Save(store.Current.WithCalibration("t", 3, ChannelRule.One), false);
            SettingsStore next = Load(storage);
            Assert.AreEqual("5 revision 3 faults 0 1", State(next) + " " + next.Current.Channels.Length);
        }

        [TestMethod]
        public void Only_good_settings_there_are_stay()
        {
            SettingsStore store = Load(WithFile("{'interval':5}"));
            Assert.AreEqual(5, store.UseGood(77).Interval);
        }

        [TestMethod]
        public void Calibration_changes_a_copy()
        {
            DeviceSettings before = new SettingsRig("{'channels':{'t':{'gain':2,'stuck':9},'u':{'low':1}}}").Settings;
            DeviceSettings after = before.WithCalibration("t", -5, ChannelRule.One);
            ChannelRule rule = ChannelRule.Of(after.Channels, "t");
            Assert.AreEqual("0 2000000 -5 1000000 9", before.Channels[0].Offset + " " + before.Channels[0].Gain + " " + rule.Offset + " " + rule.Gain + " " + rule.Stuck);
        }

        [TestMethod]
        public void Effects_are_those_of_all_differences()
        {
            DeviceSettings before = new SettingsRig("{}").Settings;
            DeviceSettings after = new SettingsRig("{'interval':5,'groups':['a'],'outbox':{'size':8192},'wifi':[{'ssid':'a'}]}").Settings;
            Assert.AreEqual(15, (int)SettingEffects.Between(before, after));
            Assert.AreEqual(0, (int)SettingEffects.Between(before, new DeviceSettings(AllSettings.Catalog())));
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

        private static bool Change(SettingsStore store, int interval) => store.Save(Changed(interval), false);

        private static DeviceSettings Changed(int interval) => new SettingsRig("{'interval':" + interval + "}").Settings;

        private static string State(SettingsStore store) =>
            store.Current.Interval + " revision " + store.Revision + " faults " + store.Faults.Count;

        private static string Word(bool value) => value ? "True" : "False";
    }
}
