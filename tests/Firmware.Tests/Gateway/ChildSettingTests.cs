using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Members of children that are changed, and children that contradict each other.</summary>
    [TestClass]
    public class ChildSettingTests
    {
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

        private static string Stored(DeviceRig device) => Utf8.Text(device.Storage.Read("settings.a")) + Utf8.Text(device.Storage.Read("settings.b"));

        private static string Set(DeviceRig device, string values) =>
            device.Ask("{'jsonrpc':'2.0','id':'s" + device.Clock.Uptime + "','method':'settings.set','params':{'values':{" + values + "}}}");
    }
}
