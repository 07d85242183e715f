using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    /// <summary>Networks and broker, and the secrets in them.</summary>
    [TestClass]
    public class SettingsReaderNetworkTests
    {
        private const string Secret = "hunter2-";
        private const string Long64 = "1234567890123456789012345678901234567890123456789012345678901234";

        [TestMethod]
        public void Networks_keep_their_order()
        {
            DeviceSettings settings = new SettingsRig("{'wifi':[{'ssid':'b'},{'ssid':'a'}]}").Settings;
            Assert.AreEqual("b a", settings.Wifi[0].Ssid + " " + settings.Wifi[1].Ssid);
        }

        [TestMethod]
        [DataRow("12345678")]
        [DataRow("123456789012345678901234567890123456789012345678901234567890123")]
        public void Network_has_its_password(string password)
        {
            DeviceSettings settings = new SettingsRig("{'wifi':[{'password':'" + password + "','ssid':'a'}]}").Settings;
            Assert.AreEqual(password, settings.Wifi[0].Password);
        }

        [TestMethod]
        [DataRow("{'wifi':[{'ssid':'open'}]}")]
        [DataRow("{'wifi':[{'ssid':'open','password':''}]}")]
        public void Open_network_has_an_empty_password(string file)
        {
            Assert.AreEqual(string.Empty, new SettingsRig(file).Settings.Wifi[0].Password);
        }

        [TestMethod]
        [DataRow("{}", "wifi")]
        [DataRow("'home'", "wifi")]
        [DataRow("null", "wifi")]
        [DataRow("[7]", "wifi[0]")]
        [DataRow("['home']", "wifi[0]")]
        [DataRow("[{'ssid':'a'},null]", "wifi[1]")]
        [DataRow("[{}]", "wifi[0]")]
        [DataRow("[{'password':'12345678'}]", "wifi[0]")]
        [DataRow("[{'ssid':''}]", "wifi[0].ssid")]
        [DataRow("[{'ssid':7}]", "wifi[0].ssid")]
        [DataRow("[{'ssid':'12345678901234567890123456789012'}]", "wifi[0].ssid")]
        [DataRow("[{'ssid':'a','password':7}]", "wifi[0].password")]
        [DataRow("[{'ssid':'a','password':null}]", "wifi[0].password")]
        [DataRow("[{'ssid':'a','password':'" + Long64 + "'}]", "wifi[0].password")]
        [DataRow("[{'ssid':'a'},{'ssid':'b','password':'1234567'}]", "wifi[1]")]
        [DataRow("[{'ssid':'1'},{'ssid':'2'},{'ssid':'3'},{'ssid':'4'},{'ssid':'5'},{'ssid':'6'},{'ssid':'7'},{'ssid':'8'},{'ssid':'9'}]", "wifi")]
        public void Wrong_network_is_reported_with_its_path(string wifi, string path)
        {
            SettingsRig rig = new SettingsRig("{'wifi':" + wifi + "}");
            Assert.AreEqual(path, ((SettingsFault)rig.Reader.Faults[0]).Path);
        }

        [TestMethod]
        public void Wrong_network_leaves_the_others_alone()
        {
            DeviceSettings settings = new SettingsRig("{'wifi':[{'ssid':''},{'ssid':'good'},{'ssid':'x','password':'short'}]}").Settings;
            Assert.AreEqual("1 good", settings.Wifi.Length + " " + settings.Wifi[0].Ssid);
        }

        [TestMethod]
        public void Name_of_a_network_has_at_most_31_characters()
        {
            Assert.AreEqual(1, new SettingsRig("{'wifi':[{'ssid':'1234567890123456789012345678901'}]}").Settings.Wifi.Length);
        }

        // 20 letters of two bytes each are no SSID.
        [TestMethod]
        public void Name_of_a_network_has_at_most_31_bytes()
        {
            string ssid = "\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC";
            Assert.AreEqual(0, new SettingsRig("{'wifi':[{'ssid':'" + ssid + "'}]}").Settings.Wifi.Length);
        }

        [TestMethod]
        public void Password_of_a_network_has_at_most_63_bytes()
        {
            string password = "\u00FC\u00FC12345678901234567890123456789012345678901234567890123456789012".Substring(0, 62);
            Assert.AreEqual(0, new SettingsRig("{'wifi':[{'ssid':'a','password':'" + password + "'}]}").Settings.Wifi.Length);
        }

        [TestMethod]
        [DataRow("{}", "mqtt.local:1883 - -")]
        [DataRow("{'host':'h'}", "h:1883 - -")]
        [DataRow("{'port':1}", "mqtt.local:1 - -")]
        [DataRow("{'port':65535}", "mqtt.local:65535 - -")]
        [DataRow("{'user':'u'}", "mqtt.local:1883 u -")]
        [DataRow("{'user':'u','password':'p'}", "mqtt.local:1883 u p")]
        [DataRow("{'user':'','password':''}", "mqtt.local:1883 - -")]
        public void Broker_is_read(string text, string broker)
        {
            DeviceSettings settings = new SettingsRig("{'broker':" + text + "}").Settings;
            string actual = settings.Broker.Host + ":" + settings.Broker.Port + " " + (settings.Broker.User ?? "-") + " " + (settings.Broker.Password ?? "-");
            Assert.AreEqual(broker, actual);
        }

        [TestMethod]
        [DataRow("7", "broker")]
        [DataRow("'mqtt://h'", "broker")]
        [DataRow("[]", "broker")]
        [DataRow("{'host':''}", "broker.host")]
        [DataRow("{'host':7}", "broker.host")]
        [DataRow("{'host':'" + Long64 + Long64 + Long64 + Long64 + "'}", "broker.host")]
        [DataRow("{'port':0}", "broker.port")]
        [DataRow("{'port':65536}", "broker.port")]
        [DataRow("{'port':'1883'}", "broker.port")]
        [DataRow("{'port':1883.5}", "broker.port")]
        [DataRow("{'user':7}", "broker.user")]
        [DataRow("{'user':'" + Long64 + Long64 + "1'}", "broker.user")]
        [DataRow("{'password':7}", "broker.password")]
        [DataRow("{'password':'" + Long64 + Long64 + "1'}", "broker.password")]
        public void Wrong_broker_is_reported_with_its_path(string text, string path)
        {
            Assert.AreEqual(path, new SettingsRig("{'broker':" + text + "}").Paths);
        }

        [TestMethod]
        [DataRow("{'wifi':[{'ssid':'a','password':'" + Secret + "'")]
        [DataRow("{'wifi':[{'ssid':'a','password':'" + Secret + "\\q'}]}")]
        [DataRow("{'wifi':[{'ssid':'a','password':'" + Secret + Long64 + "'}]}")]
        [DataRow("{'wifi':[{'password':'" + Secret + "'}]}")]
        [DataRow("{'wifi':[{'ssid':7,'password':'" + Secret + "'}]}")]
        [DataRow("{'wifi':[{'ssid':'a','pass':'" + Secret + "'}]}")]
        [DataRow("{'wifi':'" + Secret + "'}")]
        [DataRow("{'wifi':{'ssid':'a','password':'" + Secret + "'}}")]
        [DataRow("{'wifi':['" + Secret + "']}")]
        [DataRow("{'broker':'mqtt://u:" + Secret + "@h'}")]
        [DataRow("{'broker':{'password':'" + Secret + Long64 + Long64 + "'}}")]
        [DataRow("{'broker':{'password':['" + Secret + "']}}")]
        [DataRow("{'broker':{'passwort':'" + Secret + "'}}")]
        [DataRow("{'password':'" + Secret + "'}")]
        [DataRow("{'prefix':'" + Secret + "#'}")]
        [DataRow("{'groups':['" + Secret + "/']}")]
        [DataRow("'" + Secret + "'")]
        [DataRow("" + Secret + "")]
        public void Secret_appears_in_no_fault(string file)
        {
            Assert.DoesNotContains(Secret, new SettingsRig(file).Text);
        }

        [TestMethod]
        public void Long_secret_in_the_place_of_a_key_does_not_come_out_whole()
        {
            Assert.DoesNotContains(Long64, new SettingsRig("{'wifi':[{'ssid':'a','" + Long64 + "':''}]}").Text);
        }
    }
}
