using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>Brokers that refuse MQTT 5.</summary>
    [TestClass]
    public class ConnectionVersionTests
    {
        [TestMethod]
        [DataRow(ReasonText.VersionRefused)]
        [DataRow(ReasonText.VersionRefused311)]
        [DataRow(BrokerSession.NoConnack)]
        public void Broker_that_refuses_version_5_is_tried_with_the_old_one(int reason)
        {
            ConnectionRig rig = Refused(reason);
            Assert.AreEqual("broker0 False", rig.Link.Session.Address.Host + " " + rig.Link.Session.IsVersion5);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(134)]
        [DataRow(ReasonText.RetainNotSupported)]
        public void Other_failures_are_not_put_down_to_the_version(int reason)
        {
            ConnectionRig rig = Refused(reason);
            Assert.IsTrue(rig.Session.IsVersion5);
        }

        [TestMethod]
        public void Old_version_is_reported_once_it_is_accepted()
        {
            ConnectionRig rig = Refused(ReasonText.VersionRefused);
            int before = rig.Connection.Events.Count;
            rig.Report(LinkEventKind.LinkUp);
            rig.Report(LinkEventKind.Subscribed);
            Assert.AreEqual("0 {'type':'mqtt-version','version':'3.1.1','reason':'no such broker'}", before + " " + Event(rig));
        }

        [TestMethod]
        public void Version_5_is_tried_again_when_the_old_one_fails_as_well()
        {
            ConnectionRig rig = Refused(BrokerSession.NoConnack);
            rig.Session.Reason = BrokerSession.NoConnack;
            rig.Report(LinkEventKind.LinkDown);
            Assert.AreEqual("True 0", rig.Session.IsVersion5 + " " + rig.Connection.Events.Count);
        }

        [TestMethod]
        public void Old_version_is_kept_after_the_connection_was_lost()
        {
            ConnectionRig rig = Refused(ReasonText.VersionRefused);
            rig.Report(LinkEventKind.LinkUp);
            rig.Report(LinkEventKind.Subscribed);
            rig.Reconnect();
            Assert.AreEqual("False 1", rig.Session.IsVersion5 + " " + rig.Connection.Events.Count);
        }

        [TestMethod]
        [DataRow("broker0", false)]
        [DataRow("another", true)]
        public void Old_version_is_kept_for_the_same_broker_when_settings_change(string host, bool isVersion5)
        {
            ConnectionRig rig = Refused(ReasonText.VersionRefused);
            rig.Report(LinkEventKind.LinkUp);
            rig.Connection.Stop(true);
            ConnectionPlan plan = new ConnectionPlan
            {
                Sessions = BrokerSession.ForEach(new[] { new BrokerAddress(host, 1883, null, null) }, "id", "will", "lost", MqttVersion.V5),
                Topics = new string[0],
                PingTopic = ConnectionRig.Ping,
            };
            rig.Connection.Restart(plan);
            Assert.AreEqual(isVersion5, plan.Sessions[0].IsVersion5);
        }

        [TestMethod]
        [DataRow(4, "bad user name or password (reason 4)")]
        [DataRow(135, "not authorized (reason 135)")]
        [DataRow(156, "use another server (reason 156)")]
        [DataRow(142, "taken over by another client with this id (reason 142)")]
        [DataRow(200, "refused (reason 200)")]
        public void Reason_has_words_and_a_number(int code, string text) => Assert.AreEqual(text, ReasonText.Of(code));

        private static string Event(ConnectionRig rig) => Quotes.Single(Utf8.Text(rig.Connection.Events.Peek()));

        /// <summary>A connection whose first of two brokers has refused it, and that is trying again.</summary>
        private static ConnectionRig Refused(int reason)
        {
            ConnectionRig rig = new ConnectionRig(new WifiNetwork[0], 2);
            rig.Connection.Events = new EventQueue(rig.Clock, rig.Counters);
            rig.Connection.Start();
            rig.Join(LinkEventKind.Joined);
            rig.Session.Reason = reason;
            rig.Report(LinkEventKind.LinkDown);
            rig.TickWhenDue();
            rig.Join(LinkEventKind.Joined);
            rig.Session.Reason = 0;
            return rig;
        }
    }
}
