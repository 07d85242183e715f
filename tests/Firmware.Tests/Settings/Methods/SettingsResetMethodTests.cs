using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings.Methods
{
    [TestClass]
    public class SettingsResetMethodTests
    {
        private const int Reset = 2;

        private const string File = "{'interval':5,'prefix':'site','wifi':[{'ssid':'a'}],'broker':{'host':'h'},'mqtt':{'rate':2},'groups':['g'],"
            + "'channels':{'t':{'gain':2,'low':1},'u':{'stuck':3}},'actuators':{'r':{'pin':4,'safe':true}}}";

        [TestMethod]
        [DataRow("['interval']", "'interval':'applied'")]
        [DataRow("['interval','groups']", "'groups':'reconnect','interval':'applied'")]
        [DataRow("['interval','log.size']", "'interval':'applied','log.size':'unchanged'")]
        [DataRow("['mqtt']", "'mqtt.version':'unchanged','mqtt.burst':'unchanged','mqtt.rate':'applied'")]
        [DataRow("['mqtt','mqtt.rate']", "'mqtt.version':'unchanged','mqtt.burst':'unchanged','mqtt.rate':'applied'")]
        [DataRow("['prefix','interval']", "'prefix':'trial','interval':'applied'")]
        [DataRow("['channels']", "'channels.t':'applied','channels.u':'applied'")]
        [DataRow("['channels.t']", "'channels.t':'applied'")]
        [DataRow("['channels.t.gain','channels.t.high']", "'channels.t.gain':'applied','channels.t.high':'unchanged'")]
        [DataRow("['actuators.r.safe','channels.u']", "'channels.u':'applied','actuators.r.safe':'restart'")]
        public void Good_keys_get_their_defaults(string keys, string results)
        {
            Assert.AreEqual("{'revision':2,'results':{" + results + "}}", new SettingsMethodRig(File).Reset(keys));
        }

        [TestMethod]
        public void Star_leaves_the_connection_alone()
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            string answer = rig.Reset("['*']");
            Assert.DoesNotContains(":'trial'", answer);
            Assert.AreEqual(
                "{'revision':2,'values':{'wifi':[{'ssid':'a','passwordSet':false}],'broker':[{'host':'h','port':1883,'passwordSet':false}],'prefix':'site',"
                    + "'groups':[],'mqtt.rate':1,'interval':10}}",
                rig.Get("{'keys':['wifi','broker','prefix','groups','interval','mqtt.rate','channels','actuators']}"));
        }

        [TestMethod]
        public void Star_and_a_key_is_both()
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            rig.Reset("['*','prefix']");
            Assert.AreEqual("m2m 10 h", rig.Store.Current.Prefix + " " + rig.Store.Current.Interval + " " + rig.Store.Current.Broker.Host);
        }

        [TestMethod]
        public void Defaults_stay_after_a_restart_although_the_file_says_otherwise()
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            rig.Reset("['interval']");
            Assert.AreEqual(10, rig.Restart().Store.Current.Interval);
        }

        [TestMethod]
        [DataRow("['log']")]
        [DataRow("['channels.other']")]
        [DataRow("['channels.other.gain']")]
        public void What_changes_nothing_is_not_written(string keys)
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            int writes = rig.Storage.Writes;
            Assert.StartsWith("{'revision':1,'results':{", rig.Reset(keys));
            Assert.AreEqual(writes + " ", rig.Storage.Writes + " " + rig.Changes);
        }

        [TestMethod]
        [DataRow("{}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':null}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':'*'}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':[]}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':['interval',null]}", "-32602 keys: item 2 is not a setting")]
        [DataRow("{'keys':['interval','x']}", "-32602 keys: item 2 is not a setting")]
        [DataRow("{'keys':['interval'],'revision':7}", "-32004 revision: the current revision is 1")]
        [DataRow("{'keys':['interval'],'revision':true}", "-32602 revision: must be an integer")]
        [DataRow("{'keys':['actuators.r.pin']}", "-32602 actuators.r.pin: is missing results{'actuators.r.pin':'is missing'}")]
        [DataRow("{'keys':['channels.t.gain','channels.t.gain']}", "-32602 channels.t.gain: is given twice results{'channels.t.gain':'is given twice'}")]
        public void Wrong_params_are_refused_and_nothing_changes(string parameters, string error)
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            Assert.StartsWith(error.Substring(0, error.IndexOf(" results") < 0 ? error.Length : error.IndexOf(" results")), rig.Call(Reset, parameters));
            Assert.AreEqual("1 5 ", rig.Store.Revision + " " + rig.Store.Current.Interval + " " + rig.Changes);
        }

        [TestMethod]
        public void Nothing_is_reset_during_a_trial()
        {
            SettingsMethodRig rig = new SettingsMethodRig(File);
            rig.Reset("['prefix']");
            Assert.StartsWith("-32004 ", rig.Reset("['interval']"));
        }
    }
}
