using System;
using Firmware.Inputs.Windows;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Sleep;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    /// <summary>The settings of a module that the device's assembly does not know.</summary>
    [TestClass]
    public class ForeignGroupTests
    {
        private const int Schema = 3;
        private const string Secret = "hunter2-hunter2";
        private const string Defaults = "'toy.speed':3,'toy.factor':1.5,'toy.key':{'set':false},'toy.color':'#fff'";

        [TestMethod]
        public void Default_is_shown_and_read()
        {
            Assert.AreEqual("{'revision':1,'values':{" + Defaults + "}}", Rig("{}").Get("{'keys':['toy']}"));
            Assert.AreEqual("3 1500000 - #fff 0", Read(new MemoryStorage()));
        }

        [TestMethod]
        public void Setting_is_read_from_the_file()
        {
            SettingsMethodRig rig = Rig("{'toy':{'speed':7,'factor':2.5,'key':'" + Secret + "','color':'#123'},'gadgets':{'a':{'label':'x','kind':'hard'}}}");
            Assert.AreEqual(0, rig.Store.Faults.Count);
            Assert.AreEqual("7 2500000 " + Secret + " #123 1", Read(rig.Storage));
        }

        [TestMethod]
        public void Set_value_survives_a_reload()
        {
            SettingsMethodRig rig = Rig("{}");
            Assert.AreEqual(
                "{'revision':2,'results':{'toy.speed':'applied','toy.factor':'restart','toy.key':'reconnect','toy.color':'applied','gadgets.a.label':'restart','interval':'applied'}}",
                rig.Set("{'toy.speed':10,'toy.factor':5000,'toy.key':'" + Secret + "','toy.color':'#abc','gadgets.a.label':'x','interval':7}"));
            Assert.AreEqual("10 5000000000 " + Secret + " #abc 1", Read(rig.Storage));
        }

        [TestMethod]
        public void Secret_is_not_shown()
        {
            SettingsMethodRig rig = Rig("{'toy':{'key':'" + Secret + "'}}");
            Assert.AreEqual("{'revision':1,'values':{'toy.key':{'set':true}}}", rig.Get("{'keys':['toy.key']}"));
            Assert.DoesNotContains(Secret, rig.Get("{}"));
            Assert.DoesNotContains(Secret, rig.Call(Schema, "{'after':'toy.speed'}"));
        }

        [TestMethod]
        public void Shown_secret_can_be_sent_back()
        {
            SettingsMethodRig rig = Rig("{'toy':{'key':'" + Secret + "'}}");
            Assert.AreEqual("{'revision':1,'results':{'toy.key':'unchanged'}}", rig.Set("{'toy.key':{'set':true}}"));
            Assert.AreEqual("3 1500000 " + Secret + " #fff 0", Read(rig.Storage));
        }

        [TestMethod]
        [DataRow("{'toy.speed':11}", "toy.speed: must be an integer from 1 to 10 (got 11)")]
        [DataRow("{'toy.speed':'hunter2-hunter2'}", "toy.speed: must be an integer from 1 to 10 results")]
        [DataRow("{'toy.factor':-0.5}", "toy.factor: must be a number from 0 to 5000 with at most 6 decimals (got -0.5)")]
        [DataRow("{'toy.key':'short'}", "toy.key: must be a string of 8 to 32 characters results")]
        [DataRow("{'toy.key':12345678}", "toy.key: must be a string of 8 to 32 characters results")]
        [DataRow("{'toy.color':'1234'}", "toy.color: must be # and 3 digits results")]
        [DataRow("{'toy.color':null,'toy.size':1}", "toy.size: is not a setting")]
        [DataRow("{'gadgets.a.kind':'odd'}", "gadgets.a.kind: must be 'soft' or 'hard'")]
        [DataRow("{'gadgets.a.label':''}", "gadgets.a.label: must be a string of 1 to 8 characters")]
        [DataRow("{'gadgets.a.level':9}", "gadgets.a.level: is for hard ones")]
        [DataRow("{'gadgets.a.level':1,'gadgets.b.level':1,'gadgets.c.level':1}", "gadgets.c.level: is over the limit of 2")]
        [DataRow("{'gadgets.a.size':1}", "gadgets.a.size: is not a setting")]
        public void Wrong_value_is_refused(string values, string error)
        {
            SettingsMethodRig rig = Rig("{}");
            Assert.StartsWith("-32602 " + error, rig.Set(values));
            Assert.AreEqual("3 1500000 - #fff 0", Read(rig.Storage));
        }

        [TestMethod]
        public void Reset_gives_the_default()
        {
            SettingsMethodRig rig = Rig("{'toy':{'speed':7,'color':'#123'},'gadgets':{'a':{'level':1}}}");
            Assert.AreEqual("{'revision':2,'results':{'toy.speed':'applied','gadgets.a':'restart'}}", rig.Reset("['toy.speed','gadgets']"));
            Assert.AreEqual("3 1500000 - #123 0", Read(rig.Storage));
        }

        [TestMethod]
        public void Reset_of_everything_leaves_what_connects_the_device()
        {
            SettingsMethodRig rig = Rig("{'toy':{'speed':7,'key':'" + Secret + "'}}");
            rig.Reset("['*']");
            Assert.AreEqual("3 1500000 " + Secret + " #fff 0", Read(rig.Storage));
        }

        [TestMethod]
        [DataRow("{'name':'toy.speed','type':'integer','unit':'m/s','min':1,'max':10,'default':3,'effect':'now'}")]
        [DataRow("{'name':'toy.factor','type':'number','min':0,'max':5000,'decimals':6,'default':1.5,'effect':'restart'}")]
        [DataRow("{'name':'toy.key','type':'string','min':8,'max':32,'secret':true,'effect':'reconnect'}")]
        [DataRow("{'name':'toy.color','type':'string','min':4,'max':4,'default':'#fff','effect':'now'}")]
        [DataRow("{'name':'gadgets.*.kind','type':'choice','choices':['soft','hard'],'default':'soft','effect':'restart'}")]
        public void Setting_is_described(string description)
        {
            Assert.Contains(description, Rig("{}").Call(Schema, "{'after':'status.interval'}"));
        }

        [TestMethod]
        public void Entry_shows_what_is_set()
        {
            SettingsMethodRig rig = Rig("{'gadgets':{'a':{'label':'x','kind':'soft','level':5},'b':{'kind':'hard','level':9}}}");
            Assert.AreEqual("{'revision':1,'values':{'gadgets.a.label':'x','gadgets.b.kind':'hard','gadgets.b.level':9}}", rig.Get("{'keys':['gadgets']}"));
        }

        [TestMethod]
        public void Contradicting_entry_of_the_file_is_left_out()
        {
            SettingsMethodRig rig = Rig("{'gadgets':{'a':{'level':9},'b':{'level':8}}}");
            Assert.AreEqual("gadgets.a.level", ((SettingsFault)rig.Store.Faults[0]).Path);
            Assert.AreEqual("3 1500000 - #fff 1", Read(rig.Storage));
        }

        [TestMethod]
        public void Device_without_the_module_does_not_know_its_settings()
        {
            SettingsMethodRig rig = Rig("{'toy':{'speed':7}}");
            SettingsMethodRig plain = new SettingsMethodRig(rig.Storage, null, new SettingsCatalog());
            Assert.AreEqual("toy", ((SettingsFault)plain.Store.Faults[0]).Path);
            Assert.AreEqual("-32602 toy.speed: is not a setting results{'toy.speed':'is not a setting'}", plain.Set("{'toy.speed':7}"));
            Assert.AreEqual("-32602 keys: item 1 is not a setting", plain.Get("{'keys':['toy']}"));
        }

        [TestMethod]
        public void Device_without_windows_does_not_know_their_members()
        {
            const string Change = "{'channels.temperature.window':60,'channels.temperature.gain':2}";
            SettingsMethodRig plain = new SettingsMethodRig(new MemoryStorage(), "{'channels':{'temperature':{'window':60,'gain':2}}}", new SettingsCatalog());
            Assert.AreEqual("channels.temperature.window", ((SettingsFault)plain.Store.Faults[0]).Path);
            Assert.AreEqual(0, plain.Store.Current.Channels[0].Window);
            Assert.AreEqual(2 * ChannelRule.One, plain.Store.Current.Channels[0].Gain);
            Assert.Contains("'channels.temperature.window':'is not a setting'", plain.Set(Change));
            Assert.Contains("'channels.temperature.window':'applied'", new SettingsMethodRig(new MemoryStorage(), "{}", new SettingsCatalog(new WindowSettings())).Set(Change));
        }

        [TestMethod]
        public void Group_of_another_catalog_is_refused()
        {
            ToySettings group = new ToySettings();
            Assert.AreEqual(group.Count, new SettingsCatalog(group).Count - new SettingsCatalog().Count);
            Assert.ThrowsException(typeof(ArgumentException), () => new SettingsCatalog(group));
        }

        private static SettingsMethodRig Rig(string file) => new SettingsMethodRig(new MemoryStorage(), file, Catalog(new ToySettings()));

        // Behind others, so that its settings are not where they are in the group.
        private static SettingsCatalog Catalog(ToySettings group) => new SettingsCatalog(new SleepSettings(), group);

        /// <summary>What the module reads after a restart.</summary>
        private static string Read(MemoryStorage storage)
        {
            ToySettings group = new ToySettings();
            DeviceSettings settings = new SettingsMethodRig(storage, null, Catalog(group)).Store.Current;
            ToyGadget[] gadgets = (ToyGadget[])settings.Value(group, ToySettings.Gadgets);
            return settings.Number(group, ToySettings.Speed)
                + " " + (long)settings.Value(group, ToySettings.Factor)
                + " " + ((string)settings.Value(group, ToySettings.Key) ?? "-")
                + " " + (string)settings.Value(group, ToySettings.Color)
                + " " + gadgets.Length;
        }
    }
}
