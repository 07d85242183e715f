using Firmware.Platform;
using Firmware.Rules;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Rules
{
    /// <summary>Rules over other devices: what they publish, and what is asked of them.</summary>
    [TestClass]
    public class PeerTests
    {
        private const string Peer = "esp32-020000000002";
        private const string Rule = "{'cool':{'when':[{'channel':'temperature','device':'esp32-020000000002','above':25,'maxAge':60}],'then':[{'event':'hot'}],'else':[{'event':'cold'}]}}";
        private const string Pack = "[{'bn':'urn:dev:mac:020000fffe000002_','bt':1795366425,'n':'seq','v':1},{'n':'temperature','u':'Cel','v':";
        private const string Ask = "{'ask':{'when':[{'channel':'temperature','above':20}],'then':[{'request':'" + Peer + "','method':'actuators.set','params':{'name':'fan','on':true},'deadline':25}]}}";

        private static RuleModule _module;

        [TestMethod]
        public void Value_of_another_device_decides_until_it_is_too_old()
        {
            DeviceRig rig = Online(Rule);
            Assert.AreEqual("stale", State(rig));
            Telemetry(rig, Pack + "25.5}]");
            Assert.AreEqual("active", State(rig));
            rig.Run(20000);
            Telemetry(rig, "[{'bn':'urn:dev:mac:020000fffe000002_','bt':1795366445,'n':'temperature','v':20}]");
            Assert.AreEqual("inactive", State(rig));
            rig.Run(59000);
            Assert.AreEqual("inactive", State(rig));
            rig.Run(3000);
            Assert.AreEqual("stale", State(rig));
            Telemetry(rig, "[{'bn':'urn:dev:mac:020000fffe000002_','n':'temperature','v':20}]");
            Assert.AreEqual("inactive", State(rig), "without a time it is new");
        }

        [TestMethod]
        public void Flat_form_counts_like_a_pack()
        {
            DeviceRig rig = Online(Rule);
            Telemetry(rig, "{'seq':1,'temperature':25.5,'time':1795366425}");
            Assert.AreEqual("active", State(rig));
            Telemetry(rig, "{'seq':2,'temperature':20,'age':12}");
            Assert.AreEqual("active", State(rig), "older than the one before");
            Telemetry(rig, "{'seq':3,'temperature':20}");
            Assert.AreEqual("inactive", State(rig));
        }

        [TestMethod]
        public void Pack_without_a_base_name_is_of_the_device_whose_topic_it_is()
        {
            DeviceRig rig = Online(Rule);
            Telemetry(rig, "[{'bn':'','n':'humidity','v':50},{'n':'temperature','v':30}]");
            Assert.AreEqual("active", State(rig));
            Telemetry(rig, "[{'n':'seq','v':1},{'bn':'urn:dev:mac:020000fffe000003_','n':'temperature','v':20}]");
            Assert.AreEqual("active", State(rig), "of a device behind it");
        }

        [TestMethod]
        [DataRow("rate", "1")]
        [DataRow("changed", "1")]
        public void Values_at_the_ends_of_the_range_are_compared_without_an_overflow(string kind, string amount)
        {
            DeviceRig rig = Online("{'a':{'when':[{'channel':'level','device':'" + Peer + "','" + kind + "':" + amount + "}],'then':[{'event':'up'}]}}");
            Telemetry(rig, "{'level':-9223372036854.7,'age':30}");
            Assert.AreEqual("inactive", State(rig));
            Telemetry(rig, "{'level':9223372036854.7}");
            Assert.AreEqual("active", RuleEngine.StateWord(_module.Engine.StateOf(0)));
        }

        [TestMethod]
        public void Booleans_are_read()
        {
            DeviceRig rig = Online("{'a':{'when':[{'channel':'door','device':'" + Peer + "','is':true}],'then':[{'event':'open'}]}}");
            Telemetry(rig, "[{'bn':'urn:dev:mac:020000fffe000002_','n':'door','vb':true}]");
            Assert.AreEqual("active", State(rig));
        }

        [TestMethod]
        public void What_is_not_a_reading_of_that_device_changes_nothing()
        {
            string[] wrong =
            {
                string.Empty, "{", "[]", "{}", "7", "[7]", "[[]]", "'x'", "[{'bn':'urn:dev:mac:020000fffe000003_','n':'temperature','v':30}]",
                "[{'bn':'urn:dev:mac:020000fffe000002_','n':'temperature'}]", "[{'bn':'urn:dev:mac:020000fffe000002_','n':'temperature','v':'30'}]",
                "[{'bn':'urn:dev:mac:020000fffe000002_','n':'temperature','v':1e300}]", "[{'bn':'urn:dev:mac:020000fffe000002_','n':7,'v':30}]",
                "[{'bn':7,'n':'temperature','v':30}]", "[{'bn':'urn:dev:mac:020000fffe000002_','bt':1e15,'n':'temperature','v':null}]", "{'temperature':{'v':30}}",
                "[{'bn':'urn:dev:mac:020000fffe000002_','n':'temperature','v':30,'t':-100000}]", "[{'bn':'urn:dev:mac:020000fffe000002_','n':'temperature','v':30,'t':-9e9}]",
            };
            DeviceRig rig = Online(Rule);
            for (int i = 0; i < wrong.Length; i++)
            {
                Telemetry(rig, wrong[i]);
                Assert.AreEqual("stale", State(rig), wrong[i]);
            }

            Telemetry(rig, "{'temperature':30,'pad':'" + new string('x', 3000) + "'}");
            Assert.AreEqual("stale", State(rig));
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Topic = "m2m/" + Peer + "/telemetry", Payload = SingleQuoted.Bytes("{'temperature':30}"), IsRetained = true });
            rig.Settle();
            Assert.AreEqual("stale", State(rig), "retained: of some time before");
            Assert.AreEqual(0, rig.Device.Counters.Exceptions);
            Telemetry(rig, "[{'bn':'urn:dev:mac:020000fffe000002_','bt':9e9,'n':'temperature','v':30}]");
            Assert.AreEqual("active", State(rig), "its clock is ahead");
        }

        [TestMethod]
        public void Presence_is_known_from_the_status()
        {
            DeviceRig rig = Online("{'a':{'when':[{'device':'" + Peer + "','presence':'lost','for':5}],'then':[{'event':'gone'}]}}");
            Assert.AreEqual("stale", State(rig));
            Status(rig, "{'state':'online','id':'" + Peer + "'}");
            Assert.AreEqual("inactive", State(rig));
            Status(rig, "{'state':'lost','id':'esp32-020000000003'}");
            Status(rig, "{'state':'burning'}");
            Status(rig, "[");
            rig.Run(6000);
            Assert.AreEqual("inactive", State(rig));
            Status(rig, "{'state':'lost','id':'" + Peer + "'}");
            rig.Run(6000);
            Assert.AreEqual("active", State(rig));
            rig.LoseLink();
            rig.Run(1);
            Assert.AreEqual("stale", State(rig));
        }

        [TestMethod]
        public void Topics_are_those_of_the_devices_that_the_rules_name()
        {
            DeviceRig rig = Online(Rule);
            Assert.IsTrue(Has(rig, "m2m/" + Peer + "/telemetry"));
            Assert.IsTrue(Has(rig, "m2m/" + Peer + "/status"));
            rig.Ask("{'jsonrpc':'2.0','id':'1','method':'settings.set','params':{'values':{'rules.ask':{'when':[{'battery':'low'}],'then':[{'request':'esp32-020000000009','method':'ping'}]}}}}");
            rig.Run(5000);
            Assert.AreEqual(1, rig.Link.CleanCloses, "it connects again");
        }

        [TestMethod]
        public void Request_is_repeated_until_it_is_answered()
        {
            DeviceRig rig = Asking();
            Assert.AreEqual("m2m/" + Peer + "/request", rig.Link.Last("/request").Topic);
            string text = rig.Link.Last("/request").Text;
            Assert.AreEqual("{\"jsonrpc\":\"2.0\",\"id\":\"rule-1-1\",\"method\":\"actuators.set\",\"params\":{\"name\":\"fan\",\"on\":true},\"deadline\":1795366510,\"from\":\"esp32-020000000001\"}", text);
            rig.Run(5500);
            Assert.AreEqual(2, rig.Link.CountOf("/request"));
            Assert.AreEqual(text.Substring(0, 40), rig.Link.Last("/request").Text.Substring(0, 40));
            Answer(rig, "{'jsonrpc':'2.0','id':'rule-1-9','result':1}");
            Answer(rig, "{'jsonrpc':'2.0','id':'rule-1-1','result':{'on':true}}");
            Answer(rig, "{'jsonrpc':'2.0','id':'rule-1-1','result':{'on':true}}");
            Assert.AreEqual(1, EventsOf(rig, "\"state\":\"done\",\"result\":{\"on\":true}"));
            rig.Run(60000);
            Assert.AreEqual(2, rig.Link.CountOf("/request"));
        }

        [TestMethod]
        public void Request_that_nobody_answers_is_late()
        {
            DeviceRig rig = Asking();
            rig.Run(26000);
            Assert.AreEqual(1, EventsOf(rig, "\"method\":\"actuators.set\",\"state\":\"late\""));
            int sent = rig.Link.CountOf("/request");
            rig.Run(60000);
            Assert.AreEqual(sent, rig.Link.CountOf("/request"));
        }

        [TestMethod]
        public void Refusal_is_reported_with_its_reason()
        {
            DeviceRig rig = Asking();
            Answer(rig, "{'jsonrpc':'2.0','id':'rule-1-1','error':{'code':-32003,'message':'Not allowed'}}");
            Assert.AreEqual(1, EventsOf(rig, "\"state\":\"refused\",\"reason\":\"Not allowed\""));
        }

        [TestMethod]
        public void Rule_sends_no_request_to_its_own_device_and_says_so_once()
        {
            DeviceRig rig = Online("{'loop':{'when':[{'channel':'temperature','above':20}],'then':[{'request':'esp32-020000000001','method':'restart'},{'event':'hot'}]}}");
            rig.Run(80000);
            Assert.AreEqual(0, rig.Link.CountOf("/request"));
            Assert.IsFalse(Has(rig, "m2m/esp32-020000000001/response/esp32-020000000001"));
            Assert.AreEqual(1, EventsOf(rig, "\"type\":\"rule-fault\",\"rule\":\"loop\",\"reason\":\"a rule sends no request to its own device\""));
            Assert.AreEqual(1, EventsOf(rig, "\"event\":\"hot\""));
        }

        [TestMethod]
        public void Request_waits_for_the_first_minute_after_a_start()
        {
            DeviceRig rig = Online(Ask);
            rig.Run(50000);
            Assert.AreEqual(0, rig.Link.CountOf("/request"));
            rig.Run(12000);
            Assert.AreEqual(1, rig.Link.CountOf("/request"));
            Answer(rig, "{'jsonrpc':'2.0','id':'rule-1-1','result':1}");
            Assert.AreEqual(1, EventsOf(rig, "\"state\":\"done\""));
        }

        private static DeviceRig Asking()
        {
            DeviceRig rig = Online(Ask);
            rig.Run(61500 - rig.Clock.Uptime);
            return rig;
        }

        private static DeviceRig Online(string rules)
        {
            _module = new RuleModule();
            DeviceRig rig = new DeviceRig(new MemoryStorage(), "{'interval':10,'sntp':[],'reconnect':{'spread':1},'rules':" + rules + "}", "power-on", 0, new Module[] { _module });
            rig.Clock.Synchronize();
            rig.Device.Start();
            rig.Run(1);
            rig.GoOnline();
            return rig;
        }

        private static void Telemetry(DeviceRig rig, string text) => Send(rig, "m2m/" + Peer + "/telemetry", text);

        private static void Status(DeviceRig rig, string text) => Send(rig, "m2m/" + Peer + "/status", text);

        private static void Answer(DeviceRig rig, string text) => Send(rig, "m2m/" + Peer + "/response/esp32-020000000001", text);

        private static void Send(DeviceRig rig, string topic, string text)
        {
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Topic = topic, Payload = SingleQuoted.Bytes(text) });
            rig.Settle();
            rig.Run(1);
        }

        private static string State(DeviceRig rig)
        {
            rig.Run(1);
            return RuleEngine.StateWord(_module.Engine.StateOf(0));
        }

        private static int EventsOf(DeviceRig rig, string part)
        {
            rig.Run(5000);
            return rig.Link.CountIn("/event", part);
        }

        private static bool Has(DeviceRig rig, string topic)
        {
            string[] topics = rig.Link.Topics;
            for (int i = 0; i < topics.Length; i++)
            {
                if (topics[i] == topic)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
