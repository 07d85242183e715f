using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    [TestClass]
    public class ConnectionTests
    {
        [TestMethod]
        public void Nothing_is_joined_before_the_start()
        {
            ConnectionRig rig = new ConnectionRig();
            rig.Connection.Tick();
            Assert.AreEqual(0, rig.Network.Joins);
        }

        [TestMethod]
        public void First_network_is_joined_first()
        {
            Assert.AreEqual("first", Started().Network.Network.Ssid);
        }

        [TestMethod]
        public void Stored_network_is_joined_when_none_is_set()
        {
            ConnectionRig rig = new ConnectionRig(new WifiNetwork[0]);
            rig.Connection.Start();
            Assert.AreEqual("1 stored", rig.Network.Joins + (rig.Network.Network == null ? " stored" : " other"));
        }

        [TestMethod]
        public void Second_network_is_tried_after_a_failed_join()
        {
            ConnectionRig rig = Started();
            rig.Join(LinkEventKind.JoinFailed);
            rig.TickWhenDue();
            Assert.AreEqual("second", rig.Network.Network.Ssid);
        }

        [TestMethod]
        public void First_network_is_tried_again_after_the_last_one()
        {
            ConnectionRig rig = Started();
            rig.Join(LinkEventKind.JoinFailed);
            rig.TickWhenDue();
            rig.Join(LinkEventKind.JoinFailed);
            rig.TickWhenDue();
            Assert.AreEqual("first", rig.Network.Network.Ssid);
        }

        [TestMethod]
        public void Second_network_is_tried_after_a_join_that_took_too_long()
        {
            ConnectionRig rig = Started();
            rig.TickWhenDue();
            rig.TickWhenDue();
            Assert.AreEqual("second", rig.Network.Network.Ssid);
        }

        [TestMethod]
        public void Same_network_is_joined_again_after_the_link_was_lost()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            Assert.AreEqual("first", rig.Network.Network.Ssid);
        }

        [TestMethod]
        public void Broker_is_connected_to_once_the_network_is_joined()
        {
            ConnectionRig rig = Started();
            rig.Join(LinkEventKind.Joined);
            Assert.AreSame(rig.Session, rig.Link.Session);
        }

        [TestMethod]
        public void Topics_are_subscribed_to_once_the_broker_has_accepted()
        {
            ConnectionRig rig = Started();
            rig.Join(LinkEventKind.Joined);
            rig.Report(LinkEventKind.LinkUp);
            CollectionAssert.AreEqual(new[] { "a", "b", ConnectionRig.Ping, "offers", "own/blocks/+/+" }, rig.Link.Topics);
        }

        [TestMethod]
        public void Subscriptions_accepted_twice_are_no_reconnection()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Report(LinkEventKind.Subscribed);
            Assert.AreEqual(0, rig.Counters.Reconnects);
        }

        [TestMethod]
        public void Connection_is_online_once_the_subscriptions_are_accepted()
        {
            Assert.IsTrue(ConnectionRig.Online().Connection.IsOnline);
        }

        [TestMethod]
        public void Subscription_that_cannot_be_sent_is_tried_again_later()
        {
            ConnectionRig rig = RefusedSubscription();
            Assert.AreEqual((int)ConnectionState.BackingOff, (int)rig.Connection.State);
        }

        [TestMethod]
        public void Subscription_that_cannot_be_sent_is_a_failure()
        {
            Assert.IsNotNull(RefusedSubscription().Connection.LastFailure);
        }

        [TestMethod]
        [DataRow((int)LinkEventKind.Joined)]
        [DataRow((int)LinkEventKind.JoinFailed)]
        public void Link_event_of_an_earlier_join_is_ignored(int kind)
        {
            ConnectionRig rig = Started();
            int earlier = rig.Network.Attempt;
            rig.TickWhenDue();
            rig.TickWhenDue();
            rig.Connection.Handle(new LinkEvent((LinkEventKind)kind, earlier));
            Assert.AreEqual((int)ConnectionState.Joining, (int)rig.Connection.State);
        }

        [TestMethod]
        public void Join_that_succeeds_after_its_time_is_ignored_during_the_pause()
        {
            ConnectionRig rig = Started();
            rig.TickWhenDue();
            rig.Join(LinkEventKind.Joined);
            Assert.AreEqual(0, rig.Link.Connects);
        }

        [TestMethod]
        public void Join_that_fails_twice_skips_no_network()
        {
            ConnectionRig rig = Started();
            rig.Join(LinkEventKind.JoinFailed);
            rig.Join(LinkEventKind.JoinFailed);
            rig.TickWhenDue();
            Assert.AreEqual("second", rig.Network.Network.Ssid);
        }

        [TestMethod]
        [DataRow((int)LinkEventKind.LinkUp)]
        [DataRow((int)LinkEventKind.LinkDown)]
        [DataRow((int)LinkEventKind.Subscribed)]
        public void Link_event_of_an_earlier_connection_is_ignored(int kind)
        {
            ConnectionRig rig = ConnectionRig.Online();
            int earlier = rig.Link.Attempt;
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            rig.Join(LinkEventKind.Joined);
            rig.Connection.Handle(new LinkEvent((LinkEventKind)kind, earlier));
            Assert.AreEqual((int)ConnectionState.Connecting, (int)rig.Connection.State);
        }

        [TestMethod]
        [DataRow((int)LinkEventKind.Acknowledged)]
        [DataRow((int)LinkEventKind.NotAcknowledged)]
        [DataRow((int)LinkEventKind.Message)]
        public void Link_event_that_is_not_about_the_connection_changes_nothing(int kind)
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Report((LinkEventKind)kind);
            Assert.IsTrue(rig.Connection.IsOnline);
        }

        [TestMethod]
        public void Lost_link_is_closed()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Report(LinkEventKind.LinkDown);
            Assert.AreEqual(1, rig.Link.UncleanCloses);
        }

        [TestMethod]
        public void Lost_link_has_its_reason()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Report(LinkEventKind.LinkDown);
            Assert.AreEqual("no such broker", rig.Connection.LastFailure);
        }

        [TestMethod]
        public void Failed_join_has_its_reason()
        {
            ConnectionRig rig = Started();
            rig.Join(LinkEventKind.JoinFailed);
            Assert.AreEqual("no such network", rig.Connection.LastFailure);
        }

        [TestMethod]
        public void Join_that_took_too_long_has_its_reason()
        {
            ConnectionRig rig = Started();
            rig.TickWhenDue();
            Assert.AreEqual("the network was not joined in time", rig.Connection.LastFailure);
        }

        [TestMethod]
        public void Broker_that_took_too_long_has_its_reason()
        {
            ConnectionRig rig = Started();
            rig.Join(LinkEventKind.Joined);
            rig.TickWhenDue();
            Assert.AreEqual("the broker did not respond in time", rig.Connection.LastFailure);
        }

        [TestMethod]
        public void Failure_is_forgotten_once_the_device_is_online()
        {
            ConnectionRig rig = Started();
            rig.Join(LinkEventKind.JoinFailed);
            rig.TickWhenDue();
            rig.GoOnline();
            Assert.IsNull(rig.Connection.LastFailure);
        }

        [TestMethod]
        public void First_connection_is_no_reconnection()
        {
            Assert.AreEqual(0, ConnectionRig.Online().Counters.Reconnects);
        }

        [TestMethod]
        public void Second_connection_is_a_reconnection()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            rig.GoOnline();
            Assert.AreEqual(1, rig.Counters.Reconnects);
        }

        private static ConnectionRig Started()
        {
            ConnectionRig rig = new ConnectionRig();
            rig.Connection.Start();
            return rig;
        }

        private static ConnectionRig RefusedSubscription()
        {
            ConnectionRig rig = Started();
            rig.Link.TakesSubscriptions = false;
            rig.Join(LinkEventKind.Joined);
            rig.Report(LinkEventKind.LinkUp);
            return rig;
        }
    }
}
