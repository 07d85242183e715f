using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>Wakes at an interval of 300 s that send in each 12th, with a mailbox of one hour.</summary>
    [TestClass]
    public class RadioDecisionTests
    {
        private const int None = (int)RadioReason.None;
        private const int PowerOn = (int)RadioReason.PowerOn;
        private const int Pin = (int)RadioReason.Pin;
        private const int Alarm = (int)RadioReason.Alarm;
        private const int Held = (int)RadioReason.Held;
        private const int Time = (int)RadioReason.Time;
        private const int Event = (int)RadioReason.Event;
        private const int Backlog = (int)RadioReason.Backlog;
        private const int Readings = (int)RadioReason.Readings;
        private const int Mailbox = (int)RadioReason.Mailbox;

        [TestMethod]
        public void Nothing_to_do_needs_no_radio()
        {
            Assert.AreEqual(None, Decide(Quiet()));
        }

        [TestMethod]
        public void Power_on_needs_it_always()
        {
            RadioDecision decision = Quiet();
            decision.IsTimerWake = false;
            Assert.AreEqual(PowerOn, DecideAfterFailures(decision));
        }

        [TestMethod]
        public void Pin_needs_it_always()
        {
            RadioDecision decision = Quiet();
            decision.IsTimerWake = false;
            decision.IsPinWake = true;
            Assert.AreEqual(Pin, DecideAfterFailures(decision));
        }

        [TestMethod]
        public void Alarm_needs_it()
        {
            RadioDecision decision = Quiet();
            decision.HasAlarm = true;
            Assert.AreEqual(Alarm, Decide(decision));
        }

        [TestMethod]
        public void Settings_on_trial_or_an_update_need_it()
        {
            RadioDecision decision = Quiet();
            decision.IsHeld = true;
            Assert.AreEqual(Held, Decide(decision));
        }

        [TestMethod]
        public void Unknown_time_needs_it()
        {
            RadioDecision decision = Quiet();
            decision.NeedsTime = true;
            Assert.AreEqual(Time, Decide(decision));
        }

        [TestMethod]
        public void Events_need_it()
        {
            RadioDecision decision = Quiet();
            decision.HasEvents = true;
            Assert.AreEqual(Event, Decide(decision));
        }

        [TestMethod]
        [DataRow(1, 11, None)]
        [DataRow(1, 12, Readings)]
        [DataRow(1, 500, Readings)]
        [DataRow(0, 12, None)]
        public void Readings_are_sent_in_their_wake(int waiting, int wakes, int reason)
        {
            RadioDecision decision = Quiet();
            decision.Waiting = waiting;
            decision.WakesSinceRadio = wakes;
            Assert.AreEqual(reason, Decide(decision));
        }

        [TestMethod]
        public void Readings_are_sent_in_every_wake_by_default()
        {
            RadioDecision decision = new RadioDecision { IsTimerWake = true, SinceMailbox = 0, Waiting = 1, WakesSinceRadio = 1 };
            Assert.AreEqual(Readings, Decide(decision));
        }

        [TestMethod]
        [DataRow(49, None)]
        [DataRow(50, Backlog)]
        [DataRow(100, Backlog)]
        public void Outbox_that_is_half_full_needs_it(int percent, int reason)
        {
            RadioDecision decision = Quiet();
            decision.Waiting = 1;
            decision.FullPercent = percent;
            Assert.AreEqual(reason, Decide(decision));
        }

        [TestMethod]
        [DataRow(7200L, None)]
        [DataRow(7201L, Backlog)]
        public void Reading_that_is_twice_as_old_as_it_should_get_needs_it(long age, int reason)
        {
            RadioDecision decision = Quiet();
            decision.Waiting = 1;
            decision.OldestAge = age;
            Assert.AreEqual(reason, Decide(decision));
        }

        [TestMethod]
        [DataRow(0L, None)]
        [DataRow(3589999L, None)]
        [DataRow(3590000L, Mailbox)]
        [DataRow(-1L, Mailbox)]
        public void Mailbox_is_visited_when_it_is_due(long since, int reason)
        {
            RadioDecision decision = Quiet();
            decision.SinceMailbox = since;
            Assert.AreEqual(reason, Decide(decision));
        }

        [TestMethod]
        public void Attempts_that_failed_put_the_next_one_off()
        {
            RadioDecision decision = Quiet();
            decision.HasEvents = true;
            Assert.AreEqual(None, DecideAfterFailures(decision));
        }

        [TestMethod]
        [DataRow(false, false, 0L, None)]
        [DataRow(false, false, 86389999L, None)]
        [DataRow(false, false, 86390000L, Mailbox)]
        [DataRow(false, false, -1L, None)]
        [DataRow(true, false, 0L, Alarm)]
        [DataRow(false, true, 0L, Pin)]
        public void Critical_battery_sends_alarms_alone_and_looks_once_a_day(bool hasAlarm, bool isPin, long since, int reason)
        {
            RadioDecision decision = Busy();
            decision.HasAlarm = hasAlarm;
            decision.IsTimerWake = !isPin;
            decision.IsPinWake = isPin;
            decision.SinceMailbox = since;
            Assert.AreEqual(reason, Decide(decision));
        }

        [TestMethod]
        public void Reset_of_a_device_with_a_critical_battery_does_not_use_the_radio()
        {
            RadioDecision decision = Busy();
            decision.IsTimerWake = false;
            Assert.AreEqual(None, Decide(decision));
        }

        [TestMethod]
        public void Critical_battery_keeps_a_mailbox_that_is_rarer_than_once_a_day()
        {
            RadioDecision decision = Busy();
            decision.Mailbox = 200000;
            decision.SinceMailbox = 100000000;
            Assert.AreEqual(None, Decide(decision));
        }

        [TestMethod]
        public void Low_battery_sends_as_always()
        {
            RadioDecision decision = Busy();
            decision.Battery = BatteryState.Low;
            Assert.AreEqual(Held, Decide(decision));
        }

        private static RadioDecision Quiet() => new RadioDecision
        {
            Interval = 300,
            PublishEvery = 12,
            IsTimerWake = true,
            SinceMailbox = 0,
            WakesSinceRadio = 1,
        };

        /// <summary>With a critical battery, and all to do but an alarm.</summary>
        private static RadioDecision Busy()
        {
            RadioDecision decision = Quiet();
            decision.Battery = BatteryState.Critical;
            decision.IsHeld = true;
            decision.NeedsTime = true;
            decision.HasEvents = true;
            decision.Waiting = 100;
            decision.FullPercent = 100;
            decision.OldestAge = 1000000;
            decision.WakesSinceRadio = 1000;
            return decision;
        }

        private static int Decide(RadioDecision decision)
        {
            RadioBackoff backoff = new RadioBackoff();
            backoff.Count();
            return (int)decision.Decide(backoff);
        }

        private static int DecideAfterFailures(RadioDecision decision)
        {
            RadioBackoff backoff = new RadioBackoff();
            for (int i = 0; i < 6; i++)
            {
                backoff.Tried(false);
            }

            backoff.Count();
            return (int)decision.Decide(backoff);
        }
    }
}
