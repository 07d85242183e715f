using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    /// <summary>The file as a whole, and its plain keys.</summary>
    [TestClass]
    public class SettingsReaderTests
    {
        private const string AllDefaults = "mqtt.local:1883 user=- password=- prefix=m2m interval=10 wifi=0 groups=0";

        [TestMethod]
        public void Missing_file_gives_defaults()
        {
            Assert.AreEqual(AllDefaults, Summary(new SettingsReader(AllSettings.Catalog()).Read(null)));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("{")]
        [DataRow("{'interval':5,}")]
        [DataRow("hello")]
        [DataRow("[]")]
        [DataRow("7")]
        [DataRow("null")]
        [DataRow("{}")]
        public void File_without_settings_gives_defaults(string file)
        {
            Assert.AreEqual(AllDefaults, Summary(new SettingsRig(file).Settings));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("{")]
        [DataRow("{'interval':5,}")]
        [DataRow("[]")]
        [DataRow("7")]
        public void File_that_cannot_be_used_is_reported_once(string file)
        {
            Assert.AreEqual("settings.json", new SettingsRig(file).Paths);
        }

        [TestMethod]
        public void Missing_file_is_reported()
        {
            SettingsReader reader = new SettingsReader(AllSettings.Catalog());
            reader.Read(null);
            Assert.AreEqual(1, reader.Faults.Count);
        }

        [TestMethod]
        public void Empty_object_is_no_fault()
        {
            Assert.AreEqual(string.Empty, new SettingsRig("{}").Paths);
        }

        [TestMethod]
        [DataRow(6144, "")]
        [DataRow(6145, "settings.json")]
        public void File_has_at_most_6144_bytes(int length, string path)
        {
            Assert.AreEqual(path, new SettingsRig("{}".PadRight(length)).Paths);
        }

        [TestMethod]
        public void All_settings_are_read()
        {
            SettingsRig rig = new SettingsRig("{'wifi':[{'ssid':'home','password':'12345678'}],"
                + "'broker':{'host':'10.0.0.1','port':8883,'user':'u','password':'p'},"
                + "'prefix':'site/m2m','groups':['hall'],'interval':60}");
            Assert.AreEqual("10.0.0.1:8883 user=u password=p prefix=site/m2m interval=60 wifi=1 groups=1", Summary(rig.Settings));
        }

        [TestMethod]
        public void Right_settings_are_no_fault()
        {
            SettingsRig rig = new SettingsRig("{'wifi':[{'ssid':'home','password':'12345678'},{'ssid':'open'}],"
                + "'broker':{'host':'10.0.0.1','port':8883,'user':'u','password':'p'},"
                + "'prefix':'site/m2m','groups':['hall','all','hall'],'interval':60}");
            Assert.AreEqual(string.Empty, rig.Paths);
        }

        [TestMethod]
        public void Wrong_setting_leaves_the_others_alone()
        {
            SettingsRig rig = new SettingsRig("{'interval':0,'prefix':'site','broker':{'port':0,'host':'h'}}");
            Assert.AreEqual("h:1883 user=- password=- prefix=site interval=10 wifi=0 groups=0", Summary(rig.Settings));
        }

        [TestMethod]
        public void Every_wrong_setting_is_reported()
        {
            SettingsRig rig = new SettingsRig("{'interval':0,'prefix':7,'broker':{'port':0,'host':''},'wifi':1,'groups':[2]}");
            Assert.AreEqual("interval prefix broker.port broker.host wifi groups[0]", rig.Paths);
        }

        [TestMethod]
        [DataRow("1", 1)]
        [DataRow("86400", 86400)]
        public void Interval_is_read(string text, int interval)
        {
            Assert.AreEqual(interval, new SettingsRig("{'interval':" + text + "}").Settings.Interval);
        }

        [TestMethod]
        [DataRow("0")]
        [DataRow("-1")]
        [DataRow("86401")]
        [DataRow("4294967297")]
        [DataRow("1.5")]
        [DataRow("'10'")]
        [DataRow("true")]
        [DataRow("null")]
        [DataRow("[10]")]
        public void Interval_out_of_range_is_reported(string text)
        {
            Assert.AreEqual("interval", new SettingsRig("{'interval':" + text + "}").Paths);
        }

        [TestMethod]
        public void Wrong_interval_gives_the_default()
        {
            Assert.AreEqual(10, new SettingsRig("{'interval':86401}").Settings.Interval);
        }

        [TestMethod]
        [DataRow("m2m")]
        [DataRow("Site-1/hall_2")]
        [DataRow("1234567890123456789012345678901234567890123456789012345678901234")]
        public void Prefix_is_read(string prefix)
        {
            Assert.AreEqual(prefix, new SettingsRig("{'prefix':'" + prefix + "'}").Settings.Prefix);
        }

        [TestMethod]
        [DataRow("''")]
        [DataRow("'/m2m'")]
        [DataRow("'m2m/'")]
        [DataRow("'a//b'")]
        [DataRow("'a/#'")]
        [DataRow("'+'")]
        [DataRow("'$SYS'")]
        [DataRow("'a b'")]
        [DataRow("'12345678901234567890123456789012345678901234567890123456789012345'")]
        [DataRow("7")]
        [DataRow("null")]
        public void Prefix_that_is_no_topic_is_reported(string text)
        {
            Assert.AreEqual("prefix", new SettingsRig("{'prefix':" + text + "}").Paths);
        }

        [TestMethod]
        public void Groups_are_read()
        {
            CollectionAssert.AreEqual(new[] { "hall", "roof" }, new SettingsRig("{'groups':['hall','roof']}").Settings.Groups);
        }

        [TestMethod]
        public void Group_that_is_named_twice_is_taken_once()
        {
            CollectionAssert.AreEqual(new[] { "a", "b" }, new SettingsRig("{'groups':['a','b','a','b']}").Settings.Groups);
        }

        [TestMethod]
        public void Group_of_all_is_not_taken_again()
        {
            CollectionAssert.AreEqual(new[] { "a" }, new SettingsRig("{'groups':['all','a']}").Settings.Groups);
        }

        [TestMethod]
        public void Wrong_group_leaves_the_others_alone()
        {
            CollectionAssert.AreEqual(new[] { "a", "b" }, new SettingsRig("{'groups':['a','x/y',7,'b']}").Settings.Groups);
        }

        [TestMethod]
        [DataRow("7", "groups")]
        [DataRow("'a'", "groups")]
        [DataRow("{}", "groups")]
        [DataRow("null", "groups")]
        [DataRow("['1','2','3','4','5','6','7','8','9']", "groups")]
        [DataRow("['a','x/y','b']", "groups[1]")]
        [DataRow("['a','b','']", "groups[2]")]
        [DataRow("[7]", "groups[0]")]
        [DataRow("['#']", "groups[0]")]
        public void Wrong_groups_are_reported(string text, string path)
        {
            Assert.AreEqual(path, new SettingsRig("{'groups':" + text + "}").Paths);
        }

        [TestMethod]
        [DataRow("{'intervall':5}", "intervall")]
        [DataRow("{'Interval':5}", "Interval")]
        [DataRow("{'broker':{'hots':'x'}}", "broker.hots")]
        [DataRow("{'wifi':[{'ssid':'a','pass':'x'}]}", "wifi[0].pass")]
        [DataRow("{'wifi':[{'ssid':'a'},{'ssid':'b','key':{'x':1}}]}", "wifi[1].key")]
        [DataRow("{'a':{'interval':0},'b':[1]}", "a b")]
        [DataRow("{'12345678901234567890':1}", "1234567890123456...")]
        [DataRow("{'a\\u0000b':1}", "?")]
        [DataRow("{'':1}", "")]
        public void Unknown_key_is_reported(string file, string path)
        {
            Assert.AreEqual(path, new SettingsRig(file).Paths);
        }

        private static string Summary(DeviceSettings settings) =>
            settings.Broker.Host + ":" + settings.Broker.Port
            + " user=" + (settings.Broker.User ?? "-")
            + " password=" + (settings.Broker.Password ?? "-")
            + " prefix=" + settings.Prefix
            + " interval=" + settings.Interval
            + " wifi=" + settings.Wifi.Length
            + " groups=" + settings.Groups.Length;
    }
}
