using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>Which network and which broker is tried, and when the radio is restarted.</summary>
    [TestClass]
    public class ConnectionChoiceTests
    {
        private const long Minute = 60000;
        private const long Hour = 3600000;

        [TestMethod]
        [DataRow(0, "broker0")]
        [DataRow(1, "broker1")]
        [DataRow(2, "broker2")]
        [DataRow(3, "broker0")]
        public void Next_broker_is_tried_after_a_failed_connection(int failures, string host)
        {
            ConnectionRig rig = Started(3);
            for (int i = 0; i < failures; i++)
            {
                rig.FailToConnect();
            }

            rig.Join(LinkEventKind.Joined);
            Assert.AreEqual(host, rig.Link.Session.Address.Host);
        }

        [TestMethod]
        public void Next_broker_is_tried_after_one_that_takes_too_long()
        {
            ConnectionRig rig = Started(2);
            rig.Join(LinkEventKind.Joined);
            rig.TickWhenDue();
            rig.TickWhenDue();
            rig.Join(LinkEventKind.Joined);
            Assert.AreEqual("broker1", rig.Link.Session.Address.Host);
        }

        [TestMethod]
        public void Next_broker_is_tried_after_one_that_breaks_off_soon()
        {
            ConnectionRig rig = ConnectionRig.Online(2);
            rig.Reconnect();
            Assert.AreEqual("broker1", rig.Link.Session.Address.Host);
        }

        [TestMethod]
        public void First_broker_is_tried_first_after_a_connection_that_lasted()
        {
            ConnectionRig rig = OnSecondBroker();
            rig.ListenFor(Minute);
            rig.Reconnect();
            Assert.AreEqual("broker0", rig.Link.Session.Address.Host);
        }

        [TestMethod]
        public void Device_goes_back_to_the_first_broker_after_an_hour()
        {
            ConnectionRig rig = OnSecondBroker();
            rig.ListenFor(Hour);
            rig.TickWhenDue();
            rig.GoOnline();
            Assert.AreEqual("broker0", rig.Connection.Broker.Host);
        }

        [TestMethod]
        public void Device_stays_with_the_second_broker_for_an_hour()
        {
            ConnectionRig rig = OnSecondBroker();
            rig.ListenFor(Hour - 1);
            Assert.AreEqual("broker1 True", rig.Connection.Broker.Host + " " + rig.Connection.IsOnline);
        }

        [TestMethod]
        public void Device_stays_with_the_first_broker()
        {
            ConnectionRig rig = ConnectionRig.Online(2);
            rig.ListenFor(3 * Hour);
            Assert.AreEqual("0 True", rig.Link.UncleanCloses + " " + rig.Connection.IsOnline);
        }

        [TestMethod]
        public void Failed_join_does_not_change_the_broker()
        {
            ConnectionRig rig = Started(2);
            rig.FailToJoin();
            rig.Join(LinkEventKind.Joined);
            Assert.AreEqual("broker0", rig.Link.Session.Address.Host);
        }

        [TestMethod]
        public void Network_that_works_is_kept_after_the_link_was_lost()
        {
            ConnectionRig rig = OnSecondNetwork();
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            Assert.AreEqual("second", rig.Network.Network.Ssid);
        }

        [TestMethod]
        public void First_network_is_tried_first_after_the_network_was_lost()
        {
            ConnectionRig rig = OnSecondNetwork();
            rig.Network.Address = null;
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            Assert.AreEqual("first", rig.Network.Network.Ssid);
        }

        [TestMethod]
        [DataRow(9, 0)]
        [DataRow(10, 1)]
        public void Radio_is_restarted_after_ten_failed_joins(int failures, int restarts)
        {
            ConnectionRig rig = Started(1);
            for (int i = 0; i < failures; i++)
            {
                rig.FailToJoin();
            }

            Assert.AreEqual(restarts + " " + restarts, rig.Network.Restarts + " " + rig.Counters.RadioRestarts);
        }

        [TestMethod]
        public void Joining_goes_on_after_the_radio_was_restarted()
        {
            ConnectionRig rig = Started(1);
            for (int i = 0; i < 10; i++)
            {
                rig.FailToJoin();
            }

            Assert.AreEqual(11, rig.Network.Joins);
        }

        [TestMethod]
        [DataRow(9, "0 first")]
        [DataRow(10, "1 second")]
        public void Network_without_a_broker_is_left_for_the_next(int failures, string expected)
        {
            ConnectionRig rig = Started(1);
            for (int i = 0; i < failures; i++)
            {
                rig.FailToConnect();
            }

            Assert.AreEqual(expected, rig.Network.Leaves + " " + rig.Network.Network.Ssid);
        }

        [TestMethod]
        public void Clock_is_asked_for_once_the_network_is_joined()
        {
            ConnectionRig rig = new ConnectionRig(new WifiNetwork[0], 1, new[] { "time" });
            rig.Connection.Start();
            rig.Connection.Tick();
            int before = rig.Clock.Asked;
            rig.Join(LinkEventKind.Joined);
            Assert.AreEqual("0 1", before + " " + rig.Clock.Asked);
        }

        private static ConnectionRig Started(int brokers)
        {
            ConnectionRig rig = new ConnectionRig(new[] { new WifiNetwork("first", "password1"), new WifiNetwork("second", "password2") }, brokers);
            rig.Connection.Start();
            return rig;
        }

        private static ConnectionRig OnSecondBroker()
        {
            ConnectionRig rig = Started(2);
            rig.FailToConnect();
            rig.GoOnline();
            return rig;
        }

        private static ConnectionRig OnSecondNetwork()
        {
            ConnectionRig rig = Started(1);
            rig.FailToJoin();
            rig.GoOnline();
            return rig;
        }
    }
}
