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
            string[] expected =
            {
                "m2m/esp32-1/request", "m2m/group/all/request", "m2m/group/hall/request", "m2m/group/roof/request",
                "m2m/esp32-1/query", "m2m/group/all/query", "m2m/group/hall/query", "m2m/group/roof/query",
            };
            CollectionAssert.AreEqual(expected, Create().Requests);
        }

        [TestMethod]
        public void Prefix_may_have_levels()
        {
            Assert.AreEqual("site/m2m/esp32-1/status", new Topics("site/m2m", "esp32-1", new string[0]).Status);
        }

        [TestMethod]
        public void Another_prefix_moves_all_topics()
        {
            Topics topics = Create();
            topics.Use("site", new[] { "cellar" });
            Assert.AreEqual(
                "site/esp32-1/status site/esp32-1/telemetry site/esp32-1/event site/esp32-1/log site/esp32-1/ping site/esp32-1/response/a site/esp32-1/request site/group/all/request site/group/cellar/request",
                topics.Status + " " + topics.Telemetry + " " + topics.Event + " " + topics.Log + " " + topics.Ping + " " + topics.Response("a") + " "
                + topics.Requests[0] + " " + topics.Requests[1] + " " + topics.Requests[2]);
        }

        [TestMethod]
        public void Topics_of_groups_are_distinguished_from_the_devices_own()
        {
            Topics topics = Create();
            string groups = string.Empty;
            foreach (string topic in topics.Requests)
            {
                groups += topics.IsGroup(topic) ? "g" : "d";
            }

            Assert.AreEqual("dgggdggg", groups);
        }

        [TestMethod]
        public void Topics_of_queries_are_distinguished_from_those_of_requests()
        {
            string doors = string.Empty;
            foreach (string topic in Create().Requests)
            {
                doors += Topics.IsQuery(topic) ? "q" : "r";
            }

            Assert.AreEqual("rrrrqqqq", doors);
        }

        private static Topics Create() => new Topics("m2m", "esp32-1", new[] { "hall", "roof" });
    }
}
