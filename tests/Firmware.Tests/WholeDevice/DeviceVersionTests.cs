using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Brokers whose acknowledgements the client loses under MQTT 5.</summary>
    [TestClass]
    public class DeviceVersionTests
    {
        private const string Version5 = "{'interval':10,'mqtt':{'version':'5'}}";

        [TestMethod]
        public void Device_uses_the_old_version_when_only_its_message_to_itself_is_acknowledged()
        {
            DeviceRig rig = Losing("/ping");
            Assert.AreEqual("False 1", rig.Link.Session.IsVersion5 + " " + rig.Device.Counters.Reconnects);
        }

        [TestMethod]
        public void Readings_that_were_not_acknowledged_arrive_under_the_old_version()
        {
            DeviceRig rig = Losing("/ping");
            Assert.AreEqual(0, rig.Device.OutboxCount);
        }

        [TestMethod]
        public void Change_of_the_version_is_an_event()
        {
            DeviceRig rig = Losing("/ping");
            Assert.AreEqual(1, rig.Link.CountIn("/event", SingleQuoted.Text("'mqtt-version','version':'3.1.1','reason':'acknowledgements do not arrive'")));
        }

        [TestMethod]
        public void Device_uses_the_old_version_when_nothing_at_all_is_acknowledged_even_without_a_session()
        {
            DeviceRig rig = Losing("/nothing");
            rig.Run(400000);
            Assert.AreEqual("False 0", rig.Link.Session.IsVersion5 + " " + rig.Device.OutboxCount);
        }

        [TestMethod]
        public void Version_5_stays_when_readings_are_acknowledged()
        {
            DeviceRig rig = Losing(string.Empty);
            Assert.AreEqual("True 0", rig.Link.Session.IsVersion5 + " " + rig.Device.Counters.Reconnects);
        }

        private static DeviceRig Losing(string acknowledgesOnly)
        {
            DeviceRig rig = new DeviceRig(Version5);
            rig.Link.AcknowledgesOnly = acknowledgesOnly;
            rig.Link.AnswersAlways = true;
            rig.Network.Sink = rig.Inbox;
            rig.Device.Start();
            rig.Run(95000);
            return rig;
        }
    }
}
