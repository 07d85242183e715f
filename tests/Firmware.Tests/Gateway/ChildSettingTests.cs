using Firmware.Gateway;
using Firmware.GatewayText.Nmea;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Members of children that are changed, and children that contradict each other.</summary>
    [TestClass]
    public class ChildSettingTests
    {
        private const string Own = "'a':{'address':1,'registers':'x 5 u16'}";

        [TestMethod]
        [DataRow("'children.meter.interval':5")]
        [DataRow("'children.meter.interval':null")]
        [DataRow("'children.meter.channels':null")]
        [DataRow("'children.meter.baud':19200")]
        public void Own_registers_stay_when_another_member_is_changed(string values)
        {
            GatewayRig rig = GatewayRig.Online("'meter':{'address':1,'interval':10,'registers':'x 5 u16'}");
            Assert.DoesNotContains("error", Set(rig.Device, values));
            GatewayRig next = new GatewayRig(rig.Device.Storage, null);
            next.GoOnline();
            Assert.IsTrue(next.PacksWith("'n':'meter_x','v':105}") > 0);
        }

        [TestMethod]
        [DataRow("'children.p.interval':5")]
        [DataRow("'children.p.registers':null")]
        public void Channels_of_a_controller_stay_when_another_member_is_changed(string values)
        {
            TextRig rig = TextRig.Online("'p':{'protocol':'lines','channels':'t 0.1 Cel'}");
            Assert.DoesNotContains("error", Set(rig.Device, values));
            Assert.Contains(SingleQuoted.Text("'channels':'t 0.1 Cel'"), Stored(rig.Device));
        }

        [TestMethod]
        [DataRow("'children.meter.registers':null")]
        [DataRow("'children.meter.protocol':'lines'")]
        public void Child_must_have_what_its_protocol_needs(string values)
        {
            GatewayRig rig = GatewayRig.Online("'meter':{'address':1,'interval':10,'registers':'x 5 u16'}");
            Assert.Contains("is missing", Set(rig.Device, values));
        }

        [TestMethod]
        public void Child_may_take_another_protocol()
        {
            GatewayRig rig = GatewayRig.Online("'meter':{'address':1,'interval':10,'registers':'x 5 u16'}");
            Assert.DoesNotContains("error", Set(rig.Device, "'children.meter.protocol':'lines','children.meter.channels':'t','children.meter.registers':null"));
            Assert.Contains(SingleQuoted.Text("'channels':'t'"), Stored(rig.Device));
        }

        [TestMethod]
        public void Baud_between_two_steps_is_refused()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'registers':'x 5 u16'}");
            Assert.Contains("must be a multiple of 100", Set(rig.Device, "'children.a.baud':19250,'children.a.registers':'x 5 u16'"));
        }

        [TestMethod]
        [DataRow("'children.b.address':2,'children.b.registers':'x 5 u16','children.b.baud':9650", "'children.b.baud':'must be a multiple of 100'")]
        [DataRow("'children.b.registers':'x 5 u16'", "children.b.address is missing'")]
        [DataRow("'children.b.address':2", "children.b.registers is missing: it, or like with the name of another child'")]
        [DataRow("'children.b.address':2,'children.b.channels':'x'", "children.b.registers is missing: it, or like with the name of another child'")]
        [DataRow("'children.b.protocol':'lines'", "children.b.channels is missing'")]
        [DataRow("'children.b.protocol':'lines','children.b.registers':'x 5 u16'", "children.b.channels is missing'")]
        [DataRow("'children.b.protocol':'nmea'", "'children.b.protocol':'must be modbus when there are other children on the line'")]
        [DataRow("'children.b.address':2,'children.b.like':'c'", "'children.b.like':'must be the name of a child with registers of its own'")]
        public void Child_that_cannot_be_asked_is_refused(string values, string reason)
        {
            GatewayRig rig = GatewayRig.Online(Own);
            string response = rig.Device.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{" + values + "}}}");
            Assert.Contains(SingleQuoted.Text(reason), response);
        }

        [TestMethod]
        public void Board_has_only_the_protocols_that_it_takes()
        {
            DeviceRig modbus = Board(new GatewayModule(new FakeModbusLine()));
            Assert.Contains("must be \\\"modbus\\\"\"", Set(modbus, "'children.a.protocol':'nmea'"));
            Assert.Contains("is not a setting", Set(modbus, "'children.a.distance':100"));
            Assert.DoesNotContains("error", Set(modbus, "'children.a.interval':5"));

            DeviceRig both = Board(new GatewayModule(new FakeModbusLine(), new NmeaOption()));
            Assert.Contains("must be \\\"modbus\\\" or \\\"nmea\\\"\"", Set(both, "'children.a.protocol':'lines'"));
            Assert.Contains("is not a setting", Set(both, "'children.a.channels':'x'"));
            Assert.DoesNotContains("error", Set(both, "'children.a.protocol':'nmea','children.a.distance':100"));
        }

        [TestMethod]
        [DataRow(
            "'a':{'address':247,'baud':921600,'parity':'odd','interval':86400,'registers':'x 5 u16'}",
            "'children.a.address':247,'children.a.baud':921600,'children.a.parity':'odd','children.a.interval':86400,'children.a.registers':'x 5 u16',")]
        [DataRow(
            "'a':{'baud':300,'parity':'even','protocol':'nmea','setsClock':true,'distance':100000}",
            "'children.a.baud':300,'children.a.parity':'even','children.a.protocol':'nmea','children.a.setsClock':true,'children.a.distance':100000,")]
        [DataRow("'a':{'protocol':'lines','channels':'x 0.1 V rw'}", "'children.a.protocol':'lines','children.a.channels':'x 0.1 V rw',")]
        [DataRow(
            "'a':{'address':1,'registers':'x 5 u16'},'b':{'address':16,'like':'a'}",
            "'children.a.address':1,'children.a.registers':'x 5 u16','children.b.address':16,'children.b.like':'a',")]
        public void Child_comes_back_as_it_was_set(string children, string values)
        {
            GatewayRig rig = GatewayRig.Online(children);
            Assert.Contains(SingleQuoted.Text(values), rig.Device.Ask("{'jsonrpc':'2.0','id':'g','method':'settings.get'}"));
        }

        [TestMethod]
        [DataRow("'children.a_b.address':2,'children.a_b.registers':'c 6 u16'", "children.a.registers")]
        [DataRow("'children.a_b.address':2,'children.a_b.like':'a','children.a.registers':'b_c 5 u16, c 6 u16'", "children.a.registers")]
        [DataRow("'children.a.registers':'c 5 u16','children.x.address':2,'children.x.registers':'b_c 5 u16','children.x_b.address':3,'children.x_b.like':'a','children.x_b_d.address':4,'children.x_b_d.like':'a'", "children.x.registers")]
        public void Two_channels_of_one_name_are_refused(string values, string param)
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'registers':'b_c 5 u16'}");
            string response = Set(rig.Device, values);
            Assert.Contains("channel of another child", response);
            Assert.Contains(param, response);
        }

        [TestMethod]
        public void Name_of_a_child_may_begin_with_that_of_another_one()
        {
            GatewayRig rig = GatewayRig.Online("'pump':{'address':1,'registers':'x 5 u16, y_2 7 u16'}");
            Assert.DoesNotContains("error", Set(rig.Device, "'children.pump_2.address':2,'children.pump_2.like':'pump'"));
        }

        [TestMethod]
        public void Name_too_long_for_settings_of_channels_is_refused()
        {
            GatewayRig rig = GatewayRig.Online("'meter':{'address':1,'registers':'x 5 u16'}");
            Assert.DoesNotContains("error", Set(rig.Device, "'children.meter4567.address':2,'children.meter4567.registers':'name567890123456789012 5 u16'"));
            Assert.Contains("over 32 characters", Set(rig.Device, "'children.meter45678.address':2,'children.meter45678.registers':'name567890123456789012 5 u16'"));
        }

        private static DeviceRig Board(GatewayModule gateway)
        {
            DeviceRig device = new DeviceRig(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':3600,'children':{" + Own + "}}", "power-on", 0, new Module[] { gateway });
            device.Device.Start();
            device.GoOnline();
            return device;
        }

        private static string Stored(DeviceRig device) => Utf8.Text(device.Storage.Read("settings.a")) + Utf8.Text(device.Storage.Read("settings.b"));

        private static string Set(DeviceRig device, string values) =>
            device.Ask("{'jsonrpc':'2.0','id':'s" + device.Clock.Uptime + "','method':'settings.set','params':{'values':{" + values + "}}}");
    }
}
