using System.Threading;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Platform
{
    [TestClass]
    public class InboxTests
    {
        [TestMethod]
        public void Link_events_are_taken_in_order()
        {
            Inbox inbox = new Inbox(new ManualClock());
            inbox.Post(new LinkEvent(LinkEventKind.Joined, 1));
            inbox.Post(Message(5));
            inbox.Post(new LinkEvent(LinkEventKind.LinkUp, 2));
            inbox.Take();
            inbox.Take();
            Assert.AreEqual(2, inbox.Take().Attempt);
        }

        [TestMethod]
        public void Empty_inbox_gives_nothing()
        {
            Assert.IsNull(new Inbox(new ManualClock()).Take());
        }

        [TestMethod]
        public void Inbox_is_empty_when_everything_was_taken()
        {
            Inbox inbox = new Inbox(new ManualClock());
            inbox.Post(Message(1));
            inbox.Take();
            Assert.IsTrue(inbox.IsEmpty);
        }

        [TestMethod]
        public void Inbox_is_not_empty_while_a_link_event_waits()
        {
            Inbox inbox = new Inbox(new ManualClock());
            inbox.Post(new LinkEvent(LinkEventKind.Joined, 1));
            Assert.IsFalse(inbox.IsEmpty);
        }

        [TestMethod]
        public void Link_event_ends_the_wait()
        {
            ManualClock clock = new ManualClock();
            new Inbox(clock).Post(new LinkEvent(LinkEventKind.Joined, 1));
            Assert.AreEqual(1, clock.Wakes);
        }

        [TestMethod]
        public void As_many_messages_as_there_is_room_for_are_taken()
        {
            Inbox inbox = WithMessages(Inbox.MaxMessages, 1);
            Assert.AreEqual(0, inbox.Dropped);
        }

        [TestMethod]
        public void One_message_more_is_dropped()
        {
            Inbox inbox = WithMessages(Inbox.MaxMessages + 1, 1);
            Assert.AreEqual(1, inbox.Dropped);
        }

        [TestMethod]
        public void Dropped_message_does_not_come_out()
        {
            Inbox inbox = WithMessages(40, 1);
            Assert.AreEqual(Inbox.MaxMessages, CountWaiting(inbox));
        }

        [TestMethod]
        [DataRow(8192, 0)]
        [DataRow(8193, 1)]
        public void One_message_may_fill_the_room_for_bytes(int length, int dropped)
        {
            Inbox inbox = WithMessages(1, length);
            Assert.AreEqual(dropped, inbox.Dropped);
        }

        [TestMethod]
        [DataRow(4096, 0)]
        [DataRow(4097, 1)]
        public void Bytes_of_all_messages_are_bounded(int length, int dropped)
        {
            Inbox inbox = WithMessages(1, 4096);
            inbox.Post(Message(length));
            Assert.AreEqual(dropped, inbox.Dropped);
        }

        [TestMethod]
        public void Small_message_still_finds_room_after_a_large_one_was_dropped()
        {
            Inbox inbox = WithMessages(1, 8000);
            inbox.Post(Message(1000));
            inbox.Post(Message(100));
            Assert.AreEqual(2, CountWaiting(inbox));
        }

        [TestMethod]
        public void Room_for_messages_comes_back_when_one_is_taken()
        {
            Inbox inbox = WithMessages(Inbox.MaxMessages, 1);
            inbox.Take();
            inbox.Post(Message(1));
            Assert.AreEqual(0, inbox.Dropped);
        }

        [TestMethod]
        public void Room_for_bytes_comes_back_when_a_message_is_taken()
        {
            Inbox inbox = WithMessages(2, 4096);
            inbox.Take();
            inbox.Post(Message(4096));
            Assert.AreEqual(0, inbox.Dropped);
        }

        [TestMethod]
        public void Other_link_events_are_never_dropped()
        {
            Inbox inbox = WithMessages(16, 512);
            for (int i = 0; i < 100; i++)
            {
                inbox.Post(new LinkEvent(LinkEventKind.Acknowledged, 1) { MessageId = i });
            }

            Assert.AreEqual(116, CountWaiting(inbox));
        }

        [TestMethod]
        public void Other_link_events_use_no_room_for_messages()
        {
            Inbox inbox = new Inbox(new ManualClock());
            for (int i = 0; i < 100; i++)
            {
                inbox.Post(new LinkEvent(LinkEventKind.Acknowledged, 1));
            }

            inbox.Post(Message(8192));
            Assert.AreEqual(0, inbox.Dropped);
        }

        [TestMethod]
        public void Message_is_admitted_while_there_is_room()
        {
            Assert.IsTrue(Connected(1).Admit(1, 100));
        }

        [TestMethod]
        public void Message_larger_than_any_is_refused_and_counted()
        {
            Inbox inbox = Connected(1);
            Assert.AreEqual("False 1", inbox.Admit(1, Inbox.LargestMessage + 1) + " " + inbox.Dropped);
        }

        [TestMethod]
        public void Message_of_an_earlier_connection_is_refused()
        {
            Assert.IsFalse(Connected(2).Admit(1, 100));
        }

        [TestMethod]
        public void Late_report_of_an_earlier_attempt_does_not_close_the_present_connection()
        {
            Inbox inbox = Connected(2);
            inbox.Post(new LinkEvent(LinkEventKind.LinkUp, 1));
            Assert.AreEqual("True False", inbox.Admit(2, 100) + " " + inbox.Admit(1, 100));
        }

        [TestMethod]
        public void Message_waits_until_the_connection_is_reported()
        {
            Inbox inbox = Connected(1);
            new Thread(() => inbox.Post(new LinkEvent(LinkEventKind.LinkUp, 2))).Start();
            Assert.IsTrue(inbox.Admit(2, 100));
        }

        [TestMethod]
        public void Message_waits_until_one_is_taken()
        {
            Inbox inbox = Connected(1);
            for (int i = 0; i < Inbox.MaxMessages; i++)
            {
                inbox.Admit(1, 100);
                inbox.Post(Message(100));
            }

            new Thread(() => inbox.Take()).Start();
            Assert.AreEqual("True 0", inbox.Admit(1, 100) + " " + inbox.Dropped);
        }

        [TestMethod]
        public void Admitted_messages_together_have_room()
        {
            Inbox inbox = Connected(1);
            inbox.Admit(1, 3000);
            new Thread(() =>
            {
                inbox.Post(Message(3000));
                inbox.Take();
            }).Start();
            inbox.Admit(1, 3000);
            Assert.AreEqual(0, CountWaiting(inbox));
        }

        [TestMethod]
        public void Admitted_messages_that_the_client_lost_do_not_block_the_next()
        {
            Inbox inbox = Connected(1);
            for (int i = 0; i < 2; i++)
            {
                Assert.IsTrue(inbox.Admit(1, Inbox.LargestMessage));
            }
        }

        // The loop has taken what there was.
        private static Inbox Connected(int attempt)
        {
            Inbox inbox = new Inbox(new ManualClock());
            inbox.Post(new LinkEvent(LinkEventKind.LinkUp, attempt));
            inbox.Take();
            return inbox;
        }

        private static LinkEvent Message(int length) => new LinkEvent(LinkEventKind.Message, 1) { Payload = new byte[length] };

        private static Inbox WithMessages(int count, int length)
        {
            Inbox inbox = new Inbox(new ManualClock());
            for (int i = 0; i < count; i++)
            {
                inbox.Post(Message(length));
            }

            return inbox;
        }

        private static int CountWaiting(Inbox inbox)
        {
            int count = 0;
            while (inbox.Take() != null)
            {
                count++;
            }

            return count;
        }
    }
}
