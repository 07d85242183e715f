using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings.Methods
{
    [TestClass]
    public class SettingsGetMethodTests
    {
        private const string AllDefaults = "{'revision':1,'values':{'wifi':[],'broker':[{'host':'mqtt.local','port':1883,'passwordSet':false}],'prefix':'m2m',"
            + "'groups':[],'mqtt.version':'3.1.1','mqtt.burst':100,'mqtt.rate':1,'reconnect.spread':16,'sntp':['pool.ntp.org'],'interval':10,'telemetry.format':'senml','telemetry.check':true,"
            + "'outbox.size':24576,'outbox.writeBack':2,'history.size':4096,'log.size':2048,'log.level':'off','status.interval':900,'name':'','enrolled':true,"
            + "'homeassistant.enabled':false,'homeassistant.prefix':'homeassistant','timezone':'UTC0','power.mode':'always-on','power.publishEvery':1,"
            + "'power.listen':1000,'power.cap':30,'power.mailbox':3600,'power.wakePin':-1,'power.wakeHigh':false,'power.capacity':0,"
            + "'power.divider':2000,'power.curve':'3000:0 3300:5 3500:15 3600:30 3700:50 3800:65 3900:80 4000:90 4200:100',"
            + "'power.low':20,'power.critical':5,'update.battery':30,'update.signal':-127,'update.fromHour':0,'update.toHour':0,"
            + "'update.percent':100,'update.delay':60,'update.trial':300}}";

        private const string Secret = "hunter2-hunter2";

        [TestMethod]
        public void All_settings_are_shown_without_params()
        {
            Assert.AreEqual(AllDefaults, new SettingsMethodRig().Get("{}"));
        }

        [TestMethod]
        [DataRow("['*']")]
        [DataRow("['interval','*']")]
        public void Star_is_everything(string keys)
        {
            Assert.AreEqual(AllDefaults, new SettingsMethodRig().Get("{'keys':" + keys + "}"));
        }

        [TestMethod]
        [DataRow("['interval']", "'interval':10")]
        [DataRow("['mqtt.rate','interval']", "'mqtt.rate':1,'interval':10")]
        [DataRow("['interval','interval']", "'interval':10")]
        [DataRow("['mqtt']", "'mqtt.version':'3.1.1','mqtt.burst':100,'mqtt.rate':1")]
        [DataRow("['log','history']", "'history.size':4096,'log.size':2048,'log.level':'off'")]
        [DataRow("['channels']", "'channels.t.gain':1.5,'channels.t.low':-3,'channels.tx.stuck':2")]
        [DataRow("['channels.t']", "'channels.t.gain':1.5,'channels.t.low':-3")]
        [DataRow("['channels.t.low']", "'channels.t.low':-3")]
        [DataRow("['channels.t.high']", "")]
        [DataRow("['channels.other']", "")]
        [DataRow("['actuators.relay']", "'actuators.relay.pin':0,'actuators.relay.safe':true")]
        public void Keys_choose(string keys, string values)
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'channels':{'t':{'gain':1.5,'low':-3,'heartbeat':900},'tx':{'stuck':2}},'actuators':{'relay':{'pin':0,'safe':true}}}");
            Assert.AreEqual("{'revision':1,'values':{" + values + "}}", rig.Get("{'keys':" + keys + "}"));
        }

        [TestMethod]
        public void Secrets_are_never_shown()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'wifi':[{'ssid':'a','password':'" + Secret + "'},{'ssid':'b'}],"
                + "'broker':[{'host':'h','port':1,'user':'u','password':'" + Secret + "'},{'host':'i'}]}");
            Assert.AreEqual(
                "{'revision':1,'values':{'wifi':[{'ssid':'a','passwordSet':true},{'ssid':'b','passwordSet':false}],"
                    + "'broker':[{'host':'h','port':1,'user':'u','passwordSet':true},{'host':'i','port':1883,'passwordSet':false}]}}",
                rig.Get("{'keys':['wifi','broker']}"));
        }

        [TestMethod]
        [DataRow("{'keys':7}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':null}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':'interval'}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':{}}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':[]}", "-32602 keys: must be an array of 1 to 32 keys")]
        [DataRow("{'keys':['interval',7]}", "-32602 keys: item 2 is not a setting")]
        [DataRow("{'keys':['intervall']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['.']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['mqtt.']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['channels.']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['channels.*.gain']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['channels.t.']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['channels.t.gain.x']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['wifi[0].password']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['wifi.password']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':['a\\u0000b']}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'keys':[[[[[[[[[['x']]]]]]]]]]}", "-32602 keys: item 1 is not a setting")]
        [DataRow("{'after':7}", "-32602 after: must be a string")]
        [DataRow("{'after':null}", "-32602 after: must be a string")]
        [DataRow("{'after':''}", "-32602 after: is not in this list: start again without it")]
        [DataRow("{'keys':['mqtt'],'after':'interval'}", "-32602 after: is not in this list: start again without it")]
        public void Wrong_params_are_refused(string parameters, string error)
        {
            Assert.AreEqual(error, new SettingsMethodRig().Get(parameters));
        }

        [TestMethod]
        public void More_than_32_keys_are_refused()
        {
            string keys = "'interval'";
            for (int i = 0; i < 32; i++)
            {
                keys += ",'interval'";
            }

            Assert.StartsWith("-32602 keys: ", new SettingsMethodRig().Get("{'keys':[" + keys + "]}"));
        }

        [TestMethod]
        public void Next_page_begins_behind_after()
        {
            Assert.AreEqual("{'revision':1,'values':{'mqtt.burst':100,'mqtt.rate':1}}", new SettingsMethodRig().Get("{'keys':['mqtt'],'after':'mqtt.version'}"));
        }

        [TestMethod]
        public void Nothing_is_behind_the_last()
        {
            Assert.AreEqual("{'revision':1,'values':{}}", new SettingsMethodRig().Get("{'keys':['mqtt'],'after':'mqtt.rate'}"));
        }

        [TestMethod]
        public void Many_settings_come_in_pages_that_fit_an_answer()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'channels':" + ManyChannels() + "}");
            string keys = string.Empty;
            string after = null;
            int pages = 0;
            do
            {
                string page = rig.Get(after == null ? "{'keys':['channels']}" : "{'keys':['channels'],'after':'" + after + "'}");
                Assert.IsTrue(page.Length < 3000, "length " + page.Length);
                int next = page.IndexOf(",'next':'");
                after = next < 0 ? null : page.Substring(next + 9, page.Length - next - 11);
                keys += page.Substring(0, next < 0 ? page.Length : next);
                pages++;
            }
            while (after != null && pages < 9);
            Assert.AreEqual("3 144", pages + " " + Count(keys, "'channels.c"));
        }

        private static string ManyChannels()
        {
            string channels = string.Empty;
            for (int i = 0; i < 16; i++)
            {
                channels += (i == 0 ? "{'c" : ",'c") + i + "-twenty-two-characters':{'offset':1,'gain':2,'deadband':3,'heartbeat':4,'low':5,'high':6,'hysteresis':7,'maxRate':8,'stuck':9}";
            }

            return channels + "}";
        }

        private static int Count(string text, string what)
        {
            int count = 0;
            for (int at = text.IndexOf(what); at >= 0; at = text.IndexOf(what, at + 1))
            {
                count++;
            }

            return count;
        }
    }
}
