using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Presence, reconnection and events.</summary>
    [TestClass]
    public class DeviceConnectionTests
    {
        private const string Status = "/status";
        private const string Event = "/event";

        [TestMethod]
        public void Online_is_announced()
        {
            string expected = "{'state':'online','id':'esp32-020000000001','version':'" + FirmwareVersion.Text + "','boot':1,'seq':1,'connection':{'mqtt':'3.1.1'},"
                + "'health':{'heap':50000,'heapLow':50000,'step':0,'stepAt':0,'outbox':1,'signal':-61,'reconnects':0,'dropped':0,'uptime':0}}";
            Assert.AreEqual(SingleQuoted.Text(expected), DeviceRig.Online().Link.Last(Status).Text);
        }

        [TestMethod]
        public void Announcement_is_retained()
        {
            Assert.IsTrue(DeviceRig.Online().Link.Last(Status).IsRetained);
        }

        [TestMethod]
        public void Announcement_that_the_link_did_not_take_is_made_up_for()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            rig.Link.TakesMessages = false;
            rig.GoOnline();
            rig.Link.TakesMessages = true;
            rig.Run(60000);
            Assert.AreEqual(1, rig.Link.CountOf(Status));
        }

        [TestMethod]
        public void Will_says_that_the_device_is_lost()
        {
            string expected = "{'state':'lost','id':'esp32-020000000001','version':'" + FirmwareVersion.Text + "','boot':1}";
            Assert.AreEqual(SingleQuoted.Text(expected), DeviceRig.Online().Link.Session.WillPayload);
        }

        [TestMethod]
        public void Will_goes_to_the_status()
        {
            Assert.AreEqual("m2m/esp32-020000000001/status", DeviceRig.Online().Link.Session.WillTopic);
        }

        [TestMethod]
        public void Client_id_is_the_device_id()
        {
            Assert.AreEqual("esp32-020000000001", DeviceRig.Online().Link.Session.ClientId);
        }

        [TestMethod]
        public void Settings_say_where_the_broker_is_and_what_is_subscribed_to()
        {
            DeviceRig rig = new DeviceRig("{'broker':{'host':'h','port':1},'prefix':'p','groups':['g']}");
            rig.Device.Start();
            rig.GoOnline();
            Assert.AreEqual("h p/esp32-020000000001/request p/group/g/request", rig.Link.Session.Address.Host + " " + rig.Link.Topics[0] + " " + rig.Link.Topics[2]);
        }

        [TestMethod]
        public void Reconnection_is_announced()
        {
            DeviceRig rig = DeviceRig.Online();
            Reconnect(rig);
            Assert.AreEqual(2, rig.Link.CountOf(Status));
        }

        [TestMethod]
        public void Reconnection_is_counted()
        {
            DeviceRig rig = DeviceRig.Online();
            Reconnect(rig);
            Assert.Contains("\"reconnects\":1,", rig.Info());
        }

        [TestMethod]
        public void Reconnection_sends_no_reading_twice()
        {
            DeviceRig rig = DeviceRig.Online();
            Reconnect(rig);
            Assert.AreEqual(1, rig.Link.CountOf("/telemetry"));
        }

        [TestMethod]
        public void Sensors_are_measured_while_the_connection_is_lost()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.LoseLink();
            rig.Run(60000);
            Assert.AreEqual(7, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Device_joins_again_and_again()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            rig.Run(600000);
            Assert.IsTrue(rig.Network.Joins >= 7);
        }

        [TestMethod]
        [DataRow(1, "'boot':1,")]
        [DataRow(3, "'boot':3,")]
        public void Boots_are_counted(int boots, string expected)
        {
            MemoryStorage storage = new MemoryStorage();
            DeviceRig rig = null;
            for (int i = 0; i < boots; i++)
            {
                rig = new DeviceRig(storage, DeviceRig.DefaultSettings);
                rig.Device.Start();
            }

            rig.GoOnline();
            Assert.Contains(SingleQuoted.Text(expected), rig.Link.Last(Status).Text);
        }

        [TestMethod]
        [DataRow("x")]
        [DataRow("7")]
        [DataRow("{}")]
        public void Broken_count_of_boots_begins_at_one(string content)
        {
            MemoryStorage storage = new MemoryStorage();
            storage.Put("boot", content);
            DeviceRig rig = new DeviceRig(storage, DeviceRig.DefaultSettings);
            rig.Device.Start();
            rig.GoOnline();
            Assert.Contains("\"boot\":1,", rig.Link.Last(Status).Text);
        }

        [TestMethod]
        public void Events_wait_for_the_connection()
        {
            DeviceRig rig = WithoutSensor();
            rig.GoOnline();
            Assert.AreEqual(2, rig.Link.CountOf(Event));
        }

        [TestMethod]
        public void Events_come_out_in_order()
        {
            DeviceRig rig = new DeviceRig("{'interval':0,'x':1}");
            rig.Slot76.Sensor = null;
            rig.Device.Start();
            rig.GoOnline();
            Assert.StartsWith(SingleQuoted.Text("{'type':'boot','boot':1,'wake':'power-on','safeMode':false,"), rig.Link.Find(Event, 0).Text);
            Assert.StartsWith(SingleQuoted.Text("{'type':'settings-fault','path':'interval'"), rig.Link.Find(Event, 1).Text);
            Assert.StartsWith(SingleQuoted.Text("{'type':'settings-fault','path':'x'"), rig.Link.Find(Event, 2).Text);
            Assert.StartsWith(SingleQuoted.Text("{'type':'sensor-fault','sensor':'none'"), rig.Link.Find(Event, 3).Text);
        }

        [TestMethod]
        public void Events_wait_for_the_announcement()
        {
            DeviceRig rig = WithoutSensor();
            rig.GoSubscribing();
            Assert.AreEqual(0, rig.Link.CountOf(Event));
        }

        [TestMethod]
        public void Event_is_not_retained()
        {
            DeviceRig rig = WithoutSensor();
            rig.GoOnline();
            Assert.IsFalse(rig.Link.Last(Event).IsRetained);
        }

        [TestMethod]
        public void Event_that_the_link_does_not_take_is_kept()
        {
            DeviceRig rig = WithoutSensor();
            rig.Link.TakesMessages = false;
            rig.GoOnline();
            rig.Link.TakesMessages = true;
            rig.Run(1000);
            Assert.AreEqual(1, rig.Link.CountOf(Event));
        }

        [TestMethod]
        public void Event_goes_out_in_the_step_in_which_it_happens()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Slot76.Sensor.Answers = false;
            rig.Clock.Advance(10000);
            rig.Device.Step();
            Assert.AreEqual(SingleQuoted.Text("{'type':'sensor-fault','sensor':'bme280@76','reason':'no answer'}"), rig.Link.Last(Event).Text);
        }

        [TestMethod]
        public void Recovery_goes_out_when_the_sensor_is_back()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Slot76.Sensor.Answers = false;
            rig.Run(10500);
            rig.Slot76.Sensor.Answers = true;
            rig.Run(1000);
            Assert.AreEqual(SingleQuoted.Text("{'type':'sensor-recovered','sensor':'bme280@76'}"), rig.Link.Last(Event).Text);
        }

        [TestMethod]
        public void Sensor_that_is_back_is_in_the_next_telemetry()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Slot76.Sensor.Answers = false;
            rig.Run(10500);
            rig.Slot76.Sensor.Answers = true;
            rig.Run(10000);
            Assert.AreEqual(2, rig.Link.CountOf("/telemetry"));
        }

        [TestMethod]
        public void Missing_settings_are_an_event()
        {
            DeviceRig rig = new DeviceRig(new MemoryStorage(), null);
            rig.Device.Start();
            rig.GoOnline();
            Assert.Contains("\"path\":\"settings.json\"", rig.Link.Find(Event, 1).Text);
        }

        [TestMethod]
        public void Many_wrong_settings_leave_room_for_other_events()
        {
            DeviceRig rig = new DeviceRig("{'a':1,'b':1,'c':1,'d':1,'e':1,'f':1,'g':1,'h':1,'i':1,'j':1}");
            rig.Slot76.Sensor = null;
            rig.Device.Start();
            rig.GoOnline();
            Assert.Contains("\"type\":\"boot\"", rig.Link.Find(Event, 0).Text);
            Assert.Contains("\"path\":\"a\"", rig.Link.Find(Event, 1).Text);
        }

        private static DeviceRig WithoutSensor()
        {
            DeviceRig rig = new DeviceRig();
            rig.Slot76.Sensor = null;
            rig.Device.Start();
            return rig;
        }

        private static void Reconnect(DeviceRig rig)
        {
            rig.LoseLink();
            rig.Run(1000);
            rig.GoOnline();
        }
    }
}
