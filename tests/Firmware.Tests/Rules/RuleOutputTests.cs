using Firmware.Inputs;
using Firmware.Platform;
using Firmware.Rules;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Rules
{
    /// <summary>Rules, inputs and outputs of a whole device: what its pins do.</summary>
    [TestClass]
    public class RuleOutputTests
    {
        private const string Peer = "esp32-020000000002";
        private const string Alarm = "'alarm':{'when':[{'channel':'door','is':true}],'then':[{'output':'siren','on':true}],'else':[{'output':'siren','on':false}]}";
        private const string Siren = "'siren':{'pin':5}";

        // The pause of the debounce is not part of it.
        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Edge_drives_an_output_in_one_step(bool isOnline)
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, Siren, Alarm, isOnline);
            inputs.At(4).Set(true);
            rig.Device.Step();
            rig.Clock.Advance(50);
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
            rig.Device.Step();
            Assert.IsTrue(rig.Pins.At(5).IsHigh);

            inputs.At(4).Set(false);
            rig.Device.Step();
            rig.Clock.Advance(50);
            rig.Device.Step();
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Reading_of_another_device_drives_an_output_in_the_step_that_takes_it()
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, Siren, "'cool':{'when':[{'channel':'temperature','device':'" + Peer + "','above':25}],'then':[{'output':'siren','on':true}],'else':[{'output':'siren','on':false}]}", true);
            Publish(rig, "{'temperature':30}");
            rig.Device.Step();
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
            Publish(rig, "{'temperature':20}");
            rig.Device.Step();
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        [DataRow("nonsense")]
        [DataRow("{'temperature':'30'}")]
        [DataRow("{'temperature':1e999}")]
        [DataRow("[{'n':'temperature','v':30,'bn':'urn:dev:mac:020000fffe000003_'}]")]
        [DataRow("{'temperature':{'v':30}}")]
        public void Hostile_reading_drives_nothing(string payload)
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, Siren, "'cool':{'when':[{'channel':'temperature','device':'" + Peer + "','above':25}],'then':[{'output':'siren','on':true}]}", true);
            Publish(rig, payload);
            rig.Run(1000);
            Assert.AreEqual("L", rig.Pins.At(5).History);
            Publish(rig, "{'temperature':30}");
            rig.Run(1000);
            Assert.AreEqual("LH", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Event_of_the_output_names_the_rule()
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, Siren, Alarm, true);
            Open(rig, inputs, true);
            rig.Run(5000);
            Assert.AreEqual(1, rig.Link.CountIn("/event", SingleQuoted.Text("'reason':'rule alarm'")));
        }

        [TestMethod]
        public void Interlock_holds_against_rules_until_the_other_output_is_off()
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(
                inputs,
                "'up':{'pin':5,'interlock':'down'},'down':{'pin':7}",
                "'a':{'when':[{'channel':'door','is':true}],'then':[{'output':'up','on':true}],'else':[{'output':'up','on':false}]},"
                + "'b':{'when':[{'channel':'temperature','above':-100}],'then':[{'output':'down','on':true}]}",
                true);
            rig.Run(10000);
            Assert.AreEqual("L H", rig.Pins.At(5).History + " " + Last(rig.Pins.At(7)));

            Open(rig, inputs, true);
            rig.Run(30000);
            Assert.AreEqual("L", rig.Pins.At(5).History);

            rig.Ask("{'jsonrpc':'2.0','id':'1','method':'actuators.set','params':{'name':'down','on':false}}");
            rig.Run(10000);
            Assert.AreEqual("H L", Last(rig.Pins.At(5)) + " " + Last(rig.Pins.At(7)));
        }

        [TestMethod]
        public void Minimum_time_makes_a_rule_wait()
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, "'siren':{'pin':5,'minOff':60}", Alarm, true);
            Open(rig, inputs, true);
            rig.Run(58000);
            Assert.AreEqual("L", rig.Pins.At(5).History);
            rig.Run(12000);
            Assert.AreEqual("LH", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Limit_ends_what_a_rule_has_switched_until_the_rule_decides_otherwise()
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, "'siren':{'pin':5,'limit':20}", Alarm, true);
            Open(rig, inputs, true);
            rig.Run(19000);
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
            rig.Run(60000);
            Assert.AreEqual("LHL", rig.Pins.At(5).History);
            Open(rig, inputs, false);
            Open(rig, inputs, true);
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Driver_that_fails_is_driven_again_for_the_rule()
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, Siren, Alarm, true);
            rig.Pins.At(5).Failures = 1;
            Open(rig, inputs, true);
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
            rig.Run(12000);
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        [DataRow("'rules.alarm':null")]
        [DataRow("'rules.alarm':{'when':[{'channel':'door','is':true}],'then':[{'output':'lamp','on':true}]}")]
        public void Output_that_a_rule_left_on_is_safe_when_no_rule_names_it_any_more(string values)
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, Siren + ",'lamp':{'pin':7}", Alarm, true);
            Open(rig, inputs, true);
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
            Set(rig, values);
            Assert.AreEqual("LHL", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Output_that_a_request_has_switched_since_stays_when_its_rule_is_taken_away()
        {
            FakeInputPins inputs = new FakeInputPins();
            DeviceRig rig = Start(inputs, Siren, Alarm, true);
            Open(rig, inputs, true);
            Open(rig, inputs, false);
            rig.Ask("{'jsonrpc':'2.0','id':'1','method':'actuators.set','params':{'name':'siren','on':true}}");
            Set(rig, "'rules.alarm':null");
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
        }

        private static void Set(DeviceRig rig, string values)
        {
            rig.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{" + values + "}}}");
            rig.Run(1000);
        }

        [TestMethod]
        [DataRow("{'output':'siren','level':50}", "output siren is only on or off: use on, not level")]
        [DataRow("{'output':'horn','on':true}", "no such output: horn")]
        public void Action_that_its_output_cannot_do_is_refused_once(string action, string reason)
        {
            FakeInputPins inputs = new FakeInputPins();
            string rule = "{'when':[{'channel':'door','is':true}],'then':[{'measure':true}," + action + "],'else':[{'output':'siren','on':false}]}";
            DeviceRig rig = Start(inputs, Siren, "'alarm':" + rule, true);
            Open(rig, inputs, true);
            rig.Run(30000);
            Assert.AreEqual("L", rig.Pins.At(5).History);
            Assert.AreEqual(1, FaultsOf(rig, "alarm", reason));
            string listed = rig.Ask("{'jsonrpc':'2.0','id':'l','method':'rules.list'}");
            Assert.IsTrue(listed.IndexOf(SingleQuoted.Text("'fault':'" + reason + "'")) > 0, listed);

            rig.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{'rules.other':" + rule + "}}}");
            rig.Run(10000);
            Assert.AreEqual(1, FaultsOf(rig, "alarm", reason), "it has not changed");
            Assert.AreEqual(1, FaultsOf(rig, "other", reason));
        }

        private static int FaultsOf(DeviceRig rig, string rule, string reason) =>
            rig.Link.CountIn("/event", SingleQuoted.Text("'type':'rule-fault','rule':'" + rule + "','reason':'" + reason + "'"));

        private static string Last(FakePin pin) => pin.IsHigh ? "H" : "L";

        private static void Publish(DeviceRig rig, string text) =>
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Topic = "m2m/" + Peer + "/telemetry", Payload = SingleQuoted.Bytes(text) });

        private static void Open(DeviceRig rig, FakeInputPins inputs, bool isOpen)
        {
            inputs.At(4).Set(isOpen);
            rig.Run(100);
        }

        private static DeviceRig Start(FakeInputPins inputs, string actuators, string rules, bool isOnline)
        {
            string settings = "{'interval':10,'sntp':[],'reconnect':{'spread':1},'inputs':{'door':{'pin':4}},'actuators':{" + actuators + "},'rules':{" + rules + "}}";
            DeviceRig rig = new DeviceRig(new MemoryStorage(), settings, "power-on", 0, new Module[] { new InputModule(inputs, null), new RuleModule() });
            inputs.Sink = rig.Inbox;
            rig.Clock.Synchronize();
            rig.Device.Start();
            rig.Run(1);
            if (isOnline)
            {
                rig.GoOnline();
                rig.Run(1);
            }

            return rig;
        }
    }
}
