using Firmware.Platform;
using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings.Methods
{
    /// <summary>Passwords through settings.get and settings.set.</summary>
    [TestClass]
    public class SettingsSecretTests
    {
        private const string File = "{'wifi':[{'ssid':'a','password':'password-a'},{'ssid':'b','password':'password-b'},{'ssid':'open'}],"
            + "'broker':[{'host':'h','user':'u','password':'ph'},{'host':'h','user':'v','password':'pv'}]}";

        [TestMethod]
        public void What_was_shown_can_be_sent_back()
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            string shown = rig.Get("{'keys':['wifi','broker']}");
            int values = shown.IndexOf("'values':") + 9;
            Assert.AreEqual("{'revision':1,'results':{'wifi':'unchanged','broker':'unchanged'}}", rig.Set(shown.Substring(values, shown.Length - values - 1)));
        }

        [TestMethod]
        public void Same_name_twice_keeps_both_passwords()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'wifi':[{'ssid':'a','password':'password-1'},{'ssid':'a','password':'password-2'}]}");
            Assert.Contains("unchanged", rig.Set("{'wifi':[{'ssid':'a'},{'ssid':'a','passwordSet':true}]}"));
        }

        [TestMethod]
        [DataRow("[{'ssid':'b'}]", "password-b")]
        [DataRow("[{'ssid':'b','passwordSet':false}]", "password-b")]
        [DataRow("[{'ssid':'b','passwordSet':7}]", "password-b")]
        [DataRow("[{'ssid':'b','password':''}]", "")]
        [DataRow("[{'ssid':'b','password':'password-c'}]", "password-c")]
        [DataRow("[{'ssid':'c'}]", "")]
        [DataRow("[{'ssid':'c','passwordSet':true}]", "")]
        public void Network_keeps_its_password(string wifi, string password)
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            rig.Set("{'wifi':" + wifi + "}");
            Assert.AreEqual(password, rig.Store.Current.Wifi[0].Password);
        }

        [TestMethod]
        [DataRow("{'host':'h','user':'v'}", "pv")]
        [DataRow("{'host':'h','user':'u'}", "ph")]
        [DataRow("{'host':'h','user':'u','password':''}", "")]
        [DataRow("{'host':'h','user':'u','password':'new'}", "new")]
        [DataRow("{'host':'h','user':'u','port':1884}", "")]
        [DataRow("{'host':'evil','user':'u'}", "")]
        [DataRow("{'host':'h'}", "")]
        [DataRow("{'host':'h','user':'w'}", "")]
        public void Password_is_for_the_same_broker_and_user_alone(string broker, string password)
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            rig.Set("{'broker':[" + broker + "]}");
            Assert.AreEqual(password, rig.Store.Current.Broker.Password ?? string.Empty);
        }

        [TestMethod]
        [DataRow("{'host':'h','port':1,'user':'u','tls':true}", "p")]
        [DataRow("{'host':'h','port':1,'user':'u','tls':false}", "")]
        [DataRow("{'host':'h','port':1,'user':'u'}", "")]
        public void Password_that_went_encrypted_is_not_sent_in_the_clear(string broker, string password)
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'broker':{'host':'h','port':1,'user':'u','password':'p','tls':true,'ca':'c'}}");
            rig.Set("{'broker':" + broker + "}");
            Assert.AreEqual(password, rig.Store.Current.Broker.Password ?? string.Empty);
        }

        [TestMethod]
        [DataRow("[{'ssid':'a','password':null}]")]
        [DataRow("[{'ssid':'a','password':7}]")]
        [DataRow("[{'ssid':'a','password':'hunter2'}]")]
        [DataRow("[{'ssid':7,'password':'hunter2-hunter2'}]")]
        [DataRow("'hunter2-hunter2'")]
        public void Secret_is_in_no_error(string wifi)
        {
            string answer = new SettingsMethodRig(File).Set("{'wifi':" + wifi + "}");
            Assert.StartsWith("-32602 wifi: ", answer);
            Assert.DoesNotContains("hunter2", answer);
        }

        [TestMethod]
        public void Passwords_are_there_after_a_restart_and_after_a_failed_trial()
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            rig.Set("{'wifi':[{'ssid':'x','password':'password-x'}]}");
            WifiNetwork[] networks = rig.Restart().Store.Current.Wifi;
            Assert.AreEqual("3 password-b", networks.Length + " " + networks[1].Password);
        }

        [TestMethod]
        public void Broker_of_the_file_has_the_password_of_the_file_alone()
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            rig.Storage.Put(DeviceSettings.File, SingleQuoted.Text("{'broker':{'host':'h','user':'u'}}"));
            Assert.IsNull(rig.Restart().Store.Current.Broker.Password);
        }
    }
}
