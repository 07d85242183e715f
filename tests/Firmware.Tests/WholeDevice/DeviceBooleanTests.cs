using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>A channel that is true or false, on each way by which a reading leaves the device.</summary>
    [TestClass]
    public class DeviceBooleanTests
    {
        private const string Telemetry = "/telemetry";
        private const string Door = "'n':'door','vb':true}";

        [TestMethod]
        public void Telemetry_has_a_boolean_value_without_a_unit()
        {
            DeviceRig rig = Started(DeviceRig.DefaultSettings, 1);
            rig.GoOnline();
            Assert.Contains(SingleQuoted.Text("{" + Door), rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void False_is_false()
        {
            DeviceRig rig = Started(DeviceRig.DefaultSettings, 0);
            rig.GoOnline();
            Assert.Contains(SingleQuoted.Text("'n':'door','vb':false}"), rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Flat_telemetry_has_a_boolean()
        {
            DeviceRig rig = Started("{'interval':10,'telemetry':{'format':'json'}}", 1);
            rig.GoOnline();
            Assert.Contains("\"door\":true,", rig.Link.Last(Telemetry).Text);
        }

        // The run that sends it has no such channel: it knows name and scale from flash.
        [TestMethod]
        public void Reading_of_an_earlier_run_is_still_boolean()
        {
            DeviceRig rig = Started(DeviceRig.DefaultSettings, 1);
            rig.Run(9000);
            DeviceRig next = new DeviceRig(rig.Storage, null);
            next.Device.Start();
            next.GoOnline();
            Assert.AreEqual(1, next.Link.CountIn(Telemetry, SingleQuoted.Text(Door)));
        }

        [TestMethod]
        [DataRow("{'jsonrpc':'2.0','id':'any','method':'read'}", Door)]
        [DataRow("{'jsonrpc':'2.0','id':'any','method':'history.read'}", Door)]
        [DataRow("{'jsonrpc':'2.0','id':'any','method':'sensors.list'}", "{'name':'door','value':true,'age':0,'alarm':'normal'}")]
        [DataRow("{'jsonrpc':'2.0','id':'any','method':'sensors.calibrate','params':{'channel':'door','offset':1}}", "is true or false: there is nothing to calibrate")]
        [DataRow("{'jsonrpc':'2.0','id':'any','method':'sensors.calibrate','params':{'channel':'door','reference':1}}", "is true or false: there is nothing to calibrate")]
        public void Response_has_a_boolean(string request, string expected)
        {
            DeviceRig rig = Started(DeviceRig.DefaultSettings, 1);
            rig.GoOnline();
            Assert.Contains(SingleQuoted.Text(expected), rig.Ask(request));
        }

        [TestMethod]
        public void Rule_of_a_number_does_not_change_a_boolean()
        {
            DeviceRig rig = Started("{'interval':10,'channels':{'door':{'offset':-1,'gain':3,'maxRate':1,'stuck':2}}}", 1);
            rig.GoOnline();
            rig.Run(60000);
            Assert.AreEqual(7, rig.Link.CountIn(Telemetry, SingleQuoted.Text(Door)));
        }

        [TestMethod]
        public void Threshold_between_false_and_true_is_an_alarm()
        {
            DeviceRig rig = Started("{'interval':10,'channels':{'door':{'high':0.5}}}", 1);
            rig.GoOnline();
            Assert.AreEqual(1, rig.Link.CountIn("/event", SingleQuoted.Text("'channel':'door','state':'high','value':true,'limit':0.5")));
        }

        [TestMethod]
        public void Deadband_sends_a_change_only()
        {
            DeviceRig rig = Started("{'interval':10,'channels':{'door':{'deadband':0,'heartbeat':3600}}}", 1);
            rig.GoOnline();
            rig.Run(30000);
            rig.Slot77.Sensor.Values[0] = 0;
            rig.Run(30000);
            Assert.AreEqual(2, rig.Link.CountIn(Telemetry, "\"door\""));
        }

        private static DeviceRig Started(string settings, int value)
        {
            DeviceRig rig = new DeviceRig(settings);
            rig.Slot77.Sensor = new ScriptedSensor("contact", new[] { new Measurand("door", string.Empty, Measurand.Boolean, 0, 1) }, new[] { value });
            rig.Clock.Synchronize();
            rig.Device.Start();
            return rig;
        }
    }
}
