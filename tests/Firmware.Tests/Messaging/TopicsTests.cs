using Firmware.Messaging;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class TopicsTests
    {
        [TestMethod]
        public void Status_lies_under_the_device()
        {
            Assert.AreEqual("m2m/esp32-1/status", Create().Status);
        }

        [TestMethod]
        public void Telemetry_lies_under_the_device()
        {
            Assert.AreEqual("m2m/esp32-1/telemetry", Create().Telemetry);
        }

        [TestMethod]
        public void Events_lie_under_the_device()
        {
            Assert.AreEqual("m2m/esp32-1/event", Create().Event);
        }

        [TestMethod]
        public void Responses_lie_under_the_device()
        {
            Assert.AreEqual("m2m/esp32-1/response/dashboard", Create().Response("dashboard"));
        }

        [TestMethod]
        public void Requests_come_to_the_device_to_all_and_to_its_groups()
        {
            string[] expected = { "m2m/esp32-1/request", "m2m/group/all/request", "m2m/group/hall/request", "m2m/group/roof/request" };
            CollectionAssert.AreEqual(expected, Create().Requests);
        }

        [TestMethod]
        public void Prefix_may_have_levels()
        {
            Assert.AreEqual("site/m2m/esp32-1/status", new Topics("site/m2m", "esp32-1", new string[0]).Status);
        }

        private static Topics Create() => new Topics("m2m", "esp32-1", new[] { "hall", "roof" });
    }
}
