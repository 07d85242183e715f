using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>Events that wait while the device is off.</summary>
    [TestClass]
    public class EventFileTests
    {
        [TestMethod]
        public void Events_come_back_in_their_order_with_alarms_first()
        {
            MemoryStorage storage = new MemoryStorage();
            EventQueue queue = Filled();
            queue.Alarm(new Channel("t", ScriptedSensor.Temperature, ChannelRule.Default), AlarmState.High, 0);
            queue.Save(storage);
            EventQueue next = Load(storage);
            Assert.StartsWith("{\"type\":\"alarm\",", Take(next));
            Assert.AreEqual("{\"type\":\"a\"} {\"type\":\"b\"}", Take(next) + " " + Take(next));
        }

        [TestMethod]
        public void Queue_that_is_empty_writes_nothing()
        {
            MemoryStorage storage = new MemoryStorage { WriteFails = true };
            Counters counters = new Counters();
            new EventQueue(new ManualClock(), counters).Save(storage);
            Assert.AreEqual(0, counters.StorageFaults);
        }

        [TestMethod]
        public void File_goes_when_its_events_have_been_sent()
        {
            MemoryStorage storage = new MemoryStorage();
            Filled().Save(storage);
            EventQueue next = Load(storage);
            Take(next);
            Take(next);
            next.Save(storage);
            Assert.IsNull(storage.Read("events"));
        }

        [TestMethod]
        public void Event_that_had_no_date_gets_none_any_more()
        {
            MemoryStorage storage = new MemoryStorage();
            Filled().Save(storage);
            ManualClock clock = new ManualClock();
            clock.Synchronize();
            EventQueue next = new EventQueue(clock, new Counters());
            next.Load(storage);
            Assert.AreEqual("{\"type\":\"a\"}", Utf8.Text(next.Peek()));
        }

        [TestMethod]
        public void File_that_was_torn_or_changed_at_any_byte_holds_nothing()
        {
            MemoryStorage storage = new MemoryStorage();
            Filled().Save(storage);
            byte[] whole = storage.Read("events");
            for (int i = 0; i < whole.Length; i++)
            {
                byte[] changed = (byte[])whole.Clone();
                changed[i] ^= 4;
                storage.Replace("events", changed);
                Assert.AreEqual(0, Load(storage).Count);
                byte[] torn = new byte[i];
                System.Array.Copy(whole, torn, i);
                storage.Replace("events", torn);
                Assert.AreEqual(0, Load(storage).Count);
            }
        }

        private static EventQueue Filled()
        {
            EventQueue queue = new EventQueue(new ManualClock(), new Counters());
            queue.Add("a", null, null, null);
            queue.Add("b", null, null, null);
            return queue;
        }

        private static EventQueue Load(MemoryStorage storage)
        {
            EventQueue queue = new EventQueue(new ManualClock(), new Counters());
            queue.Load(storage);
            return queue;
        }

        private static string Take(EventQueue queue)
        {
            string text = Utf8.Text(queue.Peek());
            queue.Remove();
            return text;
        }
    }
}
