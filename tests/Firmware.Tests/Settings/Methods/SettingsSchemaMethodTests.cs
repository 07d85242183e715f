using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings.Methods
{
    [TestClass]
    public class SettingsSchemaMethodTests
    {
        private const int Schema = 3;

        [TestMethod]
        [DataRow("{'name':'interval','type':'integer','unit':'s','min':1,'max':86400,'default':10,'effect':'now'}")]
        [DataRow("{'name':'wifi','type':'table','max':8,'members':[{'name':'ssid','type':'string','min':1,'max':31},{'name':'password','type':'string','min':0,'max':63,'secret':true}],'default':[],'effect':'trial'}")]
        [DataRow("{'name':'broker','type':'table','max':4,'members':[{'name':'host','type':'string','min':1,'max':253},{'name':'port','type':'integer','min':1,'max':65535},"
            + "{'name':'user','type':'string','min':0,'max':128},{'name':'password','type':'string','min':0,'max':128,'secret':true},"
            + "{'name':'tls','type':'boolean'},{'name':'ca','type':'string','min':1,'max':16},{'name':'credential','type':'string','min':1,'max':16},"
            + "{'name':'hostName','type':'string','min':1,'max':253}],"
            + "'default':[{'host':'mqtt.local','port':1883,'passwordSet':false}],'effect':'trial'}")]
        [DataRow("{'name':'prefix','type':'string','min':1,'max':64,'default':'m2m','effect':'trial'}")]
        [DataRow("{'name':'groups','type':'list','max':8,'default':[],'effect':'reconnect'}")]
        [DataRow("{'name':'sntp','type':'list','max':2,'default':['pool.ntp.org'],'effect':'reconnect'}")]
        [DataRow("{'name':'mqtt.version','type':'choice','choices':['3.1.1','5'],'default':'3.1.1','effect':'trial'}")]
        [DataRow("{'name':'mqtt.rate','type':'integer','unit':'1/s','min':1,'max':100,'default':1,'effect':'now'}")]
        [DataRow("{'name':'outbox.size','type':'integer','unit':'B','min':4096,'max':131072,'default':24576,'effect':'restart'}")]
        [DataRow("{'name':'outbox.writeBack','type':'integer','unit':'s','min':0,'max':60,'default':2,'effect':'now'}")]
        [DataRow("{'name':'telemetry.format','type':'choice','choices':['senml','json'],'default':'senml','effect':'now'}")]
        [DataRow("{'name':'history.size','type':'integer','unit':'B','min':0,'max':16384,'default':4096,'effect':'restart'}")]
        [DataRow("{'name':'log.size','type':'integer','unit':'B','min':0,'max':8192,'default':2048,'effect':'restart'}")]
        [DataRow("{'name':'log.level','type':'choice','choices':['off','error','warning','information','debug'],'default':'off','effect':'now'}")]
        [DataRow("{'name':'status.interval','type':'integer','unit':'s','min':0,'max':86400,'default':900,'effect':'now'}")]
        [DataRow("{'name':'homeassistant.enabled','type':'boolean','default':false,'effect':'now'}")]
        [DataRow("{'name':'homeassistant.prefix','type':'string','min':1,'max':64,'default':'homeassistant','effect':'now'}")]
        [DataRow("{'name':'power.mode','type':'choice','choices':['always-on','deep-sleep'],'default':'always-on','effect':'restart'}")]
        [DataRow("{'name':'power.listen','type':'integer','unit':'ms','min':100,'max':10000,'default':1000,'effect':'restart'}")]
        [DataRow("{'name':'channels.*.gain','type':'number','min':0.1,'max':10,'decimals':6,'default':1,'effect':'now'}")]
        [DataRow("{'name':'channels.*.low','type':'number','min':-1000000000,'max':1000000000,'decimals':6,'effect':'now'}")]
        [DataRow("{'name':'channels.*.deadbandPercent','type':'number','unit':'%','min':0,'max':100,'decimals':6,'effect':'now'}")]
        [DataRow("{'name':'channels.*.heartbeat','type':'integer','unit':'s','min':1,'max':86400,'default':900,'effect':'now'}")]
        [DataRow("{'name':'channels.*.stuck','type':'integer','min':0,'max':10000,'default':0,'effect':'now'}")]
        [DataRow("{'name':'channels.*.median','type':'integer','min':0,'max':9,'default':0,'effect':'now'}")]
        [DataRow("{'name':'channels.*.window','type':'integer','unit':'s','min':0,'max':86400,'default':0,'effect':'now'}")]
        [DataRow("{'name':'channels.*.aggregate','type':'string','min':3,'max':23,'default':'mean','effect':'now'}")]
        [DataRow("{'name':'actuators.*.pin','type':'integer','min':0,'max':48,'required':true,'effect':'restart'}")]
        [DataRow("{'name':'actuators.*.inverted','type':'boolean','default':false,'effect':'restart'}")]
        [DataRow("{'name':'actuators.*.safe','type':'boolean','default':false,'effect':'restart'}")]
        [DataRow("{'name':'actuators.*.limit','type':'integer','unit':'s','min':0,'max':86400,'default':0,'effect':'restart'}")]
        public void Setting_is_described(string description)
        {
            Assert.Contains(description, All());
        }

        [TestMethod]
        public void All_settings_are_described_once()
        {
            string all = All();
            int count = 0;
            for (int at = all.IndexOf("'effect'"); at >= 0; at = all.IndexOf("'effect'", at + 1))
            {
                count++;
            }

            Assert.AreEqual(43 + 14 + 10, count);
        }

        [TestMethod]
        public void Pages_fit_an_answer()
        {
            string page = new SettingsMethodRig().Call(Schema, "{}");
            Assert.IsTrue(page.Length > 2300 && page.Length < 3000, "length " + page.Length);
        }

        [TestMethod]
        public void Nothing_is_behind_the_last()
        {
            Assert.AreEqual("{'settings':[]}", new SettingsMethodRig().Call(Schema, "{'after':'update.trial'}"));
        }

        [TestMethod]
        [DataRow("{'after':7}", "-32602 after: must be a string")]
        [DataRow("{'after':{}}", "-32602 after: must be a string")]
        [DataRow("{'after':'x'}", "-32602 after: is not in this list: start again without it")]
        [DataRow("{'after':'channels.t.gain'}", "-32602 after: is not in this list: start again without it")]
        public void Wrong_params_are_refused(string parameters, string error)
        {
            Assert.AreEqual(error, new SettingsMethodRig().Call(Schema, parameters));
        }

        private static string All()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            string all = string.Empty;
            string after = string.Empty;
            for (int page = 0; page < 5 && after != null; page++)
            {
                string text = rig.Call(Schema, page == 0 ? "{}" : "{'after':'" + after + "'}");
                int next = text.IndexOf(",'next':'");
                after = next < 0 ? null : text.Substring(next + 9, text.Length - next - 11);
                all += text;
            }

            Assert.IsNull(after);
            return all;
        }
    }
}
