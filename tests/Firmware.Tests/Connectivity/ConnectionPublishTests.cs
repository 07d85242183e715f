using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>Publishing, and leaving on purpose.</summary>
    [TestClass]
    public class ConnectionPublishTests
    {
        [TestMethod]
        public void Message_has_the_id_that_the_link_gave()
        {
            Assert.AreEqual(1, ConnectionRig.Online().Connection.Publish("a/b", new byte[1], false));
        }

        [TestMethod]
        public void Message_is_published_with_acknowledgement()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Connection.Publish("a/b", new byte[1], false);
            Assert.AreEqual(1, rig.Link[0].Qos);
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Message_is_retained_when_asked_for(bool retain)
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Connection.Publish("a/b", new byte[1], retain);
            Assert.AreEqual(retain, rig.Link[0].IsRetained);
        }

        [TestMethod]
        public void Message_is_not_taken_while_there_is_no_connection()
        {
            ConnectionRig rig = new ConnectionRig();
            rig.Connection.Start();
            rig.Join(LinkEventKind.Joined);
            Assert.AreEqual(0, rig.Connection.Publish("a/b", new byte[1], false));
        }

        // A request may come in before the broker has accepted all subscriptions.
        [TestMethod]
        public void Message_is_taken_before_the_subscriptions_are_accepted()
        {
            ConnectionRig rig = new ConnectionRig();
            rig.Connection.Start();
            rig.Join(LinkEventKind.Joined);
            rig.Report(LinkEventKind.LinkUp);
            Assert.AreEqual(1, rig.Connection.Publish("a/b", new byte[1], false));
        }

        [TestMethod]
        public void Message_does_not_reach_the_link_while_there_is_no_connection()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Report(LinkEventKind.LinkDown);
            rig.Connection.Publish("a/b", new byte[1], false);
            Assert.AreEqual(0, rig.Link.Count);
        }

        [TestMethod]
        public void Message_that_the_link_does_not_take_has_no_id()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Link.TakesMessages = false;
            Assert.AreEqual(0, rig.Connection.Publish("a/b", new byte[1], false));
        }

        [TestMethod]
        public void Stop_disconnects_in_order()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Connection.Stop(true);
            Assert.AreEqual(1, rig.Link.CleanCloses);
        }

        // A link may take the second call for the order to break off: then the broker publishes the will.
        [TestMethod]
        public void Stop_does_not_also_drop_the_connection()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Connection.Stop(true);
            Assert.AreEqual(0, rig.Link.UncleanCloses);
        }

        [TestMethod]
        public void Stop_ends_the_connection()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Connection.Stop(true);
            Assert.AreEqual((int)ConnectionState.Off, (int)rig.Connection.State);
        }

        [TestMethod]
        public void Stopped_connection_has_no_due_time()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Connection.Stop(true);
            Assert.AreEqual(long.MaxValue, rig.Connection.DueAt);
        }

        [TestMethod]
        public void Link_events_after_a_stop_are_ignored()
        {
            ConnectionRig rig = new ConnectionRig();
            rig.Connection.Start();
            rig.Connection.Stop(true);
            rig.Join(LinkEventKind.Joined);
            Assert.AreEqual(0, rig.Link.Connects);
        }

        [TestMethod]
        public void Connection_that_was_stopped_can_be_started()
        {
            ConnectionRig rig = ConnectionRig.Online();
            rig.Connection.Stop(true);
            rig.Connection.Start();
            rig.GoOnline();
            Assert.IsTrue(rig.Connection.IsOnline);
        }
    }
}
