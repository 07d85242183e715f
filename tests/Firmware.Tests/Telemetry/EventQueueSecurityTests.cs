using Firmware.Platform;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>What may mean an attack is reported, and cannot flood.</summary>
    [TestClass]
    public class EventQueueSecurityTests
    {
        private const string Reason = "request-refused";

        [TestMethod]
        public void First_event_of_a_reason_is_published()
        {
            EventQueue queue = new EventQueue(new ManualClock(), new Counters());
            queue.Security(Reason, "restart from viewer");
            Assert.AreEqual(SingleQuoted.Text("{'type':'security','reason':'request-refused','detail':'restart from viewer'}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Event_without_a_detail_has_none()
        {
            EventQueue queue = new EventQueue(new ManualClock(), new Counters());
            queue.Security("safe-mode", null);
            Assert.AreEqual(SingleQuoted.Text("{'type':'security','reason':'safe-mode'}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Reason_whose_event_still_waits_is_only_counted()
        {
            Rig rig = new Rig();
            rig.Queue.Security(Reason, null);
            rig.Clock.Advance(10 * EventQueue.LongSecurityPause);
            rig.Queue.Security(Reason, null);
            Assert.AreEqual("1 2", rig.Queue.Count + " " + rig.Counters.Security);
        }

        [TestMethod]
        public void Next_event_after_the_pause_says_how_many_were_suppressed()
        {
            Rig rig = new Rig();
            rig.Publish();
            for (int i = 0; i < 7; i++)
            {
                rig.Queue.Security(Reason, null);
            }

            rig.Clock.Advance(EventQueue.LongSecurityPause);
            Assert.AreEqual(SingleQuoted.Text("{'type':'security','reason':'request-refused','suppressed':7}"), rig.Publish());
            rig.Clock.Advance(EventQueue.SecurityPause);
            Assert.AreEqual(SingleQuoted.Text("{'type':'security','reason':'request-refused'}"), rig.Publish());
        }

        [TestMethod]
        public void Single_event_after_a_minute_is_published()
        {
            Rig rig = new Rig();
            rig.Publish();
            rig.Clock.Advance(EventQueue.SecurityPause);
            Assert.IsNotNull(rig.Publish());
        }

        [TestMethod]
        public void Day_of_constant_attack_gives_one_event_in_ten_minutes()
        {
            Rig rig = new Rig();
            int published = 0;
            for (int second = 0; second < 86400; second++)
            {
                published += rig.Publish() == null ? 0 : 1;
                rig.Clock.Advance(1000);
            }

            Assert.AreEqual("144 86400", published + " " + rig.Counters.Security);
        }

        [TestMethod]
        public void One_reason_does_not_hide_another()
        {
            Rig rig = new Rig();
            rig.Publish();
            rig.Queue.Security(Reason, null);
            rig.Queue.Security("update-signature", null);
            Assert.AreEqual(SingleQuoted.Text("{'type':'security','reason':'update-signature'}"), Utf8.Text(rig.Queue.Peek()));
        }

        [TestMethod]
        public void More_reasons_than_the_device_has_displace_only_the_last_one()
        {
            Rig rig = new Rig();
            int published = 0;
            for (int i = 0; i < 40; i++)
            {
                rig.Queue.Security("reason " + i, null);
                published += rig.Queue.Count;
                rig.Queue.Peek();
                rig.Queue.Remove();
            }

            Assert.AreEqual(8, published);
        }

        [TestMethod]
        public void Alarms_go_before_and_leave_no_room()
        {
            Rig rig = new Rig();
            for (int i = 0; i < EventQueue.Capacity; i++)
            {
                rig.Queue.End(EventQueue.Begin("alarm"), true);
            }

            rig.Queue.Security(Reason, null);
            Assert.AreEqual("8 1 1", rig.Queue.Count + " " + rig.Counters.EventsDropped + " " + rig.Counters.Security);
        }

        private sealed class Rig
        {
            public Rig()
            {
                Queue = new EventQueue(Clock, Counters);
            }

            public ManualClock Clock { get; } = new ManualClock();

            public Counters Counters { get; } = new Counters();

            public EventQueue Queue { get; }

            /// <summary>Something happens, and what waits is acknowledged at once; null for nothing.</summary>
            public string Publish()
            {
                Queue.Security(Reason, null);
                byte[] payload = Queue.Peek();
                Queue.Remove();
                return payload == null ? null : Utf8.Text(payload);
            }
        }
    }
}
