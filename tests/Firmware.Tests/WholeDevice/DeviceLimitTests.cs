using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>What a broker refuses and limits.</summary>
    [TestClass]
    public class DeviceLimitTests
    {
        private const string Groups = "{'interval':10,'groups':['g1','g2','g3','g4','g5','g6','g7','g8']}";

        [TestMethod]
        public void Subscriptions_go_in_packets_of_at_most_8()
        {
            DeviceRig rig = Online(Groups, null);
            Assert.AreEqual("3 True", rig.Link.Subscribes + " " + (rig.Link.Topics.Length <= 8));
        }

        [TestMethod]
        public void Device_is_online_when_a_filter_is_refused()
        {
            Assert.IsTrue(Online(DeviceRig.DefaultSettings, "all/request").Device.Connection.IsOnline);
        }

        [TestMethod]
        public void Refused_filter_is_in_the_event_and_in_the_status()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, "all/request");
            Assert.AreEqual(1, rig.Link.CountIn("/event", SingleQuoted.Text("'subscription-refused','filter':'m2m/group/all/request','reason':'not authorized (reason 135)'")));
            Assert.AreEqual(1, rig.Link.CountIn("/status", SingleQuoted.Text("'connection':{'mqtt':'3.1.1','refused':['m2m/group/all/request']}")));
        }

        [TestMethod]
        public void Filter_that_is_granted_later_leaves_the_status_without_a_reconnection()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, "all/request");
            rig.Link.Refuses = null;
            rig.Run(30000);
            Assert.Contains(SingleQuoted.Text("'connection':{'mqtt':'3.1.1'}"), rig.Link.Last("/status").Text);
            Assert.AreEqual("1 1", rig.Link.Connects + " " + rig.Link.CountIn("/event", "subscription-recovered"));
        }

        [TestMethod]
        public void No_more_messages_are_unacknowledged_than_the_broker_takes()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, null);
            rig.Link.Session.ReceiveMaximum = 2;
            rig.Link.Acknowledges = false;
            int before = rig.Link.Count;
            for (int i = 0; i < 5; i++)
            {
                rig.Request("{'jsonrpc':'2.0','id':" + i + ",'method':'ping'}");
            }

            rig.Run(15000);
            Assert.AreEqual(2, rig.Link.Count - before);
        }

        [TestMethod]
        public void Messages_go_on_when_the_broker_has_acknowledged()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, null);
            rig.Link.Session.ReceiveMaximum = 1;
            rig.Run(14000);
            Assert.AreEqual("1 0", rig.Link.Session.ReceiveMaximum + " " + rig.Device.OutboxCount);
        }

        [TestMethod]
        [DataRow(10, 10)]
        [DataRow(0, 30)]
        [DataRow(600, 30)]
        public void Broker_with_a_keep_alive_of_its_own_gets_messages_in_time(int keepAlive, int seconds)
        {
            DeviceRig rig = new DeviceRig("{'interval':86400}");
            rig.Link.AnswersAlways = true;
            rig.Link.KeepAlive = keepAlive;
            rig.Network.Sink = rig.Inbox;
            rig.Device.Start();
            rig.Run(1000);
            int before = rig.Link.CountOf("/ping");
            rig.Run(seconds * 10000);
            int pings = rig.Link.CountOf("/ping") - before;
            Assert.IsTrue(pings >= 9 && pings <= 10, pings + " pings");
        }

        [TestMethod]
        public void Pack_that_is_larger_than_the_broker_takes_goes_in_parts()
        {
            DeviceRig rig = Stored(60);
            int readings = rig.Device.OutboxCount;
            Come(rig, 400);
            Assert.AreEqual("0 0", rig.Device.OutboxCount + " " + rig.Device.Counters.ReadingsDropped);
            Assert.IsTrue(readings > 4 && Largest(rig, "/telemetry") <= 400 - 10 - "m2m/esp32-020000000001/telemetry".Length, "largest " + Largest(rig, "/telemetry"));
        }

        [TestMethod]
        public void Reading_that_is_larger_than_the_broker_takes_does_not_hold_up_the_others()
        {
            DeviceRig rig = Stored(30);
            int readings = rig.Device.OutboxCount;
            Come(rig, 150);
            Assert.AreEqual("0 True", rig.Device.OutboxCount + " " + (rig.Device.Counters.ReadingsDropped > readings));
        }

        [TestMethod]
        public void Message_that_is_larger_than_the_broker_takes_is_an_event()
        {
            DeviceRig rig = Stored(30);
            Come(rig, 220);
            Assert.IsTrue(rig.Link.CountIn("/event", SingleQuoted.Text("'message-too-large','topic':'m2m/esp32-020000000001/status'")) > 0);
        }

        [TestMethod]
        public void Pages_shrink_to_what_the_broker_takes()
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, null);
            rig.Link.Session.MaximumPacketSize = 1024;
            string page = rig.Ask("{'jsonrpc':'2.0','id':1,'method':'settings.get'}");
            Assert.IsTrue(page.Length < 1024 && page.Contains(SingleQuoted.Text("'next'")), page);
        }

        [TestMethod]
        public void Broker_that_retains_nothing_gets_messages_without_retain_and_a_will_without()
        {
            DeviceRig rig = new DeviceRig();
            rig.Link.AnswersAlways = true;
            rig.Network.Sink = rig.Inbox;
            rig.Link.RefusesRetain = true;
            rig.Device.Start();
            rig.Run(10000);
            Assert.AreEqual("2 False False", rig.Link.Connects + " " + rig.Link.Session.Retains + " " + rig.Link.Last("/status").IsRetained);
            Assert.AreEqual(1, rig.Link.CountIn("/event", SingleQuoted.Text("'retain-refused','reason':'broker: retain not supported (reason 154)'")));
            Assert.Contains(SingleQuoted.Text("'connection':{'mqtt':'3.1.1','retain':false}"), rig.Link.Last("/status").Text);
        }

        [TestMethod]
        [DataRow(142, "taken over by another client with this id (reason 142)")]
        [DataRow(156, "use another server (reason 156)")]
        [DataRow(157, "server moved (reason 157)")]
        public void Broker_that_ends_the_connection_for_another_is_named_in_the_boot_record(int reason, string text)
        {
            DeviceRig rig = Online(DeviceRig.DefaultSettings, null);
            rig.Link.Session.Reason = reason;
            rig.Inbox.Post(new LinkEvent(LinkEventKind.LinkDown, rig.Link.Attempt) { Detail = ReasonText.Of(reason) });
            rig.Run(3000);
            Assert.Contains(SingleQuoted.Text("'type':'Broker','message':'" + text + "','where':'connection'"), rig.Info());
            rig.Run(60000);
            Assert.AreEqual(1, rig.Link.CountIn("/event", SingleQuoted.Text("'security','reason':'broker-ended','detail':'" + text + "'")));
        }

        [TestMethod]
        [DataRow(5, 2, 0)]
        [DataRow(5, 3, 1)]
        [DataRow(134, 3, 1)]
        [DataRow(136, 9, 0)]
        public void Broker_that_refuses_again_and_again_is_a_security_event(int reason, int times, int events)
        {
            DeviceRig rig = new DeviceRig();
            rig.Link.AnswersAlways = true;
            rig.Network.Sink = rig.Inbox;
            rig.Link.RefusesWith = reason;
            rig.Link.Refusals = times;
            rig.Device.Start();
            rig.Run(3600000);
            Assert.AreEqual(times + 1, rig.Link.Connects);
            Assert.AreEqual(events, rig.Link.CountIn("/event", SingleQuoted.Text("'security','reason':'broker-refused','detail':'broker: " + ReasonText.Of(reason) + "'")));
        }

        private static DeviceRig Online(string settings, string refuses)
        {
            DeviceRig rig = new DeviceRig(settings);
            rig.Link.AnswersAlways = true;
            rig.Link.Refuses = refuses;
            rig.Network.Sink = rig.Inbox;
            rig.Device.Start();
            rig.Run(5000);
            return rig;
        }

        /// <summary>A device that has measured for some seconds while there was no network.</summary>
        private static DeviceRig Stored(int seconds)
        {
            DeviceRig rig = new DeviceRig("{'interval':2}");
            rig.Device.Start();
            rig.Run(seconds * 1000);
            return rig;
        }

        /// <summary>A broker comes that takes packets of some bytes.</summary>
        private static void Come(DeviceRig rig, int bytes)
        {
            rig.Link.AnswersAlways = true;
            rig.Link.MaximumPacketSize = bytes;
            rig.Network.Sink = rig.Inbox;
            rig.Run(60500);
        }

        private static int Largest(DeviceRig rig, string topicEnd)
        {
            int largest = 0;
            for (int i = 0; i < rig.Link.Count; i++)
            {
                largest = rig.Link[i].Topic.EndsWith(topicEnd) && rig.Link[i].Text.Length > largest ? rig.Link[i].Text.Length : largest;
            }

            return largest;
        }
    }
}
