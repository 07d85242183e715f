using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>A device with bootstrap settings announces that it waits to be enrolled, until it is.</summary>
    [TestClass]
    public class DeviceEnrolledTests
    {
        private const string Status = "/status";
        private const string Announced = "\"enrolled\":false";

        [TestMethod]
        [DataRow("{}", false)]
        [DataRow("{'enrolled':true}", false)]
        [DataRow("{'enrolled':false}", true)]
        [DataRow("{'enrolled':false,'name':'Boiler'}", true)]
        [DataRow("{'enrolled':'no'}", false)]
        public void Status_announces_a_device_that_is_not_enrolled(string settings, bool isAnnounced)
        {
            DeviceRig rig = Online(settings);
            Assert.AreEqual(isAnnounced, rig.Link.Last(Status).Text.Contains(Announced));
        }

        [TestMethod]
        public void Name_is_announced_too()
        {
            Assert.Contains(",\"name\":\"Boiler\",\"enrolled\":false", Online("{'enrolled':false,'name':'Boiler'}").Link.Last(Status).Text);
        }

        [TestMethod]
        public void Enrolled_is_on_trial_with_the_broker_and_holds_with_it()
        {
            DeviceRig rig = Enrolling();
            Assert.Contains("\"enrolled\":\"trial\"", rig.Link.Last("/response/any").Text);
            rig.GoOnline();
            rig.Run(1000);
            Assert.IsFalse(rig.Link.Last(Status).Text.Contains("enrolled"));
            DeviceRig next = Restarted(rig);
            Assert.AreEqual("elsewhere", next.Link.Session.Address.Host);
            Assert.IsFalse(next.Link.Last(Status).Text.Contains("enrolled"));
        }

        [TestMethod]
        public void Device_that_cannot_reach_its_new_broker_announces_itself_again()
        {
            DeviceRig rig = Enrolling();
            rig.Run(121000);
            rig.GoOnline();
            rig.Run(1000);
            Assert.AreEqual("mqtt.local", rig.Link.Session.Address.Host);
            Assert.Contains(Announced, rig.Link.Last(Status).Text);
        }

        [TestMethod]
        public void Device_that_restarts_on_the_way_announces_itself_again()
        {
            DeviceRig next = Restarted(Enrolling());
            Assert.AreEqual("mqtt.local", next.Link.Session.Address.Host);
            Assert.Contains(Announced, next.Link.Last(Status).Text);
        }

        [TestMethod]
        public void Reset_of_all_settings_leaves_it()
        {
            DeviceRig rig = Online("{'enrolled':false,'interval':7}");
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'settings.reset','params':{'keys':['*']}}");
            DeviceRig next = Restarted(rig);
            Assert.AreEqual(10, next.Device.Settings.Interval);
            Assert.Contains(Announced, next.Link.Last(Status).Text);
        }

        private static DeviceRig Online(string settings)
        {
            DeviceRig rig = new DeviceRig(settings);
            rig.Device.Start();
            rig.GoOnline();
            rig.Run(1);
            return rig;
        }

        private static DeviceRig Enrolling()
        {
            DeviceRig rig = Online("{'enrolled':false}");
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'settings.set','params':{'values':{'enrolled':true,'broker':{'host':'elsewhere'}}}}");
            rig.Run(1);
            return rig;
        }

        private static DeviceRig Restarted(DeviceRig rig)
        {
            DeviceRig next = new DeviceRig(rig.Storage, null);
            next.Device.Start();
            next.GoOnline();
            return next;
        }
    }
}
