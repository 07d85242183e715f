using Firmware.Sensing;

namespace Firmware.Sleep
{
    /// <summary>
    /// Says whether a wake needs the radio, by far the dearest part of it. Set what is known, after the measurement was put
    /// into the outbox, and ask <see cref="Decide"/>.
    /// </summary>
    public sealed class RadioDecision
    {
        private const long Day = 86400000;
        private const int HalfFull = 50;

        /// <summary>Setting: seconds from one wake to the next.</summary>
        public int Interval { get; set; } = 60;

        /// <summary>Setting: readings are sent in each so many wakes.</summary>
        public int PublishEvery { get; set; } = 1;

        /// <summary>Setting: seconds after which requests are fetched from the broker although there is nothing to send.</summary>
        public int Mailbox { get; set; } = 3600;

        /// <summary>Whether the timer woke the device.</summary>
        public bool IsTimerWake { get; set; }

        /// <summary>Whether the pin woke the device. Neither this nor the timer: it was powered on or reset.</summary>
        public bool IsPinWake { get; set; }

        /// <summary>The battery.</summary>
        public BatteryState Battery { get; set; }

        /// <summary>Whether the time was never known and there are servers to ask.</summary>
        public bool NeedsTime { get; set; }

        /// <summary>Whether settings are on trial or an update is going on.</summary>
        public bool IsHeld { get; set; }

        /// <summary>Whether an alarm waits. A change of the battery's state should count as one.</summary>
        public bool HasAlarm { get; set; }

        /// <summary>Whether other events wait.</summary>
        public bool HasEvents { get; set; }

        /// <summary>Readings in the outbox, the present ones included.</summary>
        public int Waiting { get; set; }

        /// <summary>How full the outbox is, in percent.</summary>
        public int FullPercent { get; set; }

        /// <summary>Age of the oldest reading in the outbox in seconds.</summary>
        public long OldestAge { get; set; }

        /// <summary>Wakes since the radio was last used with success, this one included.</summary>
        public int WakesSinceRadio { get; set; }

        /// <summary>Milliseconds since the broker was last reached, or -1 when it never was or that is not known.</summary>
        public long SinceMailbox { get; set; } = -1;

        /// <summary>Decides.</summary>
        /// <param name="thrift">The attempts before; it has counted this wake.</param>
        /// <returns>What the radio is needed for.</returns>
        public RadioReason Decide(RadioBackoff thrift)
        {
            RadioReason reason = Battery == BatteryState.Critical ? Critical() : Wanted();
            bool isUrgent = reason == RadioReason.PowerOn || reason == RadioReason.Pin;
            return isUrgent || thrift.Allows(reason == RadioReason.Alarm) ? reason : RadioReason.None;
        }

        /// <summary>When the broker hears of the device again at the latest, after a wake that has reached it.</summary>
        /// <param name="channels">What is measured: without a deadband each value is sent, with one at its heartbeat.</param>
        /// <param name="lead">Milliseconds to the next wake.</param>
        /// <returns>Wakes from this one on.</returns>
        public int WakesToRadio(Channel[] channels, long lead)
        {
            bool isCritical = Battery == BatteryState.Critical;
            int wakes = WakesIn(isCritical && Mailbox < Day / 1000 ? (int)(Day / 1000) : Mailbox, lead);
            for (int i = 0; i < channels.Length && !isCritical; i++)
            {
                ChannelRule rule = channels[i].Rule;
                bool sendsAll = rule.Deadband == ChannelRule.Unset && rule.DeadbandPercent == ChannelRule.Unset;
                int value = sendsAll ? 1 : WakesIn(rule.Heartbeat, lead);
                value = value > PublishEvery ? value : PublishEvery;
                wakes = value < wakes ? value : wakes;
            }

            return wakes;
        }

        // An empty battery breaks down under the radio and the chip resets: to answer that with the radio would go on for ever.
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

        // A wake that comes a little early is not to put the visit off to the next one.
        private bool IsMailboxDue(long after) =>
            SinceMailbox < 0 || SinceMailbox + WakeSchedule.EarlinessOf(Interval) >= after;

        // The first wake that comes so many seconds from now, or a little earlier.
        private int WakesIn(int seconds, long lead)
        {
            long after = (seconds * 1000L) - lead - WakeSchedule.EarlinessOf(Interval);
            long step = Interval * 1000L;
            return after <= 0 ? 1 : 1 + (int)((after + step - 1) / step);
        }
    }
}
