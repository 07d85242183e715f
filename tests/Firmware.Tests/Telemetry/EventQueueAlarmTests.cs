using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>Alarms and twins as events, what goes out first, and what goes when there is no room.</summary>
    [TestClass]
    public class EventQueueAlarmTests
    {
        private const long Limit = 30 * ChannelRule.One;

        [TestMethod]
        public void Alarm_is_as_the_protocol_shows_it()
        {
            ManualClock clock = new ManualClock();
            clock.Synchronize();
            EventQueue queue = new EventQueue(clock, new Counters());
            queue.Alarm(Temperature(3120), AlarmState.High, Limit);
            string expected = "{'type':'alarm','channel':'temperature','state':'high','value':31.2,'limit':30,'time':1795366425}";
            Assert.AreEqual(SingleQuoted.Text(expected), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        [DataRow(0, "normal")]
        [DataRow(1, "low")]
        [DataRow(2, "high")]
        public void State_of_an_alarm_is_a_word(int state, string word)
        {
            EventQueue queue = Create();
            queue.Alarm(Temperature(0), (AlarmState)state, 0);
            Assert.Contains("\"state\":\"" + word + "\"", Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Limit_is_written_as_its_owner_wrote_it()
        {
            EventQueue queue = Create();
            queue.Alarm(Temperature(-500), AlarmState.Low, -250001);
            Assert.Contains("\"value\":-5,\"limit\":-0.250001}", Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Disagreement_names_both_channels_and_values()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280(), "{'temperature':{'disagreement':1.5}}");
            rig.Sampler.Measure();
            EventQueue queue = Create();
            queue.Disagreement(rig.Temperature, rig.Sampler.Find("temperature-77"));
            string expected = "{'type':'disagreement','channel':'temperature','value':21.37,'other':'temperature-77','otherValue':19.5,'limit':1.5}";
            Assert.AreEqual(SingleQuoted.Text(expected), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Agreement_has_a_type_of_its_own()
        {
            EventQueue queue = Create();
            queue.Agreement(Temperature(1), Temperature(2));
            Assert.Contains("{\"type\":\"agreement\",", Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Event_from_before_the_clock_was_set_is_dated_when_it_is()
        {
            ManualClock clock = new ManualClock { Uptime = 5000 };
            EventQueue queue = new EventQueue(clock, new Counters());
            queue.SensorRecovery("a");
            clock.Advance(60000);
            clock.Synchronize();
            Assert.AreEqual(SingleQuoted.Text("{'type':'sensor-recovered','sensor':'a','time':1795366365}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Event_gets_its_time_once()
        {
            ManualClock clock = new ManualClock();
            EventQueue queue = new EventQueue(clock, new Counters());
            queue.SensorRecovery("a");
            clock.Synchronize();
            queue.Peek();
            clock.Advance(5000);
            Assert.AreEqual(SingleQuoted.Text("{'type':'sensor-recovered','sensor':'a','time':1795366425}"), Utf8.Text(queue.Peek()));
        }

        [TestMethod]
        public void Alarms_go_out_first_and_the_newest_of_them_before_the_others()
        {
            Assert.AreEqual("DCA B E F", Drain(Filled("A b C D e f")));
        }

        [TestMethod]
        public void Alarm_waits_until_it_is_removed()
        {
            EventQueue queue = Filled("a B c");
            Assert.IsTrue(queue.HasAlarm);
        }

        [TestMethod]
        public void No_alarm_waits_when_all_were_removed()
        {
            EventQueue queue = Filled("a B c");
            queue.Peek();
            queue.Remove();
            Assert.IsFalse(queue.HasAlarm);
        }

        [TestMethod]
        [DataRow("a b c d e f g h I", "I B C D E F G H")]
        [DataRow("A b c d e f g h i", "A C D E F G H I")]
        [DataRow("A B C D E F g H I", "IHFEDCBA")]
        [DataRow("A B C D E F G H I", "IHGFEDCB")]
        [DataRow("A B C D E F G H i", "HGFEDCBA")]
        public void Alarms_are_the_last_to_go_when_too_many_wait(string added, string left)
        {
            Assert.AreEqual(left, Drain(Filled(added)));
        }

        [TestMethod]
        [DataRow("a b c d e f g h I", 1)]
        [DataRow("A B C D E F G H I", 1)]
        [DataRow("A B C D E F G H i j", 2)]
        public void Every_event_that_had_to_go_is_counted(string added, int dropped)
        {
            Counters counters = new Counters();
            Fill(new EventQueue(new ManualClock(), counters), added);
            Assert.AreEqual(dropped, counters.EventsDropped);
        }

        [TestMethod]
        public void Event_that_was_sent_is_removed_though_an_alarm_came_since()
        {
            EventQueue queue = Filled("a b");
            queue.Peek();
            Fill(queue, "C");
            queue.Remove();
            Assert.AreEqual("C B", Drain(queue));
        }

        [TestMethod]
        public void Nothing_is_removed_when_the_event_that_was_sent_had_to_go_meanwhile()
        {
            EventQueue queue = Filled("a b c d e f g h");
            queue.Peek();
            Fill(queue, "i");
            queue.Remove();
            Assert.AreEqual(8, queue.Count);
        }

        [TestMethod]
        public void Event_is_not_removed_twice()
        {
            EventQueue queue = Filled("a b c");
            queue.Peek();
            queue.Remove();
            queue.Remove();
            Assert.AreEqual(2, queue.Count);
        }

        [TestMethod]
        public void Queue_goes_on_after_it_was_full_of_alarms()
        {
            EventQueue queue = Filled("A B C D E F G H I J");
            Drain(queue);
            Fill(queue, "k L m");
            Assert.AreEqual("L K M", Drain(queue));
        }

        private static EventQueue Create() => new EventQueue(new ManualClock(), new Counters());

        private static Channel Temperature(int value) => MeasuredChannels.Of(value, 2)[0];

        private static EventQueue Filled(string letters)
        {
            EventQueue queue = Create();
            Fill(queue, letters);
            return queue;
        }

        /// <summary>Adds an alarm for each capital letter, and another event for each small one; spaces count for nothing.</summary>
        private static void Fill(EventQueue queue, string letters)
        {
            for (int i = 0; i < letters.Length; i++)
            {
                string letter = letters.Substring(i, 1);
                if (letter != " " && letter == letter.ToUpper())
                {
                    Measurand measurand = new Measurand(letter, "1", 0, 0, 1);
                    queue.Alarm(new Channel(letter, measurand, ChannelRule.Default), AlarmState.High, 0);
                }
                else if (letter != " ")
                {
                    queue.SensorRecovery(letter.ToUpper());
                }
            }
        }

        /// <summary>Removes all; the letters in order, a space before each that is no alarm.</summary>
        private static string Drain(EventQueue queue)
        {
            string letters = string.Empty;
            while (queue.Count > 0)
            {
                bool isAlarm = queue.HasAlarm;
                string text = Utf8.Text(queue.Peek());
                int at = text.IndexOf(isAlarm ? "channel\":\"" : "sensor\":\"") + (isAlarm ? 10 : 9);
                letters += (isAlarm || letters.Length == 0 ? string.Empty : " ") + text.Substring(at, 1);
                queue.Remove();
            }

            return letters;
        }
    }
}
