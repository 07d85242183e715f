using Firmware.Json;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Requests to a whole device.</summary>
    [TestClass]
    public class DeviceRequestTests
    {
        [TestMethod]
        public void Response_goes_to_the_response_topic_of_the_client()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'ping','from':'dashboard-1'}");
            Assert.AreEqual("m2m/esp32-020000000001/response/dashboard-1", rig.Link[rig.Link.Count - 1].Topic);
        }

        [TestMethod]
        public void Ping_is_answered()
        {
            DeviceRig rig = DeviceRig.Online();
            Assert.AreEqual(SingleQuoted.Text("{'jsonrpc':'2.0','id':1,'result':{'uptime':0}}"), rig.Ask("{'jsonrpc':'2.0','id':1,'method':'ping'}"));
        }

        [TestMethod]
        public void Answer_is_not_retained()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'ping'}");
            Assert.IsFalse(rig.Link[rig.Link.Count - 1].IsRetained);
        }

        [TestMethod]
        [DataRow("'ping':{}")]
        [DataRow("'methods':{}")]
        [DataRow("'info':{}")]
        [DataRow("'read':{'channels':")]
        public void Methods_lists_what_the_protocol_promises(string method)
        {
            Assert.Contains(SingleQuoted.Text(method), DeviceRig.Online().Ask("{'jsonrpc':'2.0','id':1,'method':'methods'}"));
        }

        [TestMethod]
        public void Info_is_json()
        {
            byte[] info = Utf8.Bytes(DeviceRig.Online().Info());
            Assert.IsTrue(new JsonReader(4096).TryParse(info, 0, info.Length));
        }

        [TestMethod]
        [DataRow("id")]
        [DataRow("version")]
        [DataRow("board")]
        [DataRow("boot")]
        [DataRow("wake")]
        [DataRow("uptime")]
        [DataRow("freeMemory")]
        [DataRow("signal")]
        [DataRow("sensors")]
        [DataRow("counters")]
        public void Info_has_the_member(string name)
        {
            JsonReader reader = new JsonReader(4096);
            byte[] info = Utf8.Bytes(DeviceRig.Online().Info());
            reader.TryParse(info, 0, info.Length);
            Assert.AreNotEqual(JsonReader.None, reader.Find(reader.Find(0, "result"), name));
        }

        [TestMethod]
        public void No_secret_is_ever_published()
        {
            DeviceRig rig = new DeviceRig("{'wifi':[{'ssid':'a','password':'hunter2-wifi'}],'broker':{'user':'u','password':'hunter2-broker'},'x':'hunter2-'}");
            rig.Device.Start();
            rig.GoOnline();
            rig.Info();
            rig.Ask("{'jsonrpc':'2.0','id':2,'method':'methods'}");
            rig.LoseLink();
            rig.Run(1000);
            rig.GoOnline();
            string all = rig.Link.Session.WillPayload;
            for (int i = 0; i < rig.Link.Count; i++)
            {
                all += rig.Link[i].Topic + rig.Link[i].Text;
            }

            Assert.DoesNotContains("hunter2", all);
        }

        [TestMethod]
        public void Read_is_a_fresh_measurement()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Slot76.Sensor.Values[0] = 100;
            Assert.Contains("\"v\":1}", rig.Ask("{'jsonrpc':'2.0','id':1,'method':'read','params':{'channels':['temperature']}}"));
        }

        [TestMethod]
        public void Read_of_a_sensor_that_is_gone_is_not_available()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Slot76.Sensor.Answers = false;
            Assert.AreEqual(-32002, RouterRig.CodeOf(rig.Ask("{'jsonrpc':'2.0','id':1,'method':'read','params':{'channels':['temperature']}}")));
        }

        [TestMethod]
        public void Read_leaves_the_rhythm_of_telemetry_alone()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Run(7000);
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'read'}");
            rig.Run(3000);
            Assert.AreEqual(2, rig.Link.CountOf("/telemetry"));
        }

        [TestMethod]
        [DataRow("hello")]
        [DataRow("")]
        [DataRow("[1,2")]
        public void Garbage_is_answered_to_any(string garbage)
        {
            Assert.AreEqual(-32700, RouterRig.CodeOf(DeviceRig.Online().Ask(garbage)));
        }

        [TestMethod]
        public void Retained_request_is_not_carried_out()
        {
            DeviceRig rig = DeviceRig.Online();
            byte[] payload = SingleQuoted.Bytes("{'jsonrpc':'2.0','id':1,'method':'read'}");
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Payload = payload, IsRetained = true });
            rig.Device.Step();
            Assert.AreEqual(1, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Answer_without_a_connection_is_counted()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.LoseLink();
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'ping'}");
            rig.Run(1000);
            rig.GoOnline();
            Assert.Contains("\"answersDropped\":1,", rig.Info());
        }

        [TestMethod]
        public void Request_before_the_subscriptions_are_accepted_is_answered()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            rig.GoSubscribing();
            Assert.IsNotNull(rig.Ask("{'jsonrpc':'2.0','id':1,'method':'ping'}"));
        }

        [TestMethod]
        public void Request_that_could_not_be_answered_is_answered_when_it_comes_again()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.TakesMessages = false;
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'read'}");
            rig.Link.TakesMessages = true;
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'read'}");
            Assert.AreEqual("3 1", rig.Slot76.Sensor.Reads + " " + rig.Link.CountOf("/response/any"));
        }

        [TestMethod]
        public void Messages_that_found_no_room_are_counted()
        {
            DeviceRig rig = DeviceRig.Online();
            Flood(rig, 1000);
            rig.Device.Step();
            rig.Run(60000);
            Assert.Contains("\"messagesDropped\":976,", rig.Info());
        }

        [TestMethod]
        public void Device_measures_in_a_flood_of_messages()
        {
            DeviceRig rig = DeviceRig.Online();
            for (int i = 0; i < 50; i++)
            {
                Flood(rig, 20);
                rig.Device.Step();
                rig.Clock.Advance(1000);
            }

            Assert.AreEqual(5, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Loop_comes_to_rest_after_a_flood()
        {
            DeviceRig rig = DeviceRig.Online();
            Flood(rig, 1000);
            rig.Device.Step();
            Assert.IsTrue(rig.Device.Step() > 0);
        }

        /// <summary>Notifications: their answers would fill the heap of a device, because the fake link keeps them.</summary>
        private static void Flood(DeviceRig rig, int messages)
        {
            for (int i = 0; i < messages; i++)
            {
                rig.Request("{'jsonrpc':'2.0','method':'ping'}");
            }
        }
    }
}
