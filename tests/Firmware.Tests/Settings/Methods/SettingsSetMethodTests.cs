using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.HomeAssistant;
using Firmware.Outputs;
using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings.Methods
{
    [TestClass]
    public class SettingsSetMethodTests
    {
        private const int Set = 1;

        [TestMethod]
        [DataRow("{'interval':5}", "'interval':'applied'")]
        [DataRow("{'mqtt.burst':5,'mqtt.rate':2,'outbox.writeBack':0}", "'mqtt.burst':'applied','mqtt.rate':'applied','outbox.writeBack':'applied'")]
        [DataRow("{'telemetry.format':'json','log.level':'debug','status.interval':0}", "'telemetry.format':'applied','log.level':'applied','status.interval':'applied'")]
        [DataRow("{'homeassistant.enabled':true,'homeassistant.prefix':'ha/x'}", "'homeassistant.enabled':'applied','homeassistant.prefix':'applied'")]
        [DataRow("{'groups':['a'],'sntp':[]}", "'groups':'reconnect','sntp':'reconnect'")]
        [DataRow("{'outbox.size':8192,'history.size':0,'log.size':1}", "'outbox.size':'restart','history.size':'restart','log.size':'restart'")]
        [DataRow("{'wifi':[{'ssid':'a'}],'broker':{'host':'h'},'prefix':'p','mqtt.version':'5'}", "'wifi':'trial','broker':'trial','prefix':'trial','mqtt.version':'trial'")]
        [DataRow("{'interval':5,'prefix':'p','log.size':1,'groups':['a']}", "'interval':'applied','prefix':'trial','log.size':'restart','groups':'reconnect'")]
        [DataRow("{'interval':10,'mqtt.rate':2}", "'interval':'unchanged','mqtt.rate':'applied'")]
        [DataRow("{'channels.t.gain':1.25,'channels.t.offset':-0.5}", "'channels.t.gain':'applied','channels.t.offset':'applied'")]
        [DataRow("{'actuators.relay.pin':4,'actuators.relay.safe':true}", "'actuators.relay.pin':'restart','actuators.relay.safe':'restart'")]
        [DataRow("{'channels.t.gain':1,'interval':5}", "'channels.t.gain':'unchanged','interval':'applied'")]
        [DataRow("{'mqtt.version':'3.1.1','interval':5}", "'mqtt.version':'unchanged','interval':'applied'")]
        public void Good_values_are_taken(string values, string results)
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            Assert.AreEqual("{'revision':2,'results':{" + results + "}}", rig.Set(values));
        }

        [TestMethod]
        [DataRow("{'actuators.relay.pin':4}", "-32602 actuators.relay.pin: GPIO 4 has no output: use 0, 2, 3, 5 or 48")]
        [DataRow("{'actuators.relay.pin':1}", "-32602 actuators.relay.pin: GPIO 1 is taken by the flash: use 0, 2, 3, 5 or 48")]
        [DataRow("{'power.wakePin':0}", "-32602 power.wakePin: GPIO 0 has no wake-up from deep sleep: use 5")]
        [DataRow("{'power.wakePin':49}", "-32602 power.wakePin: must be an integer from -1 to 48 (got 49)")]
        [DataRow("{'power.wakePin':-2}", "-32602 power.wakePin: must be an integer from -1 to 48 (got -2)")]
        public void Pin_that_cannot_serve_is_refused_when_it_is_set(string values, string error)
        {
            SettingsMethodRig rig = WithPins("{}");
            Assert.StartsWith(error, rig.Set(values));
            Assert.AreEqual(string.Empty, rig.Changes);
        }

        [TestMethod]
        public void Pins_that_can_serve_are_taken()
        {
            SettingsMethodRig rig = WithPins("{}");
            Assert.AreEqual(
                "{'revision':2,'results':{'actuators.relay.pin':'restart','power.wakePin':'restart'}}",
                rig.Set("{'actuators.relay.pin':48,'power.wakePin':5}"));
            Assert.AreEqual("{'revision':3,'results':{'power.wakePin':'restart'}}", rig.Set("{'power.wakePin':-1}"));
        }

        [TestMethod]
        public void File_with_a_pin_that_cannot_serve_leaves_that_entry_out()
        {
            SettingsMethodRig rig = WithPins("{'actuators':{'a':{'pin':1},'b':{'pin':2}},'power':{'wakePin':3}}");
            Assert.AreEqual("{'revision':1,'values':{'actuators.b.pin':2,'power.wakePin':-1}}", rig.Get("{'keys':['actuators','power.wakePin']}"));
            Assert.AreEqual(
                "actuators.a.pin GPIO 1 is taken by the flash: use 0, 2, 3, 5 or 48",
                ((SettingsFault)rig.Store.Faults[0]).Path + " " + ((SettingsFault)rig.Store.Faults[0]).Reason);
        }

        private static SettingsMethodRig WithPins(string file)
        {
            SettingsCatalog catalog = AllSettings.Catalog();
            catalog.Pins = new FakePinTable();
            return new SettingsMethodRig(new MemoryStorage(), file, catalog);
        }

        [TestMethod]
        public void Device_is_notified_once_with_all_effects()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            rig.Set("{'interval':5,'prefix':'p'}");
            Assert.AreEqual("5me  5 p True", rig.Changes + " " + rig.Used.Interval + " " + rig.Used.Prefix + " " + (rig.Store.IsOnTrial ? "True" : "False"));
        }

        [TestMethod]
        [DataRow("{'interval':10}")]
        [DataRow("{'interval':null,'wifi':null,'channels':null,'channels.t':null,'channels.t.gain':null,'actuators.x':null}")]
        [DataRow("{'wifi':[],'broker':[{'host':'mqtt.local','port':1883}],'groups':['all'],'sntp':['pool.ntp.org'],'prefix':'m2m'}")]
        [DataRow("{'channels.t.gain':1,'channels.t.stuck':0}")]
        public void What_changes_nothing_is_not_written(string values)
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            int writes = rig.Storage.Writes;
            string answer = rig.Set(values);
            Assert.StartsWith("{'revision':1,", answer);
            Assert.DoesNotContains("applied", answer);
            Assert.AreEqual(writes + " ", rig.Storage.Writes + " " + rig.Changes);
        }

        [TestMethod]
        public void Values_are_there_after_a_restart()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            rig.Set("{'interval':5,'channels.t.gain':1.25,'actuators.relay.pin':0,'homeassistant.enabled':true,'log.level':'warning','mqtt.rate':3}");
            HomeAssistantSettings group = new HomeAssistantSettings();
            DeviceSettings settings = new SettingsMethodRig(rig.Storage, null, new SettingsCatalog(new OutputSettings(), group)).Store.Current;
            ActuatorRule relay = AllSettings.Actuators(settings)[0];
            Assert.AreEqual(
                "5 1250000 relay0 True 2 3",
                settings.Interval + " " + settings.Channels[0].Gain + " " + relay.Name + relay.Pin
                    + " " + (settings.Number(group, HomeAssistantSettings.Enabled) == 1 ? "True" : "False") + " " + (int)settings.LogLevel + " " + settings.MqttRate);
        }

        [TestMethod]
        [DataRow("{'interval':0}", "interval: must be an integer from 1 to 86400 (got 0) results{'interval':'must be an integer from 1 to 86400 (got 0)'}")]
        [DataRow("{'interval':'5'}", "interval: must be an integer from 1 to 86400 results{'interval':'must be an integer from 1 to 86400'}")]
        [DataRow("{'interval':5,'prefix':'/'}", "prefix: must be 1 to 64 of A-Z a-z 0-9 _ - with single / between results{'interval':'ok','prefix':'must be 1 to 64 of A-Z a-z 0-9 _ - with single / between'}")]
        [DataRow("{'log.level':'loud'}", "log.level: must be 'off', 'error', 'warning', 'information' or 'debug' results*")]
        [DataRow("{'telemetry.format':1}", "telemetry.format: must be 'senml' or 'json' (got 1) results*")]
        [DataRow("{'homeassistant.enabled':1}", "homeassistant.enabled: must be true or false results*")]
        [DataRow("{'homeassistant.prefix':'a/#'}", "homeassistant.prefix: must be 1 to 64 of A-Z a-z 0-9 _ - with single / between results*")]
        [DataRow("{'status.interval':86401}", "status.interval: must be an integer from 0 to 86400 (got 86401) results*")]
        [DataRow("{'history.size':16385}", "history.size: must be an integer from 0 to 16384 (got 16385) results*")]
        [DataRow("{'log.size':-1}", "log.size: must be an integer from 0 to 8192 (got -1) results*")]
        [DataRow("{'groups':['a','b c']}", "groups: groups[1] must be 1 to 32 of A-Z a-z 0-9 _ - results*")]
        [DataRow("{'sntp':['a','b','c']}", "sntp: must be an array of at most 2 results*")]
        [DataRow("{'wifi':[{'ssid':'a','password':'short'}]}", "wifi: wifi[0] needs an ssid of at most 31 bytes, and a password of 8 to 63 bytes or none results*")]
        [DataRow("{'wifi':[{'ssid':'a','pass':'x'}]}", "wifi: wifi[0].pass is not a setting results*")]
        [DataRow("{'broker':[{'host':'h','port':0}]}", "broker: broker[0].port must be an integer from 1 to 65535 (got 0) results*")]
        [DataRow("{'broker':[]}", "broker: must be an object results*")]
        [DataRow("{'channels.t.gain':11}", "channels.t.gain: must be a number from 0.1 to 10 with at most 6 decimals (got 11) results*")]
        [DataRow("{'channels.t.stuck':1}", "channels.t.stuck: must be 0 or an integer from 2 to 10000 (got 1) results*")]
        [DataRow("{'channels.t':{'gain':1}}", "channels.t: accepts only null: set its members one at a time results*")]
        [DataRow("{'channels':{}}", "channels: accepts only null: set its members one at a time results*")]
        [DataRow("{'channels.t.low':30,'channels.t.high':20}", "channels.t.low: must be less than high results{'channels.t.low':'must be less than high','channels.t.high':'ok'}")]
        [DataRow("{'channels.t.deadband':1,'channels.t.deadbandPercent':1}", "channels.t.deadbandPercent: cannot be combined with deadband results*")]
        [DataRow("{'channels.t.aggregate':'max'}", "channels.t.aggregate: needs a window results*")]
        [DataRow("{'channels.t.aggregate':'max sum','channels.t.window':60}", "channels.t.aggregate: must be one or more of min, max, mean, last and count with a space between, each once, count not first results*")]
        [DataRow("{'channels.t.median':4}", "channels.t.median: must be 0, 3, 5, 7 or 9 results*")]
        [DataRow("{'actuators.x.safe':true}", "actuators.x.safe: actuators.x.pin is missing results*")]
        [DataRow("{'actuators.x.pin':49}", "actuators.x.pin: must be an integer from 0 to 48 (got 49) results*")]
        [DataRow("{'actuators.x.pin':-1}", "actuators.x.pin: must be an integer from 0 to 48 (got -1) results*")]
        [DataRow("{'actuators.x.pin':1,'actuators.x.limit':86401}", "actuators.x.limit: must be an integer from 0 to 86400 (got 86401) results*")]
        [DataRow("{'intervall':5,'interval':5}", "intervall: is not a setting results{'intervall':'is not a setting','interval':'ok'}")]
        [DataRow("{'interval':5,'interval':6}", "interval: is given twice results{'interval':'is given twice'}")]
        [DataRow("{'x':5,'x':6}", "x: is not a setting results{'x':'is not a setting'}")]
        [DataRow("{'mqtt':null}", "mqtt: is not a setting results*")]
        [DataRow("{'*':null}", "*: is not a setting results*")]
        [DataRow("{'':1}", ": is not a setting results{'':'is not a setting'}")]
        [DataRow("{'channels.*.gain':1}", "channels.*.gain: is not a setting results*")]
        [DataRow("{'channels..gain':1}", "channels..gain: is not a setting results*")]
        [DataRow("{'a\\u0000b':1}", "?: is not a setting results{'?':'is not a setting'}")]
        public void Wrong_values_are_refused_and_nothing_changes(string values, string error)
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            string answer = rig.Set(values);
            int star = error.IndexOf(" results*");
            Assert.StartsWith("-32602 " + (star < 0 ? error : error.Substring(0, star) + " results{"), answer);
            Assert.AreEqual("1 10 ", rig.Store.Revision + " " + rig.Store.Current.Interval + " " + rig.Changes);
        }

        [TestMethod]
        [DataRow("{}")]
        [DataRow("{'values':null}")]
        [DataRow("{'values':[]}")]
        [DataRow("{'values':{}}")]
        [DataRow("{'values':'interval'}")]
        [DataRow("{'revision':1}")]
        public void Missing_values_are_refused(string parameters)
        {
            Assert.AreEqual("-32602 values: must be an object of 1 to 32 keys", new SettingsMethodRig().Call(Set, parameters));
        }

        [TestMethod]
        [DataRow("1", "{'revision':2,'results':{'interval':'applied'}}")]
        [DataRow("1.0", "{'revision':2,'results':{'interval':'applied'}}")]
        [DataRow("0", "-32004 revision: the current revision is 1")]
        [DataRow("2", "-32004 revision: the current revision is 1")]
        [DataRow("4294967297", "-32004 revision: the current revision is 1")]
        [DataRow("'1'", "-32602 revision: must be an integer")]
        [DataRow("null", "-32602 revision: must be an integer")]
        [DataRow("1e999", "-32602 revision: must be an integer")]
        public void Revision_has_to_be_the_present_one(string revision, string answer)
        {
            Assert.AreEqual(answer, new SettingsMethodRig().Call(Set, "{'values':{'interval':5},'revision':" + revision + "}"));
        }

        [TestMethod]
        public void Nothing_is_set_during_a_trial()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            rig.Set("{'prefix':'p'}");
            Assert.StartsWith("-32004 : settings are on trial", rig.Set("{'interval':5}"));
        }

        [TestMethod]
        public void Storage_that_refuses_is_an_internal_error()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            rig.Storage.WriteFails = true;
            Assert.AreEqual("-32603 : the settings could not be stored 1 10 ", rig.Set("{'interval':5}") + " " + rig.Store.Revision + " " + rig.Store.Current.Interval + " " + rig.Changes);
        }

        [TestMethod]
        [DataRow(32, "{'revision':2,")]
        [DataRow(33, "-32602 values: ")]
        public void There_are_32_keys_at_most(int count, string answer)
        {
            string[] members = { "offset", "gain", "deadband", "heartbeat" };
            string[] values = { "5", "2", "1", "60" };
            string keys = string.Empty;
            for (int i = 0; i < count; i++)
            {
                keys += (i == 0 ? "{" : ",") + "'channels.c" + (i / 4) + "." + members[i % 4] + "':" + values[i % 4];
            }

            Assert.StartsWith(answer, new SettingsMethodRig().Set(keys + "}"));
        }

        [TestMethod]
        public void Ninth_actuator_is_one_too_many()
        {
            string keys = string.Empty;
            for (int i = 0; i < 9; i++)
            {
                keys += (i == 0 ? "{" : ",") + "'actuators.a" + i + ".pin':" + i;
            }

            Assert.StartsWith("-32602 actuators.a8.pin: is over the limit of 8 results", new SettingsMethodRig().Set(keys + "}"));
        }

        [TestMethod]
        public void Settings_that_are_too_long_together_are_refused()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            string values = "{'channels.a.gain':2";
            for (int i = 0; i < 10; i++)
            {
                values += ",'channels.quite-a-long-name-that-fills-" + i + ".offset':123456789.123456,'channels.quite-a-long-name-that-fills-" + i + ".low':-123456789.123456"
                    + ",'channels.quite-a-long-name-that-fills-" + i + ".high':123456789.123456";
            }

            rig.Set(values + "}");
            for (int i = 0; i < 6; i++)
            {
                string text = new string((char)('a' + i), 140);
                rig.Set("{'rules.r" + i + "':{'when':[{'battery':'low'}],'then':[{'request':'a','method':'m','params':{'a':'" + text + "'}}],'else':[{'request':'a','method':'m','params':{'b':'" + text + "'}}]}}");
            }

            string host = new string('\u00FC', 253);
            string answer = rig.Set("{'broker':[{'host':'" + host + "'},{'host':'" + host + "'},{'host':'" + host + "'},{'host':'" + host + "'}],'sntp':['" + host + "','" + host + "']}");
            Assert.AreEqual("-32602 values: all settings together would take more than 6144 bytes 8", answer + " " + rig.Store.Revision);
        }

        [TestMethod]
        public void Many_long_wrong_keys_get_an_answer_that_fits()
        {
            string values = string.Empty;
            for (int i = 0; i < 32; i++)
            {
                values += (i == 0 ? "{" : ",") + "'channels.quite-a-long-name-that-fills-" + (i + 10) + ".deadbandPercent':101";
            }

            SettingsMethodRig rig = new SettingsMethodRig();
            rig.Set(values + "}");
            Assert.IsTrue(rig.Error.Detail.Length > 2000 && rig.Error.Detail.Length <= 2500 && IsJson(rig.Error.Detail), "length " + rig.Error.Detail.Length);
        }

        [TestMethod]
        [DataRow("{'\\u0001\\u0001\\u0001\\u0001\\u0001':1}")]
        [DataRow("{'\\'\\\\/\\b':1,'\u00FC':2,'\\ud83d\\ude00':3}")]
        [DataRow("{'0123456789012345678901234567890123456789012345678901234567890123456789':1,'interval':[[[[[[[[1]]]]]]]]}")]
        public void Hostile_keys_come_back_as_valid_JSON(string values)
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            MethodRig call = new MethodRig(rig.Methods[Set]);
            call.Call("{'values':" + values + "}");
            Assert.IsTrue(call.Code == RpcError.InvalidParamsCode && IsJson(call.Error.Detail), Utf8.Text(call.Error.Detail));
        }

        [TestMethod]
        public void Params_that_there_are_not_are_refused_by_the_router()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            RequestRouter router = new RequestRouter(new FixedMethods(rig.Methods), new ManualClock(), new Counters());
            string[] methods = { "get", "set", "reset", "schema" };
            for (int i = 0; i < methods.Length; i++)
            {
                byte[] request = SingleQuoted.Bytes("{'jsonrpc':'2.0','id':" + i + ",'method':'settings." + methods[i] + "','params':{'value':1}}");
                Assert.Contains("'data':{'param':'value','reason':'not a param of this method'}", Quotes.Single(Utf8.Text(router.Handle(request, false, false, false, false).Payload)));
            }
        }

        [TestMethod]
        public void Null_resets_a_key()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'interval':5,'wifi':[{'ssid':'a'}],'channels':{'t':{'gain':2,'low':1}}}");
            Assert.AreEqual("{'revision':2,'results':{'interval':'applied','channels.t.gain':'applied'}}", rig.Set("{'interval':null,'channels.t.gain':null}"));
            ChannelRule rule = rig.Store.Current.Channels[0];
            Assert.AreEqual("10 1000000 1000000", rig.Store.Current.Interval + " " + rule.Gain + " " + rule.Low);
        }

        [TestMethod]
        public void Null_forgets_a_channel()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'channels':{'t':{'gain':2},'u':{'low':1}}}");
            Assert.AreEqual("{'revision':2,'results':{'channels.t':'applied'}}", rig.Set("{'channels.t':null}"));
            Assert.AreEqual("1 u", rig.Store.Current.Channels.Length + " " + rig.Store.Current.Channels[0].Name);
        }

        [TestMethod]
        public void Channel_without_anything_set_is_forgotten()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'channels':{'t':{'gain':2}}}");
            rig.Set("{'channels.t.gain':1}");
            Assert.AreEqual(0, rig.Store.Current.Channels.Length);
        }

        [TestMethod]
        [DataRow("{'actuators.r':null,'actuators.r.pin':5}")]
        [DataRow("{'actuators.r.pin':5,'actuators.r':null}")]
        public void Actuator_can_be_forgotten_and_set_again_at_once(string values)
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'actuators':{'r':{'pin':4,'safe':true}}}");
            rig.Set(values);
            ActuatorRule relay = AllSettings.Actuators(rig.Store.Current)[0];
            Assert.AreEqual("5 False", relay.Pin + " " + (relay.SafeState ? "True" : "False"));
        }

        [TestMethod]
        public void Half_of_a_contradiction_is_refused()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'channels':{'t':{'low':20}}}");
            Assert.AreEqual("-32602 channels.t.high: channels.t.low must be less than high results{'channels.t.high':'channels.t.low must be less than high'}", rig.Set("{'channels.t.high':10}"));
        }

        [TestMethod]
        public void Settings_in_use_do_not_change_under_the_device()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'channels':{'t':{'gain':2}}}");
            DeviceSettings before = rig.Store.Current;
            rig.Set("{'channels.t.gain':3,'interval':5}");
            Assert.AreEqual("2000000 10", before.Channels[0].Gain + " " + before.Interval);
        }

        private static bool IsJson(byte[] text) => new JsonReader(4096).TryParse(text, 0, text.Length);
    }
}
