using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>Another plan for a connection that runs.</summary>
    [TestClass]
    public class ConnectionRestartTests
    {
        [TestMethod]
        public void Restart_joins_the_network_of_the_new_plan()
        {
            ConnectionRig rig = ConnectionRig.Online();
            Restart(rig);
            Assert.AreEqual("other", rig.Network.Network.Ssid);
        }

        [TestMethod]
        public void Restart_leaves_the_old_network_first()
        {
            ConnectionRig rig = ConnectionRig.Online();
            int leaves = rig.Network.Leaves;
            Restart(rig);
            Assert.AreEqual(leaves + 1, rig.Network.Leaves);
        }

        [TestMethod]
        public void Restart_connects_to_the_broker_of_the_new_plan()
        {
            ConnectionRig rig = ConnectionRig.Online();
            Restart(rig);
            rig.GoOnline();
            Assert.AreEqual("elsewhere True", rig.Connection.Broker.Host + " " + rig.Connection.IsOnline);
        }

        [TestMethod]
        public void Restart_subscribes_to_the_topics_of_the_new_plan()
        {
            ConnectionRig rig = ConnectionRig.Online();
            Restart(rig);
            Assert.IsTrue(rig.Absorb(LinkEventKind.Message, "a") && !rig.Absorb(LinkEventKind.Message, "c"));
        }

        [TestMethod]
        public void Link_event_of_the_old_connection_is_ignored()
        {
            ConnectionRig rig = ConnectionRig.Online();
            LinkEvent late = new LinkEvent(LinkEventKind.LinkDown, rig.Link.Attempt);
            Restart(rig);
            rig.Connection.Handle(late);
            Assert.AreEqual((int)ConnectionState.Joining, (int)rig.Connection.State);
        }

        [TestMethod]
        public void First_connection_of_the_new_plan_is_no_reconnection()
        {
            ConnectionRig rig = ConnectionRig.Online();
            Restart(rig);
            rig.GoOnline();
            Assert.AreEqual(0, rig.Counters.Reconnects + rig.Counters.SessionsLost);
        }

        [TestMethod]
        public void Pauses_of_the_new_plan_begin_at_the_shortest()
        {
            ConnectionRig rig = new ConnectionRig();
            rig.Connection.Start();
            for (int i = 0; i < 10; i++)
            {
                rig.FailToJoin();
            }

            Restart(rig);
            rig.Join(LinkEventKind.JoinFailed);
            Assert.IsTrue(rig.Connection.DueAt - rig.Clock.Uptime <= 1000);
        }

        private static void Restart(ConnectionRig rig)
        {
            rig.Connection.Stop(true);
            rig.Connection.Restart(Plan());
        }

        private static ConnectionPlan Plan() => new ConnectionPlan
        {
            Networks = new[] { new WifiNetwork("other", "password1") },
            Sessions = BrokerSession.ForEach(new[] { new BrokerAddress("elsewhere", 1883, null, null) }, "id", "will", "lost", MqttVersion.V5),
            Topics = new[] { "c" },
            PingTopic = ConnectionRig.Ping,
            Seed = 7,
        };
    }
}
