using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>The check in a new session that telemetry reaches subscribers.</summary>
    [TestClass]
    public class DeviceTelemetryCheckTests
    {
        private const string Telemetry = "m2m/esp32-020000000001/telemetry";
        private const string Refused = "'connection':{'mqtt':'3.1.1','telemetry':'telemetry-refused'}";

        [TestMethod]
        public void Subscription_ends_once_the_first_pack_has_come_back()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, true);
            Assert.AreEqual(Telemetry + " 0", rig.Link.Unsubscribed + " " + rig.Device.OutboxCount);
        }

        [TestMethod]
        public void Pack_that_is_acknowledged_stays_until_it_has_come_back()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            rig.Run(15000);
            Assert.AreEqual("3 1", rig.Device.OutboxCount + " " + rig.Link.CountOf("/telemetry"));
        }

        [TestMethod]
        public void Pack_that_does_not_come_back_within_30_s_is_an_event_and_in_the_status()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            rig.Run(23000);
            int before = rig.Link.CountIn("/event", "telemetry-refused");
            rig.Run(6000);
            Assert.AreEqual("0 1", before + " " + rig.Link.CountIn("/event", SingleQuoted.Text("'telemetry-refused','topic':'" + Telemetry + "'")));
            Assert.Contains(SingleQuoted.Text(Refused), rig.Link.Last("/status").Text);
        }

        [TestMethod]
        public void Readings_stay_and_are_sent_again_after_growing_pauses()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            string times = string.Empty;
            for (int i = 0; i < 100; i++)
            {
                int before = rig.Link.CountOf("/telemetry");
                rig.Run(10000);
                times += rig.Link.CountOf("/telemetry") > before ? rig.Clock.Uptime / 1000 + " " : string.Empty;
            }

            Assert.AreEqual("95 245 515 ", times);
            Assert.AreEqual("True 0 1", (rig.Device.OutboxCount > 90) + " " + rig.Device.Counters.ReadingsDropped + " " + rig.Link.CountIn("/event", "telemetry-refused"));
        }

        [TestMethod]
        public void Readings_that_waited_arrive_when_a_pack_comes_back_at_last()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            rig.Run(60000);
            rig.Link.Echoes = true;
            rig.Run(69000);
            Assert.AreEqual("0 1", rig.Device.OutboxCount + " " + rig.Link.CountIn("/event", "telemetry-recovered"));
            Assert.Contains(SingleQuoted.Text("'connection':{'mqtt':'3.1.1'}"), rig.Link.Last("/status").Text);
        }

        [TestMethod]
        public void Pack_that_comes_back_before_its_acknowledgement_is_as_good()
        {
            DeviceRig rig = Offline(DeviceRig.DefaultSettings);
            rig.Link.Acknowledges = false;
            rig.Run(5000);
            Publication pack = rig.Link.Last("/telemetry");
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Topic = Telemetry, Payload = Utf8.Bytes(pack.Text) });
            rig.Acknowledge(pack.Id);
            rig.Settle();
            Assert.AreEqual("0 " + Telemetry, rig.Device.OutboxCount + " " + rig.Link.Unsubscribed);
        }

        [TestMethod]
        public void Message_of_another_length_is_no_pack_that_came_back()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Topic = Telemetry, Payload = new byte[3] });
            rig.Settle();
            Assert.AreEqual(1, rig.Device.OutboxCount);
        }

        [TestMethod]
        public void Session_that_was_checked_is_not_checked_again()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, true);
            rig.Link.HasSession = true;
            rig.Link.Echoes = false;
            rig.LoseLink();
            rig.Run(20000);
            Assert.AreEqual("True 2", (rig.Device.OutboxCount <= 1) + " " + rig.Link.Connects);
        }

        [TestMethod]
        public void Pack_that_may_have_been_dropped_on_its_way_back_is_sent_again_without_blame()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            for (int i = 0; i <= Inbox.MaxMessages; i++)
            {
                rig.Request("{'jsonrpc':'2.0','method':'ping'}");
            }

            rig.Run(35000);
            int packs = rig.Link.CountOf("/telemetry");
            string blame = rig.Inbox.Dropped + " " + rig.Link.CountIn("/event", "telemetry-refused");
            rig.Link.Echoes = true;
            rig.Run(60000);
            Assert.AreEqual("1 0 1 True 0", blame + " " + packs + " " + (rig.Device.OutboxCount <= 1) + " " + rig.Link.CountIn("/event", "telemetry-refused"));
        }

        [TestMethod]
        public void Pack_that_does_not_come_back_while_nothing_is_dropped_is_blamed_at_the_next_try()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            for (int i = 0; i <= Inbox.MaxMessages; i++)
            {
                rig.Request("{'jsonrpc':'2.0','method':'ping'}");
            }

            rig.Run(130000);
            Assert.AreEqual("1 1", rig.Inbox.Dropped + " " + rig.Link.CountIn("/event", "telemetry-refused"));
        }

        // The broker's session still has the subscription.
        [TestMethod]
        public void Check_goes_on_when_the_connection_was_lost_meanwhile()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            rig.Link.HasSession = true;
            rig.LoseLink();
            rig.Run(20000);
            int waiting = rig.Device.OutboxCount;
            rig.Link.Echoes = true;
            rig.LoseLink();
            rig.Run(20000);
            Assert.AreEqual("True 0", (waiting > 1) + " " + rig.Device.OutboxCount);
        }

        [TestMethod]
        public void Telemetry_of_the_device_that_a_session_still_has_is_unsubscribed_from()
        {
            DeviceRig rig = Offline("{'telemetry':{'check':false}}");
            rig.Run(5000);
            string before = rig.Link.Unsubscribed;
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Topic = Telemetry, Payload = new byte[3] });
            rig.Settle();
            Assert.AreEqual(Telemetry, before + rig.Link.Unsubscribed);
        }

        [TestMethod]
        public void Check_is_skipped_when_the_subscription_is_refused()
        {
            DeviceRig rig = Offline(DeviceRig.DefaultSettings);
            rig.Link.Refuses = "/telemetry";
            rig.Link.Echoes = false;
            rig.Run(60000);
            Assert.AreEqual("True 0", (rig.Device.OutboxCount <= 1) + " " + (rig.Link.CountIn("/event", "refused") + rig.Link.CountIn("/status", "refused")));
        }

        [TestMethod]
        public void Setting_turns_it_off()
        {
            DeviceRig rig = Online("{'interval':10,'telemetry':{'check':false}}", false);
            Assert.AreEqual(0, rig.Device.OutboxCount);
        }

        [TestMethod]
        public void Setting_turns_it_off_while_packs_do_not_come_back()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, false);
            rig.Run(40000);
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'settings.set','params':{'values':{'telemetry.check':false}}}");
            rig.Run(69000);
            Assert.IsTrue(rig.Device.OutboxCount <= 1, rig.Device.OutboxCount + " wait");
            Assert.Contains(SingleQuoted.Text("'connection':{'mqtt':'3.1.1'}"), rig.Link.Last("/status").Text);
        }

        private static DeviceRig Online(string settings, bool echoes)
        {
            DeviceRig rig = Offline(settings);
            rig.Link.Echoes = echoes;
            rig.Run(5000);
            return rig;
        }

        /// <summary>A device whose network and broker answer from now on.</summary>
        private static DeviceRig Offline(string settings)
        {
            DeviceRig rig = new DeviceRig(settings);
            rig.Link.AnswersAlways = true;
            rig.Network.Sink = rig.Inbox;
            rig.Device.Start();
            return rig;
        }
    }
}
