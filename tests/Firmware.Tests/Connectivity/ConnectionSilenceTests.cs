using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>Links that receive nothing any more, and sessions that the device gives up.</summary>
    [TestClass]
    public class ConnectionSilenceTests
    {
        [TestMethod]
        public void Ping_is_subscribed_to()
        {
            CollectionAssert.AreEqual(new[] { "a", "b", ConnectionRig.Ping, "offers", "own/blocks/+/+" }, ConnectionRig.Online().Link.Topics);
        }

        [TestMethod]
        public void Silent_link_is_pinged_after_a_keep_alive()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.TickWhenDue();
            Assert.AreEqual("30000 1", rig.Clock.Uptime + " " + rig.Link.CountOf(ConnectionRig.Ping));
        }

        [TestMethod]
        public void Silent_link_is_replaced_after_one_and_a_half_keep_alives()
        {
            ConnectionRig rig = ConnectionRig.Online();
            FallSilent(rig);
            Assert.AreEqual("45000 " + (int)ConnectionState.BackingOff, rig.Clock.Uptime + " " + (int)rig.Connection.State);
        }

        [TestMethod]
        public void Silent_link_is_closed_counted_and_reported()
        {
            ConnectionRig rig = ConnectionRig.Online();
            FallSilent(rig);
            Assert.AreEqual("1 1 no message from the broker for 1.5 keep-alives", rig.Link.UncleanCloses + " " + rig.Counters.SilentLinks + " " + rig.Connection.LastFailure);
        }

        [TestMethod]
        public void Silent_link_is_replaced_even_if_the_ping_was_not_taken()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Link.TakesMessages = false;
            FallSilent(rig);
            Assert.IsFalse(rig.Connection.IsOnline);
        }

        // One message more would end the connection (MQTT 5 section 4.9). Those that are under way tell as much as a ping.
        [TestMethod]
        public void Link_is_not_pinged_while_the_broker_takes_nothing_more()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Session.ReceiveMaximum = 1;
            rig.Connection.Publish("a", new byte[0], false);
            rig.TickWhenDue();
            int pings = rig.Link.CountOf(ConnectionRig.Ping);
            rig.TickWhenDue();
            Assert.AreEqual("0 45000 False", pings + " " + rig.Clock.Uptime + " " + rig.Connection.IsOnline);
        }

        [TestMethod]
        [DataRow((int)LinkEventKind.Message)]
        [DataRow((int)LinkEventKind.Acknowledged)]
        public void Link_with_traffic_is_not_pinged(int kind)
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Clock.Uptime = 29000;
            rig.Absorb((LinkEventKind)kind, "a");
            rig.Clock.Uptime = 58000;
            rig.Connection.Tick();
            Assert.AreEqual(0, rig.Link.CountOf(ConnectionRig.Ping));
        }

        [TestMethod]
        public void Ping_that_comes_back_saves_the_link()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.TickWhenDue();
            rig.Absorb(LinkEventKind.Message, ConnectionRig.Ping);
            rig.Clock.Uptime = 50000;
            rig.Connection.Tick();
            Assert.IsTrue(rig.Connection.IsOnline);
        }

        [TestMethod]
        public void Message_that_is_given_up_makes_the_link_pinged_at_once()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Clock.Uptime = 4000;
            rig.Absorb(LinkEventKind.NotAcknowledged, null);
            rig.Connection.Tick();
            Assert.AreEqual(1, rig.Link.CountOf(ConnectionRig.Ping));
        }

        [TestMethod]
        public void Traffic_of_an_earlier_link_does_not_count()
        {
            ConnectionRig rig = ConnectionRig.Online();
            int earlier = rig.Link.Attempt;
            rig.Reconnect();
            long due = rig.Connection.DueAt;
            rig.Clock.Uptime += 1000;
            rig.Connection.Absorb(new LinkEvent(LinkEventKind.Acknowledged, earlier), rig.Clock.Uptime);
            Assert.AreEqual(due, rig.Connection.DueAt);
        }

        [TestMethod]
        [DataRow("a", false)]
        [DataRow("b", false)]
        [DataRow(ConnectionRig.Ping, true)]
        [DataRow("group/that/was/left", true)]
        public void Only_messages_on_the_topics_of_requests_are_requests(string topic, bool isAbsorbed)
        {
            Assert.AreEqual(isAbsorbed, ConnectionRig.Online().Absorb(LinkEventKind.Message, topic));
        }

        [TestMethod]
        public void Message_without_a_topic_is_no_request() =>
            Assert.IsTrue(ConnectionRig.Online().Absorb(LinkEventKind.Message, null));

        [TestMethod]
        public void Request_of_an_earlier_connection_is_a_request()
        {
            ConnectionRig rig = ConnectionRig.Online();
            int earlier = rig.Link.Attempt;
            rig.Reconnect();
            Assert.IsFalse(rig.Connection.Absorb(new LinkEvent(LinkEventKind.Message, earlier) { Topic = "a" }, rig.Clock.Uptime));
        }

        [TestMethod]
        [DataRow((int)LinkEventKind.Acknowledged)]
        [DataRow((int)LinkEventKind.NotAcknowledged)]
        [DataRow((int)LinkEventKind.LinkDown)]
        public void Other_link_events_are_not_absorbed(int kind)
        {
            Assert.IsFalse(ConnectionRig.Online().Absorb((LinkEventKind)kind, null));
        }

        [TestMethod]
        public void Session_is_kept_after_a_link_that_was_lost()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Reconnect();
            rig.Reconnect();
            Assert.AreEqual(0, rig.Link.Forgets);
        }

        [TestMethod]
        public void Session_is_kept_after_one_silent_link()
        {
            ConnectionRig rig = ConnectionRig.Online();
            FallSilent(rig);
            rig.TickWhenDue();
            rig.GoOnline();
            Assert.AreEqual(0, rig.Link.Forgets);
        }

        // A message that the broker keeps makes the client deaf at once when it connects.
        [TestMethod]
        public void Session_is_forgotten_when_the_next_link_is_silent_from_the_start()
        {
            ConnectionRig rig = ConnectionRig.Online();
            DeafenTwice(rig);
            Assert.AreEqual(1, rig.Link.Forgets);
        }

        [TestMethod]
        public void Message_that_the_broker_keeps_and_that_deafens_costs_one_reconnection()
        {
            ConnectionRig rig = ConnectionRig.Online();
            DeafenTwice(rig);
            rig.Report(LinkEventKind.LinkUp);
            rig.Report(LinkEventKind.Subscribed);
            Assert.AreEqual("True 1", rig.Connection.IsOnline + " " + rig.Counters.Reconnects);
        }

        // What is too large for MQTT 3.1.1 and kept for all would come again with each subscription.
        [TestMethod]
        public void Offers_to_all_are_left_out_after_two_links_that_were_silent_from_the_start()
        {
            ConnectionRig rig = ConnectionRig.Online();
            DeafenTwice(rig);
            rig.Report(LinkEventKind.LinkUp);
            Assert.AreEqual("a b " + ConnectionRig.Ping + " own/blocks/+/+ ", Subscribed(rig));
        }

        [TestMethod]
        public void Offers_to_all_are_wanted_again_at_the_next_connection()
        {
            ConnectionRig rig = ConnectionRig.Online();
            DeafenTwice(rig);
            rig.Report(LinkEventKind.LinkUp);
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            rig.GoOnline();
            Assert.EndsWith(" offers own/blocks/+/+ ", Subscribed(rig));
        }

        [TestMethod]
        public void Session_is_forgotten_only_once()
        {
            ConnectionRig rig = ConnectionRig.Online();
            DeafenTwice(rig);
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            rig.GoOnline();
            Assert.AreEqual(1, rig.Link.Forgets);
        }

        [TestMethod]
        public void Session_is_kept_when_silent_links_are_far_between()
        {
            ConnectionRig rig = ConnectionRig.Online();
            for (int i = 0; i < 5; i++)
            {
                rig.ListenFor(60000);
                FallSilent(rig);
                rig.TickWhenDue();
                rig.GoOnline();
            }

            Assert.AreEqual(0, rig.Link.Forgets);
        }

        [TestMethod]
        [DataRow(true, 0)]
        [DataRow(false, 1)]
        public void Session_that_the_broker_forgot_is_counted(bool hasSession, int lost)
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            rig.Join(LinkEventKind.Joined);
            rig.Connection.Handle(new LinkEvent(LinkEventKind.LinkUp, rig.Link.Attempt) { HasSession = hasSession });
            Assert.AreEqual(lost, rig.Counters.SessionsLost);
        }

        [TestMethod]
        public void First_session_was_not_lost()
        {
            Assert.AreEqual(0, ConnectionRig.Online().Counters.SessionsLost);
        }

        private static string Subscribed(ConnectionRig rig)
        {
            string text = string.Empty;
            foreach (string topic in rig.Link.Topics)
            {
                text += topic + " ";
            }

            return text;
        }

        private static void FallSilent(ConnectionRig rig)
        {
            rig.TickWhenDue();
            rig.TickWhenDue();
        }

        /// <summary>The link falls silent; the next one too, before its subscriptions are accepted; a third is opened.</summary>
        private static void DeafenTwice(ConnectionRig rig)
        {
            FallSilent(rig);
            rig.TickWhenDue();
            rig.Join(LinkEventKind.Joined);
            rig.Report(LinkEventKind.LinkUp);
            rig.TickWhenDue();
            rig.TickWhenDue();
            rig.Join(LinkEventKind.Joined);
        }
    }
}
