using Firmware.Json;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>The topics that take only methods that read, for one device and for groups.</summary>
    [TestClass]
    public class DeviceQueryTests
    {
        private const string Own = "m2m/esp32-020000000001/query";
        private const string Reads = " ping methods info health log.read settings.get settings.schema read history.read sensors.list actuators.list update.status ";

        [TestMethod]
        [DataRow(Own)]
        [DataRow("m2m/group/all/query")]
        [DataRow("m2m/group/hall/query")]
        public void Every_method_either_reads_or_is_refused_there(string topic)
        {
            string[] methods = Methods();
            int reads = 0;
            foreach (string method in methods)
            {
                UpdateRig rig = UpdateRig.Online("{'interval':10,'groups':['hall'],'reconnect':{'spread':1}}");
                int code = RouterRig.CodeOf(Query(rig.Rig, topic, method, "{}"));
                bool isRead = Reads.IndexOf(" " + method + " ") >= 0;
                reads += isRead ? 1 : 0;
                Assert.AreEqual(method + (isRead ? " 0" : " -32003"), method + " " + code);
            }

            Assert.IsTrue(reads == 12 && methods.Length > reads);
        }

        [TestMethod]
        public void Relay_is_not_switched_there()
        {
            DeviceRig rig = new DeviceRig("{'reconnect':{'spread':1},'interval':10,'actuators':{'relay':{'pin':5}}}");
            rig.Device.Start();
            rig.GoOnline();
            rig.Settle();
            Query(rig, Own, "actuators.set", "{'name':'relay','on':true}");
            Assert.IsTrue(rig.Ask("{'jsonrpc':'2.0','id':2,'method':'actuators.list'}").IndexOf("\"on\":true") < 0);
            Assert.Contains("\"on\":true", rig.Ask("{'jsonrpc':'2.0','id':3,'method':'actuators.set','params':{'name':'relay','on':true}}"));
        }

        [TestMethod]
        public void Refusals_are_one_event_and_are_counted()
        {
            DeviceRig rig = DeviceRig.Online();
            for (int i = 0; i < 5; i++)
            {
                Query(rig, Own, "restart", "{}");
            }

            Assert.AreEqual(1, rig.Link.CountIn("/event", SingleQuoted.Text("{'type':'security','reason':'request-refused','detail':'restart from any'")));
            Assert.Contains("\"security\":5,", rig.Info());
        }

        [TestMethod]
        public void Group_is_answered_within_the_spread()
        {
            DeviceRig rig = DeviceRig.Online();
            Post(rig, "m2m/group/all/query", "ping", "{'spread':30}");
            rig.Device.Step();
            Assert.IsNull(rig.Link.Last("/response/any"));
            rig.Run(30000);
            Assert.Contains("\"result\"", rig.Link.Last("/response/any").Text);
        }

        [TestMethod]
        [DataRow("m2m/group/all/query", 5000L)]
        [DataRow("m2m/group/all/request", 310000L)]
        public void Restart_is_not_put_off_by_who_keeps_asking_the_group(string topic, long within)
        {
            DeviceRig rig = DeviceRig.Online();
            Post(rig, topic, "ping", "{'spread':300}");
            rig.Run(2000);
            rig.Ask("{'jsonrpc':'2.0','id':2,'method':'restart'}");
            for (long time = 0; time < within; time += 1000)
            {
                Post(rig, topic, "ping", "{'spread':300}");
                rig.Run(1000);
            }

            Assert.AreEqual(1, rig.Power.Restarts);
        }

        private static string[] Methods()
        {
            byte[] list = Utf8.Bytes(UpdateRig.Online().Rig.Ask("{'jsonrpc':'2.0','id':1,'method':'methods'}"));
            JsonReader reader = new JsonReader(8192);
            Assert.IsTrue(reader.TryParse(list, 0, list.Length));
            int result = reader.Find(0, "result");
            string names = string.Empty;
            for (int name = reader.First(result); name != JsonReader.None; name = reader.Next(name))
            {
                reader.TryGetString(name, out string text);
                names += (names.Length == 0 ? string.Empty : " ") + text;
            }

            return names.Split(' ');
        }

        private static string Query(DeviceRig rig, string topic, string method, string parameters)
        {
            Post(rig, topic, method, parameters);
            rig.Run(3000);
            return rig.Link.Last("/response/any").Text;
        }

        private static void Post(DeviceRig rig, string topic, string method, string parameters) => rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt)
        {
            Topic = topic,
            Payload = SingleQuoted.Bytes("{'jsonrpc':'2.0','id':'q','method':'" + method + "','params':" + parameters + "}"),
        });
    }
}
