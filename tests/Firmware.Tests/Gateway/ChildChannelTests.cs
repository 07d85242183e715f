using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Channels of children that settings and rules name, and registers that are written.</summary>
    [TestClass]
    public class ChildChannelTests
    {
        private const string Pump = "'pump':{'address':4,'interval':10,'registers':'flow 0 u16 0.1 l/s, setpoint 10 s16 0.1 rw, run 20 u16 rw'}";

        [TestMethod]
        public void Calibration_and_deadband_count_for_a_child()
        {
            GatewayRig rig = new GatewayRig(Pump, ",'channels':{'pump_flow':{'offset':2,'deadband':1}}");
            rig.GoOnline();
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_flow','u':'l/s','v':42}"));
            rig.Line.Set(4, 0, 405);
            rig.Device.Run(20000);
            Assert.AreEqual(1, rig.PacksWith("pump_flow"), "within the deadband");
            rig.Line.Set(4, 0, 420);
            rig.Device.Run(10000);
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_flow','u':'l/s','v':44}"));
            Assert.AreEqual(4, rig.PacksWith("pump_setpoint"), "the others have no deadband");
        }

        [TestMethod]
        public void Alarm_of_a_child_is_raised()
        {
            GatewayRig rig = new GatewayRig(Pump, ",'channels':{'pump_flow':{'high':50}}");
            rig.GoOnline();
            rig.Line.Set(4, 0, 600);
            rig.Device.Run(10000);
            Assert.AreEqual(1, rig.Events("'type':'alarm','channel':'pump_flow','state':'high','value':60"));
        }

        [TestMethod]
        public void Rule_that_is_set_later_counts_too()
        {
            GatewayRig rig = GatewayRig.Online(Pump);
            rig.Device.Ask("{'jsonrpc':'2.0','id':'1','method':'settings.set','params':{'values':{'channels.pump_flow.offset':1}}}");
            rig.Device.Run(10000);
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_flow','u':'l/s','v':41}"));
        }

        [TestMethod]
        public void Rule_reads_a_channel_of_a_child()
        {
            GatewayRig rig = new GatewayRig(Pump, ",'actuators':{'valve':{'pin':5}},'rules':{'fill':{'when':[{'channel':'pump_flow','above':50}],'then':[{'output':'valve','on':true}]}}");
            rig.GoOnline();
            Assert.IsFalse(rig.Device.Pins.At(5).IsHigh);
            rig.Line.Set(4, 0, 600);
            rig.Device.Run(10000);
            Assert.IsTrue(rig.Device.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Rule_writes_a_register_of_a_child()
        {
            GatewayRig rig = new GatewayRig(Pump, ",'rules':{'dry':{'when':[{'channel':'pump_flow','below':10}],'then':[{'output':'pump_run','on':false}],'else':[{'output':'pump_run','on':true}]}}");
            rig.GoOnline();
            Assert.AreEqual(420, rig.Line.Get(4, 20), "it is on, as the rule wants it");
            rig.Line.Set(4, 0, 50);
            rig.Device.Run(15000);
            Assert.AreEqual(0, rig.Line.Get(4, 20));
            Assert.AreEqual(1, rig.Events("'type':'child-written','channel':'pump_run'"));
            rig.Line.Set(4, 0, 500);
            rig.Device.Run(15000);
            Assert.AreEqual(1, rig.Line.Get(4, 20));
        }

        [TestMethod]
        public void Rule_sets_a_register_in_percent_to_a_level()
        {
            GatewayRig rig = new GatewayRig("'fan':{'address':5,'interval':10,'registers':'speed 30 u16 0.1 % rw, flow 0 u16'}", ",'actuators':{'valve':{'pin':5}},'rules':{'slow':{'when':[{'channel':'fan_flow','above':1}],'then':[{'output':'fan_speed','level':40},{'output':'valve','on':true}]}}");
            rig.GoOnline();
            rig.Device.Run(10000);
            Assert.AreEqual(400, rig.Line.Get(5, 30));
            Assert.IsTrue(rig.Device.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Rule_on_the_devices_own_sensor_writes_a_register_at_once()
        {
            GatewayRig rig = new GatewayRig("'pump':{'address':4,'interval':600,'registers':'run 20 u16 rw'}", ",'rules':{'hot':{'when':[{'channel':'temperature','above':30}],'then':[{'output':'pump_run','on':false}]}}");
            rig.GoOnline();
            rig.Device.Slot76.Sensor.Values[0] = 3500;
            rig.Device.Ask("{'jsonrpc':'2.0','id':'i','method':'settings.set','params':{'values':{'interval':10}}}");
            rig.Device.Run(11000);
            Assert.AreEqual(0, rig.Line.Get(4, 20));
        }

        [TestMethod]
        public void Request_writes_a_register_and_reads_it_back()
        {
            GatewayRig rig = GatewayRig.Online(Pump);
            Assert.Contains("\"queued\":true", rig.Set("pump_setpoint", "-1.5"));
            rig.Device.Run(1000);
            Assert.AreEqual(0xFFF1, rig.Line.Get(4, 10));
            Assert.AreEqual(1, rig.Events("'type':'child-written','channel':'pump_setpoint'"));
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_setpoint','v':-1.5}"));
        }

        [TestMethod]
        [DataRow("pump_flow", "1", "channel")]
        [DataRow("pump_none", "1", "channel")]
        [DataRow("other_run", "1", "channel")]
        [DataRow("pump_setpoint", "1.23", "value")]
        [DataRow("pump_setpoint", "4000", "value")]
        [DataRow("pump_run", "-1", "value")]
        [DataRow("pump_run", "true", "value")]
        public void Wrong_write_is_refused(string channel, string value, string param)
        {
            GatewayRig rig = GatewayRig.Online(Pump);
            int requests = rig.Line.Requests;
            Assert.Contains("\"param\":\"" + param + "\"", rig.Set(channel, value));
            rig.Device.Run(1000);
            Assert.AreEqual(requests, rig.Line.Requests);
        }

        [TestMethod]
        public void Write_that_is_refused_by_the_child_is_an_event()
        {
            GatewayRig rig = GatewayRig.Online(Pump);
            rig.Line.Exception = 3;
            rig.Set("pump_run", "7");
            rig.Device.Run(1000);
            Assert.AreEqual(1, rig.Events("'child':'pump','reason':'run: not written: exception 3: value not allowed'"));
        }

        [TestMethod]
        public void Write_to_a_silent_child_is_tried_three_times()
        {
            GatewayRig rig = GatewayRig.Online(Pump);
            rig.Line.Silent = 1 << 4;
            int requests = rig.Line.Requests;
            rig.Set("pump_run", "7");
            rig.Device.Run(3000);
            Assert.AreEqual(3, rig.Line.Requests - requests);
            Assert.AreEqual(1, rig.Events("'run: not written: no answer'"));
        }
    }
}
