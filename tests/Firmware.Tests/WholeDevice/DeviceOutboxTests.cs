using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Readings that cannot be pushed at once, or of which nobody knows whether they arrived.</summary>
    [TestClass]
    public class DeviceOutboxTests
    {
        private const string Telemetry = "/telemetry";
        private const string Event = "/event";
        private const string Temperature = "\"temperature\"";

        [TestMethod]
        public void Reading_taken_offline_keeps_its_time()
        {
            DeviceRig rig = Started();
            rig.Clock.Synchronize();
            rig.Run(5000);
            rig.GoOnline();
            Assert.Contains("\"bt\":1795366425,", rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Readings_taken_offline_are_all_sent_in_order()
        {
            DeviceRig rig = new DeviceRig();
            rig.Slot76.Sensor = new ScriptedSensor("test", new[] { ScriptedSensor.Temperature }, new[] { 100 });
            rig.Clock.Synchronize();
            rig.Device.Start();
            rig.Run(9999);
            rig.Slot76.Sensor.Values[0] = 200;
            rig.Run(10000);
            rig.Slot76.Sensor.Values[0] = 300;
            rig.Run(5000);
            rig.GoOnline();
            string expected = "[{'bn':'urn:dev:mac:020000fffe000001_','bt':1795366425,'n':'seq','v':1},"
                + "{'n':'temperature','u':'Cel','v':1},{'t':10,'n':'temperature','u':'Cel','v':2},{'t':20,'n':'temperature','u':'Cel','v':3}]";
            Assert.AreEqual(1, rig.Link.CountOf(Telemetry));
            Assert.AreEqual(SingleQuoted.Text(expected), rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void No_reading_taken_offline_is_dropped()
        {
            DeviceRig rig = Started();
            rig.Run(29000);
            rig.GoOnline();
            Assert.Contains("\"readings\":3,\"readingsDropped\":0,", rig.Info());
        }

        [TestMethod]
        public void Reading_that_was_sent_late_is_not_counted_as_dropped()
        {
            DeviceRig rig = Started();
            rig.Run(9000);
            rig.GoOnline();
            rig.Run(30000);
            Assert.Contains("\"readingsDropped\":0,", rig.Info());
        }

        // Nothing can be written, so that only the newest 16 are kept.
        [TestMethod]
        public void Readings_that_found_no_room_are_counted_and_reported()
        {
            DeviceRig rig = new DeviceRig(new MemoryStorage(), "{'interval':1}");
            rig.Storage.WriteFails = true;
            rig.Device.Start();
            rig.Run(29000);
            rig.GoOnline();
            Assert.Contains("14 readings dropped", rig.Link.Last(Event).Text);
            Assert.AreEqual(16, rig.Link.CountIn(Telemetry, Temperature));
            Assert.Contains("\"readingsDropped\":14,", rig.Info());
        }

        [TestMethod]
        public void Readings_taken_offline_leave_no_gap_in_the_numbers()
        {
            DeviceRig rig = Started();
            rig.Run(29000);
            rig.GoOnline();
            Assert.Contains("\"n\":\"seq\",\"v\":1}", rig.Link.Last(Telemetry).Text);
            rig.Run(1000);
            Assert.Contains("\"n\":\"seq\",\"v\":2}", rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Pack_that_the_link_does_not_take_keeps_its_number()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.TakesMessages = false;
            rig.Run(20000);
            rig.Link.TakesMessages = true;
            rig.Run(2000);
            Assert.Contains("\"n\":\"seq\",\"v\":2}", rig.Link.Find(Telemetry, 1).Text);
            Assert.AreEqual(3, rig.Link.CountIn(Telemetry, Temperature));
        }

        [TestMethod]
        public void Loop_pauses_though_the_link_takes_nothing()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.TakesMessages = false;
            rig.Clock.Advance(10000);
            rig.Device.Step();
            Assert.IsTrue(rig.Device.Step() > 0);
        }

        [TestMethod]
        public void Pack_is_tried_again_soon_after_an_exception()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.ThrowsOn = Telemetry;
            rig.Run(10000);
            rig.Link.ThrowsOn = null;
            rig.Run(2000);
            Assert.AreEqual(2, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Pack_that_was_not_acknowledged_is_sent_again_as_it_was()
        {
            DeviceRig rig = Unacknowledged();
            rig.LoseLink();
            rig.Run(1000);
            rig.GoOnline();
            Assert.AreEqual(2, rig.Link.CountOf(Telemetry));
            Assert.AreEqual(rig.Link.Find(Telemetry, 0).Text, rig.Link.Find(Telemetry, 1).Text);
        }

        [TestMethod]
        public void Pack_that_the_client_gave_up_is_sent_again_as_it_was()
        {
            DeviceRig rig = Unacknowledged();
            rig.Inbox.Post(new LinkEvent(LinkEventKind.NotAcknowledged, rig.Link.Attempt) { MessageId = rig.Link.Last(Telemetry).Id });
            rig.Device.Step();
            Assert.AreEqual(2, rig.Link.CountOf(Telemetry));
            Assert.AreEqual(rig.Link.Find(Telemetry, 0).Text, rig.Link.Find(Telemetry, 1).Text);
        }

        [TestMethod]
        public void Next_pack_waits_for_the_acknowledgement()
        {
            DeviceRig rig = Unacknowledged();
            rig.Run(10000);
            Assert.AreEqual(1, rig.Link.CountOf(Telemetry));
            rig.Acknowledge(rig.Link.Last(Telemetry).Id);
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Topic = rig.Link.Last(Telemetry).Topic, Payload = Utf8.Bytes(rig.Link.Last(Telemetry).Text) });
            rig.Device.Step();
            Assert.AreEqual(2, rig.Link.CountOf(Telemetry));
        }

        // The ids of a new client start again: a late report of an old one is about another message.
        [TestMethod]
        public void Acknowledgement_of_an_earlier_connection_removes_nothing()
        {
            DeviceRig rig = Unacknowledged();
            int old = rig.Link.Attempt;
            rig.LoseLink();
            rig.Run(1000);
            rig.GoOnline();
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Acknowledged, old) { MessageId = rig.Link.Last(Telemetry).Id });
            rig.Device.Step();
            rig.LoseLink();
            rig.Run(2000);
            rig.GoOnline();
            Assert.AreEqual(3, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Event_that_was_not_acknowledged_is_sent_again()
        {
            DeviceRig rig = new DeviceRig("{'x':1}");
            rig.Link.Acknowledges = false;
            rig.Device.Start();
            rig.GoOnline();
            rig.LoseLink();
            rig.Run(1000);
            rig.GoOnline();
            Assert.AreEqual(2, rig.Link.CountOf(Event));
            Assert.AreEqual(rig.Link.Find(Event, 0).Text, rig.Link.Find(Event, 1).Text);
        }

        [TestMethod]
        public void Numbers_have_no_gap_after_an_orderly_stop()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Run(20000);
            rig.Settle();
            rig.Device.Stop();
            DeviceRig next = new DeviceRig(rig.Storage, null);
            next.Device.Start();
            next.GoOnline();
            Assert.Contains("\"seq\":4,", next.Link[0].Text);
            Assert.Contains("\"n\":\"seq\",\"v\":4}", next.Link.Find(Telemetry, 0).Text);
        }

        [TestMethod]
        public void Reading_that_a_stop_left_is_sent_by_the_next_run_under_its_number()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Clock.Synchronize();
            rig.Link.Acknowledges = false;
            rig.Run(10000);
            rig.Device.Stop();
            DeviceRig next = new DeviceRig(rig.Storage, null);
            next.Device.Start();
            next.GoOnline();
            Assert.AreEqual(rig.Link.Last(Telemetry).Text, next.Link.Find(Telemetry, 0).Text);
            Assert.Contains("\"n\":\"seq\",\"v\":3}", next.Link.Find(Telemetry, 1).Text);
        }

        [TestMethod]
        public void Pack_that_exceeds_the_budget_waits()
        {
            DeviceRig rig = Backlog();
            int sent = rig.Link.CountOf(Telemetry);
            rig.Run(999);
            Assert.AreEqual(sent, rig.Link.CountOf(Telemetry));
            rig.Run(1);
            Assert.AreEqual(sent + 1, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Loop_pauses_until_the_budget_allows_the_next_pack()
        {
            Assert.AreEqual(1000, Backlog().Device.Step());
        }

        [TestMethod]
        public void Answer_does_not_wait_for_the_budget()
        {
            Assert.IsNotNull(Backlog().Ask("{'jsonrpc':'2.0','id':1,'method':'ping'}"));
        }

        private static DeviceRig Started()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            return rig;
        }

        // Online, with one pack under way.
        private static DeviceRig Unacknowledged()
        {
            DeviceRig rig = Started();
            rig.Clock.Synchronize();
            rig.Link.Acknowledges = false;
            rig.GoOnline();
            return rig;
        }

        // Online, with two packs, of which the budget lets one go at once.
        private static DeviceRig Backlog()
        {
            DeviceRig rig = new DeviceRig("{'interval':10,'mqtt':{'burst':1,'rate':1}}");
            rig.Slot77.Sensor = ScriptedSensor.Bmp280();
            rig.Link.Acknowledges = false;
            rig.Device.Start();
            rig.GoOnline();
            rig.LoseLink();
            rig.Run(10000);
            rig.Link.Acknowledges = true;
            rig.GoOnline();
            return rig;
        }
    }
}
