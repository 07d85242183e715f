using Firmware.Inputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Inputs
{
    /// <summary>What may be set, by a request and by the settings file.</summary>
    [TestClass]
    public class InputsSettingTests
    {
        private const string Pins = "use 0 to 5 or 7";

        [TestMethod]
        [DataRow("'inputs.door.pin':4")]
        [DataRow("'inputs.door.kind':'contact','inputs.door.pin':0,'inputs.door.pull':'down','inputs.door.inverted':true,'inputs.door.debounce':10000")]
        [DataRow("'inputs.meter.kind':'pulse','inputs.meter.pin':7,'inputs.meter.perUnit':0.001,'inputs.meter.unit':'m3','inputs.meter.offset':-1000000")]
        [DataRow("'inputs.level.kind':'analog','inputs.level.pin':3,'inputs.level.table':'500:0 2500:10','inputs.level.samples':64")]
        [DataRow("'inputs.level.kind':'analog','inputs.level.pin':2,'inputs.level.gain':0.5,'inputs.level.table':''")]
        [DataRow("'inputs.tank.kind':'onewire','inputs.tank.address':'000802a1B2C3'")]
        public void Right_value_is_taken(string values) => Assert.Contains("\"result\"", Set(values));

        [TestMethod]
        [DataRow("'inputs.door.kind':'pulse'", "inputs.door", "is missing")]
        [DataRow("'inputs.door.kind':'button','inputs.door.pin':4", "inputs.door.kind", "onewire")]
        [DataRow("'inputs.door.pin':6", "inputs.door.pin", "GPIO 6 is taken by I2C: " + Pins)]
        [DataRow("'inputs.door.pin':8", "inputs.door.pin", "GPIO 8 has no digital input: " + Pins)]
        [DataRow("'inputs.door.pin':-1", "inputs.door.pin", "must be an integer from 0 to 48")]
        [DataRow("'inputs.door.pin':99999999999", "inputs.door.pin", "must be an integer from 0 to 48")]
        [DataRow("'inputs.door.pin':'4'", "inputs.door.pin", "must be an integer from 0 to 48")]
        [DataRow("'inputs.level.kind':'analog','inputs.level.pin':4", "inputs.level.pin", "GPIO 4 has no analog input: use 2 or 3")]
        [DataRow("'inputs.door.pin':4,'inputs.door.pull':'sideways'", "inputs.door.pull", "down")]
        [DataRow("'inputs.door.pin':4,'inputs.door.debounce':10001", "inputs.door.debounce", "must be an integer from 0 to 10000")]
        [DataRow("'inputs.m.pin':4,'inputs.m.perUnit':0", "inputs.m.perUnit", "must be a number from 0.001 to 100000")]
        [DataRow("'inputs.m.pin':4,'inputs.m.perUnit':1e300", "inputs.m.perUnit", "must be a number from 0.001 to 100000")]
        [DataRow("'inputs.m.pin':4,'inputs.m.unit':'12345678901234567'", "inputs.m.unit", "must be a string of 0 to 16 characters")]
        [DataRow("'inputs.m.pin':4,'inputs.m.unit':{}", "inputs.m.unit", "must be a string of 0 to 16 characters")]
        [DataRow("'inputs.m.pin':4,'inputs.m.table':'500:0'", "inputs.m.table", "must be 2 to 16 points millivolts:value")]
        [DataRow("'inputs.m.pin':4,'inputs.m.table':'500:0 400:1'", "inputs.m.table", "must be 2 to 16 points millivolts:value")]
        [DataRow("'inputs.m.pin':4,'inputs.m.table':'500:0 x'", "inputs.m.table", "must be 2 to 16 points millivolts:value")]
        [DataRow("'inputs.m.pin':4,'inputs.m.gain':'1'", "inputs.m.gain", "must be a number")]
        [DataRow("'inputs.m.pin':4,'inputs.m.offset':1e300", "inputs.m.offset", "must be a number")]
        [DataRow("'inputs.m.pin':4,'inputs.m.inverted':1", "inputs.m.inverted", "must be true or false")]
        [DataRow("'inputs.m.pin':4,'inputs.m.samples':0", "inputs.m.samples", "must be an integer from 1 to 64")]
        [DataRow("'inputs.t.kind':'onewire'", "inputs.t", "must be the 12 hexadecimal digits of the serial number")]
        [DataRow("'inputs.t.kind':'onewire','inputs.t.address':'28000802A1B2C3'", "inputs.t.address", "must be a string of 0 to 12 characters")]
        [DataRow("'inputs.t.kind':'onewire','inputs.t.address':'000802A1B2CG'", "inputs.t.address", "must be the 12 hexadecimal digits")]
        [DataRow("'inputs.seq.pin':4", "inputs.seq.pin", "is of an input named seq, which means something else in readings: choose another name")]
        [DataRow("'inputs.door.colour':4", "inputs.door.colour", "is not a setting")]
        [DataRow("'inputs':{}", "inputs", "accepts only null")]
        public void Wrong_value_is_refused_with_its_reason(string values, string param, string reason)
        {
            string response = Set(values);
            Assert.Contains("\"error\"", response);
            Assert.Contains(param, response);
            Assert.Contains(reason, response);
        }

        [TestMethod]
        public void Kind_that_the_pin_cannot_serve_is_refused_when_it_alone_changes()
        {
            InputRig rig = InputRig.Online("'door':{'pin':4}", 0);
            Assert.Contains("GPIO 4 has no analog input: use 2 or 3", Set(rig, "'inputs.door.kind':'analog'"));
        }

        [TestMethod]
        [DataRow("'inputs.gate.pin':4", "inputs.gate.pin\",\"reason\":\"is 4, which inputs.door has")]
        [DataRow("'inputs.gate.pin':5,'inputs.other.pin':5", "inputs.gate.pin\",\"reason\":\"is 5, which inputs.other has")]
        [DataRow("'actuators.relay.pin':4", "actuators.relay.pin\",\"reason\":\"is 4, which inputs.door has")]
        [DataRow("'actuators.relay.pin':5,'inputs.gate.pin':5", "\"inputs.gate.pin\":\"is 5, which actuators.relay has")]
        public void Pin_that_something_else_has_is_refused(string values, string expected)
        {
            DeviceRig rig = Online();
            string response = Set(rig, values);
            Assert.IsTrue(response.IndexOf("\"error\"") > 0 && response.IndexOf(expected) > 0, response);
        }

        [TestMethod]
        [DataRow("'power.wakePin':4")]
        [DataRow("'inputs.door.pin':5,'inputs.gate.pin':4")]
        [DataRow("'inputs.door':null,'actuators.relay.pin':4")]
        [DataRow("'inputs.door.debounce':20")]
        [DataRow("'inputs.tank.kind':'onewire','inputs.tank.pin':4,'inputs.tank.address':'000802A1B2C3'")]
        public void Pin_that_is_free_by_the_change_is_taken(string values) => Assert.Contains("\"result\"", Set(Online(), values));

        [TestMethod]
        public void Ninth_input_is_refused()
        {
            string values = string.Empty;
            for (int i = 0; i < 9; i++)
            {
                values += (i == 0 ? string.Empty : ",") + "'inputs.i" + i + ".pin':4";
            }

            Assert.Contains("is over the limit of 8", Set(values));
        }

        [TestMethod]
        public void Wrong_input_of_the_file_is_reported_and_the_others_are_used()
        {
            InputRig rig = InputRig.Online("'door':{'pin':6},'gate':{'pin':4},'t':{'kind':'onewire','address':5},'x':[],'y':{'pin':4.5}", 0);
            Assert.AreEqual(1, rig.Events("'path':'inputs.door.pin','reason':'GPIO 6 is taken by I2C: " + Pins));
            Assert.Contains("\"n\":\"gate\"", rig.LastPack);
            Assert.DoesNotContains("\"n\":\"door\"", rig.LastPack);
        }

        [TestMethod]
        public void Change_takes_a_restart_and_comes_back_as_it_was_set()
        {
            InputRig rig = InputRig.Online(string.Empty, 0);
            Assert.Contains("restart", Set(rig, "'inputs.level.kind':'analog','inputs.level.pin':3,'inputs.level.table':'500:0 2500:10'"));
            Assert.Contains(
                SingleQuoted.Text("{'inputs.level.kind':'analog','inputs.level.pin':3,'inputs.level.table':'500:0 2500:10'}"),
                rig.Device.Ask("{'jsonrpc':'2.0','id':'g','method':'settings.get','params':{'keys':['inputs']}}"));
        }

        private static string Set(string values) => Set(InputRig.Online(string.Empty, 0), values);

        // With outputs, and pins of which nothing more is known.
        private static DeviceRig Online()
        {
            FakeInputPins pins = new FakeInputPins();
            DeviceRig rig = new DeviceRig(new MemoryStorage(), "{'reconnect':{'spread':1},'inputs':{'door':{'pin':4}}}", "power-on", 0, new Module[] { new InputModule(pins, new FakeOneWire()) });
            pins.Sink = rig.Inbox;
            rig.Device.Start();
            rig.GoOnline();
            return rig;
        }

        private static string Set(InputRig rig, string values) => Set(rig.Device, values);

        private static string Set(DeviceRig rig, string values) =>
            rig.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{" + values + "}}}");
    }
}
