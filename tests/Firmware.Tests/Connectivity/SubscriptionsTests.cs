using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>What a broker grants and refuses.</summary>
    [TestClass]
    public class SubscriptionsTests
    {
        private const byte NotAuthorized = 135;

        [TestMethod]
        [DataRow(8, "8 ")]
        [DataRow(9, "8 1 ")]
        [DataRow(20, "8 8 4 ")]
        public void Packet_has_at_most_8_filters(int count, string packets)
        {
            Subscriptions subscriptions = Begun(count, null);
            string sizes = string.Empty;
            for (string[] next = subscriptions.Next(); next != null; next = subscriptions.Next())
            {
                sizes += next.Length + " ";
                subscriptions.Take(new byte[next.Length], 0, null);
            }

            Assert.AreEqual(packets, sizes);
        }

        [TestMethod]
        public void Refused_filter_is_an_event_with_the_reason()
        {
            EventQueue events = Events();
            Refuse(Begun(3, null), events, 0);
            Assert.AreEqual("{'type':'subscription-refused','filter':'f1','reason':'not authorized (reason 135)'}", Text(events));
        }

        [TestMethod]
        public void Refused_filter_alone_is_asked_for_again()
        {
            Subscriptions subscriptions = Begun(12, null);
            Refuse(subscriptions, null, 0);
            subscriptions.Next();
            subscriptions.Take(new byte[4], 0, null);
            subscriptions.Retry(subscriptions.RetryAt);
            Assert.AreEqual("f1", Joined(subscriptions.Next()));
        }

        [TestMethod]
        public void Pauses_grow_to_an_hour()
        {
            Subscriptions subscriptions = Begun(3, null);
            Refuse(subscriptions, null, 0);
            string pauses = string.Empty;
            for (int i = 0; i < 11; i++)
            {
                long now = subscriptions.RetryAt;
                pauses += (subscriptions.Retry(now - 1) ? "early " : string.Empty) + subscriptions.Retry(now) + " ";
                Joined(subscriptions.Next());
                subscriptions.Take(new byte[] { NotAuthorized }, now, null);
                pauses += (subscriptions.RetryAt - now) / 1000 + " ";
            }

            Assert.AreEqual("True 20 True 40 True 80 True 160 True 320 True 640 True 1280 True 2560 True 3600 True 3600 True 3600 ", pauses);
        }

        [TestMethod]
        public void Filter_that_is_refused_again_is_no_second_event()
        {
            EventQueue events = Events();
            Subscriptions subscriptions = Begun(3, null);
            Refuse(subscriptions, events, 0);
            Again(subscriptions, events, NotAuthorized);
            Assert.AreEqual(1, events.Count);
        }

        [TestMethod]
        public void Filter_that_is_granted_after_all_is_an_event_and_not_asked_for_again()
        {
            EventQueue events = Events();
            Subscriptions subscriptions = Begun(3, null);
            Refuse(subscriptions, events, 0);
            Again(subscriptions, events, 1);
            events.Peek();
            events.Remove();
            Assert.AreEqual("{'type':'subscription-recovered','filter':'f1'} 0 True", Text(events) + " " + subscriptions.Refused + " " + (subscriptions.RetryAt == long.MaxValue));
        }

        [TestMethod]
        public void Answer_that_does_not_come_is_not_waited_for_without_end()
        {
            Subscriptions subscriptions = Begun(3, null);
            Refuse(subscriptions, null, 0);
            subscriptions.Retry(subscriptions.RetryAt);
            subscriptions.Next();
            subscriptions.Retry(subscriptions.RetryAt);
            Assert.AreEqual("f1", Joined(subscriptions.Next()));
        }

        [TestMethod]
        public void Refusal_of_the_optional_filter_is_no_event_and_not_tried_again()
        {
            EventQueue events = Events();
            Subscriptions subscriptions = Begun(2, "f1");
            subscriptions.Next();
            bool isGranted = subscriptions.Take(new byte[] { 1, NotAuthorized }, 0, events);
            Assert.AreEqual("False 0 True", isGranted + " " + events.Count + " " + (subscriptions.RetryAt == long.MaxValue));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(40)]
        public void Answer_with_another_number_of_codes_does_no_harm(int codes)
        {
            Subscriptions subscriptions = Begun(3, null);
            subscriptions.Next();
            subscriptions.Take(new byte[codes], 0, null);
            Assert.AreEqual(0, subscriptions.Refused);
        }

        [TestMethod]
        public void Refused_filters_are_known_by_name()
        {
            Subscriptions subscriptions = Begun(3, null);
            Refuse(subscriptions, null, 0);
            Assert.AreEqual("f1", Joined(subscriptions.RefusedFilters()));
        }

        private static EventQueue Events() => new EventQueue(new ManualClock(), new Counters());

        private static string Text(EventQueue events) => Quotes.Single(Utf8.Text(events.Peek()));

        private static Subscriptions Begun(int count, string optional)
        {
            string[] filters = Texts.New(count);
            for (int i = 0; i < count; i++)
            {
                filters[i] = "f" + i;
            }

            Subscriptions subscriptions = new Subscriptions();
            subscriptions.Begin(filters, optional);
            return subscriptions;
        }

        /// <summary>The broker refuses the second filter of the first packet.</summary>
        private static void Refuse(Subscriptions subscriptions, EventQueue events, long now)
        {
            byte[] codes = new byte[subscriptions.Next().Length];
            codes[1] = NotAuthorized;
            subscriptions.Take(codes, now, events);
        }

        private static void Again(Subscriptions subscriptions, EventQueue events, byte code)
        {
            long now = subscriptions.RetryAt;
            subscriptions.Retry(now);
            subscriptions.Next();
            subscriptions.Take(new[] { code }, now, events);
        }

        private static string Joined(string[] texts)
        {
            string all = string.Empty;
            foreach (string text in texts)
            {
                all += text;
            }

            return all;
        }
    }
}
