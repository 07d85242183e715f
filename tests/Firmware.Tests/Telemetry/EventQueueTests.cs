using Firmware.Platform;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    [TestClass]
    public class EventQueueTests
    {
        [TestMethod]
        public void New_event_queue_is_empty()
        {
            Assert.IsNull(Create().Peek());
        }

        [TestMethod]
        public void Sensor_fault_names_sensor_and_reason()
        {
            EventQueue queue = Create();
            queue.SensorFault("bme280@76", "no answer");
            Assert.AreEqual(Json("{'type':'sensor-fault','sensor':'bme280@76','reason':'no answer'}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Sensor_recovery_has_no_reason()
        {
            EventQueue queue = Create();
            queue.SensorRecovery("bme280@76");
            Assert.AreEqual(Json("{'type':'sensor-recovered','sensor':'bme280@76'}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Reading_fault_names_channel_and_reason()
        {
            EventQueue queue = Create();
            queue.ReadingFault("humidity", "out of range");
            Assert.AreEqual(Json("{'type':'reading-fault','channel':'humidity','reason':'out of range'}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Reading_recovery_names_the_channel()
        {
            EventQueue queue = Create();
            queue.ReadingRecovery("humidity");
            Assert.AreEqual(Json("{'type':'reading-recovered','channel':'humidity'}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Event_without_a_subject_has_its_type_alone()
        {
            EventQueue queue = Create();
            queue.Add("boot", null, null, null);
            Assert.AreEqual(Json("{'type':'boot'}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Event_has_the_time_at_which_it_happened()
        {
            ManualClock clock = new ManualClock();
            clock.Synchronize();
            EventQueue queue = new EventQueue(clock, new Counters());
            queue.SensorRecovery("a");
            clock.Advance(5000);
            Assert.Contains("\"time\":1795366425}", Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Text_of_an_event_is_escaped()
        {
            EventQueue queue = Create();
            queue.Add("x", null, null, "a\"b\\c\nd");
            Assert.AreEqual("{\"type\":\"x\",\"reason\":\"a\\\"b\\\\c\\nd\"}", Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Events_come_out_in_order()
        {
            EventQueue queue = Filled(8);
            Assert.AreEqual("01234567", Drain(queue));
        }

        [TestMethod]
        public void Oldest_event_is_dropped_when_too_many_wait()
        {
            EventQueue queue = Filled(10);
            Assert.AreEqual("23456789", Drain(queue));
        }

        [TestMethod]
        public void Events_that_had_to_go_are_counted()
        {
            Counters counters = new Counters();
            EventQueue queue = new EventQueue(new ManualClock(), counters);
            Fill(queue, 10);
            Assert.AreEqual(2, counters.EventsDropped);
        }

        [TestMethod]
        public void Events_that_were_removed_are_not_counted_as_dropped()
        {
            Counters counters = new Counters();
            EventQueue queue = new EventQueue(new ManualClock(), counters);
            Fill(queue, 3);
            Drain(queue);
            Assert.AreEqual(0, counters.EventsDropped);
        }

        [TestMethod]
        public void Room_comes_back_when_an_event_is_removed()
        {
            EventQueue queue = Filled(8);
            queue.Peek();
            queue.Remove();
            queue.Peek();
            queue.Remove();
            Fill(queue, 2);
            Assert.AreEqual("23456701", Drain(queue));
        }

        [TestMethod]
        public void Looking_at_the_oldest_does_not_remove_it()
        {
            EventQueue queue = Filled(2);
            queue.Peek();
            Assert.AreEqual(2, queue.Count);
        }

        private static string Json(string text) => SingleQuoted.Text(text);

        private static EventQueue Create() => new EventQueue(new ManualClock(), new Counters());

        private static EventQueue Filled(int count)
        {
            EventQueue queue = Create();
            Fill(queue, count);
            return queue;
        }

        /// <summary>Adds recoveries of the sensors "0", "1", ...</summary>
        private static void Fill(EventQueue queue, int count)
        {
            for (int i = 0; i < count; i++)
            {
                queue.SensorRecovery(i.ToString());
            }
        }

        /// <summary>Removes all; says whose recoveries they were.</summary>
        private static string Drain(EventQueue queue)
        {
            string sensors = string.Empty;
            while (queue.Count > 0)
            {
                string text = Utf8.Text(queue.Peek());
                sensors += text.Substring(text.Length - 3, 1);
                queue.Remove();
            }

            return sensors;
        }
    }
}
