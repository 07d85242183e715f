using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>Certificates are valid for a time: a broker with TLS is connected to when the time is known.</summary>
    [TestClass]
    public class TimeBeforeTrustTests
    {
        private const string NoAnswer = "the time is not known, and certificates cannot be checked without it: no time server answered";

        [TestMethod]
        public void Broker_with_tls_waits_for_the_time()
        {
            ConnectionRig rig = Joined(true, out _);
            Assert.AreEqual("0 1", rig.Link.Connects + " " + rig.Clock.Asked);
            Respond(rig, ManualClock.Now);
            Assert.AreEqual(1, rig.Link.Connects);
            rig.Report(LinkEventKind.LinkUp);
            rig.Report(LinkEventKind.Subscribed);
            Assert.IsTrue(rig.Connection.IsOnline);
        }

        [TestMethod]
        public void Broker_without_tls_does_not()
        {
            Assert.AreEqual(1, Joined(false, out _).Link.Connects);
        }

        [TestMethod]
        public void Time_that_was_learned_before_a_sleep_counts()
        {
            ConnectionRig rig = Create(true, out _);
            rig.Clock.SetUtc(ManualClock.Now * 1000, false);
            rig.Join(LinkEventKind.Joined);
            Assert.AreEqual(1, rig.Link.Connects);
        }

        [TestMethod]
        public void Time_before_the_firmware_is_none_even_when_it_is_said_twice()
        {
            ConnectionRig rig = Joined(true, out _);
            Respond(rig, 1000000000);
            rig.Clock.Advance(1000);
            Respond(rig, 1000000001);
            Assert.AreEqual("True 0", rig.Clock.IsSynchronized + " " + rig.Link.Connects);
        }

        [TestMethod]
        public void No_time_at_all_is_said_once_and_tried_again()
        {
            ConnectionRig rig = Joined(true, out EventQueue events);
            for (int i = 0; i < 3; i++)
            {
                TickUntil(rig, ConnectionState.BackingOff);
                Assert.AreEqual(NoAnswer, rig.Connection.LastFailure);
                TickUntil(rig, ConnectionState.Joining);
                rig.Join(LinkEventKind.Joined);
            }

            Assert.AreEqual("0 1", rig.Link.Connects + " " + events.Count);
            Assert.AreEqual("{\"type\":\"time-missing\",\"reason\":\"" + NoAnswer + "\"}", Utf8.Text(events.Peek()));
            Respond(rig, ManualClock.Now);
            Assert.AreEqual(1, rig.Link.Connects);
        }

        [TestMethod]
        public void Setting_without_time_servers_is_named()
        {
            ConnectionRig rig = new ConnectionRig(new WifiNetwork[0]);
            rig.Session.Address.IsSecure = true;
            rig.Connection.Start();
            rig.Join(LinkEventKind.Joined);
            TickUntil(rig, ConnectionState.BackingOff);
            Assert.Contains("sntp has no server", rig.Connection.LastFailure);
        }

        [TestMethod]
        public void Time_that_comes_after_the_attempt_was_given_up_opens_nothing()
        {
            ConnectionRig rig = Joined(true, out _);
            TickUntil(rig, ConnectionState.BackingOff);
            Respond(rig, ManualClock.Now);
            Assert.AreEqual(0, rig.Link.Connects);
        }

        [TestMethod]
        public void Time_that_comes_after_a_stop_opens_nothing()
        {
            ConnectionRig rig = Joined(true, out _);
            rig.Connection.Stop(true);
            Respond(rig, ManualClock.Now);
            Assert.AreEqual(0, rig.Link.Connects);
        }

        private static ConnectionRig Joined(bool isSecure, out EventQueue events)
        {
            ConnectionRig rig = Create(isSecure, out events);
            rig.Join(LinkEventKind.Joined);
            return rig;
        }

        private static ConnectionRig Create(bool isSecure, out EventQueue events)
        {
            ConnectionRig rig = new ConnectionRig(new WifiNetwork[0], 1, new[] { "one", "two" });
            events = new EventQueue(rig.Clock, rig.Counters);
            rig.Connection.Events = events;
            rig.Session.Address.IsSecure = isSecure;
            rig.Connection.Start();
            return rig;
        }

        private static void Respond(ConnectionRig rig, long utcSeconds)
        {
            rig.Clock.Respond(utcSeconds);
            rig.Connection.TakeTime();
        }

        private static void TickUntil(ConnectionRig rig, ConnectionState state)
        {
            for (int i = 0; i < 20 && rig.Connection.State != state; i++)
            {
                rig.TickWhenDue();
            }
        }
    }
}
