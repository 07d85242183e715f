using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Requests to a group that the device belongs to.</summary>
    [TestClass]
    public class DeviceGroupTests
    {
        [TestMethod]
        public void Group_is_answered_within_the_spread()
        {
            DeviceRig rig = DeviceRig.Online();
            Post(rig, ",'params':{'spread':30}");
            rig.Run(30000);
            Assert.Contains("\"id\":\"g\",\"result\"", rig.Link.Last("/response/any").Text);
        }

        [TestMethod]
        public void Group_is_not_answered_at_once()
        {
            DeviceRig rig = DeviceRig.Online();
            Post(rig, ",'params':{'spread':300}");
            rig.Device.Step();
            Assert.IsNull(rig.Link.Last("/response/any"));
        }

        [TestMethod]
        public void Group_without_a_spread_is_answered_at_once_when_asked_to()
        {
            DeviceRig rig = DeviceRig.Online();
            Post(rig, ",'params':{'spread':0}");
            rig.Device.Step();
            Assert.IsNotNull(rig.Link.Last("/response/any"));
        }

        [TestMethod]
        public void Request_to_the_device_overtakes_the_answer_to_a_group()
        {
            DeviceRig rig = DeviceRig.Online();
            Post(rig, ",'params':{'spread':300}");
            Assert.Contains("\"id\":\"d\"", rig.Ask("{'jsonrpc':'2.0','id':'d','method':'ping'}"));
        }

        [TestMethod]
        public void Each_of_many_clients_is_answered_later_or_refused()
        {
            DeviceRig rig = DeviceRig.Online();
            for (int i = 0; i < 14; i++)
            {
                Post(rig, ",'params':{'spread':300},'from':'client" + i + "'", "info");
            }

            rig.Device.Step();
            int refused = rig.Link.CountIn("", "\"code\":-32000,\"message\":\"Busy\",\"data\":{\"reason\":\"too many requests\",\"retryAfter\":300}");
            int atOnce = rig.Link.CountIn("", "\"id\":\"g\",\"result\"");
            rig.Run(300000);
            int spread = rig.Link.CountIn("", "\"id\":\"g\",\"result\"");
            Assert.AreEqual("0 14", atOnce + " " + (refused + spread));
            Assert.IsTrue(spread >= 3);
            for (int i = 0; i < 14; i++)
            {
                Assert.AreEqual(1, rig.Link.CountOf("/response/client" + i));
            }
        }

        [TestMethod]
        public void Flood_to_a_group_is_answered_without_a_growing_queue()
        {
            DeviceRig rig = DeviceRig.Online();
            for (int i = 0; i < 15; i++)
            {
                Post(rig, ",'params':{'spread':300}");
            }

            rig.Run(1);
            Assert.IsNotNull(rig.Link.Last("/response/any"));
        }

        private static void Post(DeviceRig rig, string rest) => Post(rig, rest, "ping");

        private static void Post(DeviceRig rig, string rest, string method) => rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt)
        {
            Topic = "m2m/group/all/request",
            Payload = SingleQuoted.Bytes("{'jsonrpc':'2.0','id':'g','method':'" + method + "'" + rest + "}"),
        });
    }
}
