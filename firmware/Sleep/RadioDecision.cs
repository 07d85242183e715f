using Firmware.Sensing;

namespace Firmware.Sleep
{
    /// <summary>
    /// Decides whether a wake needs the radio, which takes most of its charge. Set the fields when the measurement is in the
    /// outbox, then call <see cref="Decide"/>.
    /// </summary>
    public sealed class RadioDecision
    {
        private const long Day = 86400000;
        private const int HalfFull = 50;

        /// <summary>Setting: seconds from one wake to the next.</summary>
        public int Interval = 60;

        /// <summary>Setting: wakes from one that publishes readings to the next.</summary>
        public int PublishEvery = 1;

        /// <summary>Setting: seconds after which the device connects for requests although it has nothing to publish.</summary>
        public int Mailbox = 3600;

        /// <summary>Whether the timer woke the device.</summary>
        public bool IsTimerWake;

        /// <summary>Whether the pin woke the device. Without this and the timer it was powered on or reset.</summary>
        public bool IsPinWake;

        /// <summary>State of the battery.</summary>
        public BatteryState Battery;

        /// <summary>Whether the time was never set, and time servers are configured.</summary>
        public bool NeedsTime;

        /// <summary>Whether a module needs the radio: settings on trial, or an update in progress.</summary>
        public bool IsHeld;

        /// <summary>Whether an alarm waits. A change of the state of the battery counts as one.</summary>
        public bool HasAlarm;

        /// <summary>Whether other events wait.</summary>
        public bool HasEvents;

        /// <summary>Readings in the outbox, including those of this wake.</summary>
        public int Waiting;

        /// <summary>Fill level of the outbox in percent.</summary>
        public int FullPercent;

        /// <summary>Age of the oldest reading in the outbox in seconds.</summary>
        public long OldestAge;

        /// <summary>Wakes since the broker was last reached, including this one.</summary>
        public int WakesSinceRadio;

        /// <summary>Milliseconds since the broker was last reached; -1 when it never was, or the time is not known.</summary>
        public long SinceMailbox = -1;

        /// <summary>Decides.</summary>
        /// <param name="backoff">Earlier attempts; this wake is counted.</param>
        /// <returns>Why the radio is needed.</returns>
        public RadioReason Decide(RadioBackoff backoff)
        {
            RadioReason reason = Battery == BatteryState.Critical ? Critical() : Wanted();
            bool isUrgent = reason == RadioReason.PowerOn || reason == RadioReason.Pin;
            return isUrgent || backoff.Allows(reason == RadioReason.Alarm) ? reason : RadioReason.None;
        }

        /// <summary>Computes the latest time at which the device uses the radio again, after a wake that has reached the broker.</summary>
        /// <param name="channels">All channels: without a deadband each value is published, with one at least at the heartbeat.</param>
        /// <param name="lead">Milliseconds to the next wake.</param>
        /// <returns>Wakes after this one.</returns>
        public int WakesToRadio(Channel[] channels, long lead)
        {
            bool isCritical = Battery == BatteryState.Critical;
            int wakes = WakesIn(isCritical && Mailbox < Day / 1000 ? (int)(Day / 1000) : Mailbox, lead);
            for (int i = 0; i < channels.Length && !isCritical; i++)
            {
                ChannelRule rule = channels[i].Rule;
                bool sendsAll = rule.Deadband == ChannelRule.Unset && rule.DeadbandPercent == ChannelRule.Unset;
                int value = sendsAll && rule.Window == 0 ? 1 : WakesIn(sendsAll || rule.Window > rule.Heartbeat ? rule.Window : rule.Heartbeat, lead);
                value = value > PublishEvery ? value : PublishEvery;
                wakes = value < wakes ? value : wakes;
            }

            return wakes;
        }

        // The radio may make an empty battery fail, so that the chip resets: using the radio after each reset would never end.
        private RadioReason Critical()
        {
            if (IsPinWake)
            {
                return RadioReason.Pin;
            }

            bool isDue = SinceMailbox >= 0 && IsMailboxDue(Day > Mailbox * 1000L ? Day : Mailbox * 1000L);
            return HasAlarm ? RadioReason.Alarm : isDue ? RadioReason.Mailbox : RadioReason.None;
        }

        private RadioReason Wanted()
        {
            if (!IsTimerWake)
            {
                return IsPinWake ? RadioReason.Pin : RadioReason.PowerOn;
            }

            if (HasAlarm)
            {
                return RadioReason.Alarm;
            }

            if (IsHeld)
            {
                return RadioReason.Held;
            }

            if (NeedsTime)
            {
                return RadioReason.Time;
            }

            return HasEvents ? RadioReason.Event : ForReadings();
        }

        private RadioReason ForReadings()
        {
            if (Waiting > 0)
            {
                if (WakesSinceRadio >= PublishEvery)
                {
                    return RadioReason.Readings;
                }

                if (FullPercent >= HalfFull || OldestAge > 2L * PublishEvery * Interval)
                {
                    return RadioReason.Backlog;
                }
            }

            return IsMailboxDue(Mailbox * 1000L) ? RadioReason.Mailbox : RadioReason.None;
        }

        // A wake that comes a little early must not defer the connection to the next one.
        private bool IsMailboxDue(long after) =>
            SinceMailbox < 0 || SinceMailbox + WakeSchedule.EarlinessOf(Interval) >= after;

        // Wakes to the first one that is at least some seconds ahead, allowing for a wake that comes a little early.
        private int WakesIn(int seconds, long lead)
        {
            long after = (seconds * 1000L) - lead - WakeSchedule.EarlinessOf(Interval);
            long step = Interval * 1000L;
            return after <= 0 ? 1 : 1 + (int)((after + step - 1) / step);
        }
    }
}
