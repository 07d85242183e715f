using Firmware.Platform;

namespace Firmware.Sleep
{
    /// <summary>How a run began, and, after a sleep, how long that was.</summary>
    public sealed class WakeContext
    {
        private const string Timer = "timer";
        private const string Pin = "pin";

        private readonly WakeRecord _record;

        /// <summary>Judges a start.</summary>
        /// <param name="record">What the last cycle left.</param>
        /// <param name="cause">Why the chip started, as the board says.</param>
        public WakeContext(WakeRecord record, string cause)
        {
            _record = record;
            IsTimer = !record.IsFresh && cause == Timer;
            IsPin = !record.IsFresh && cause == Pin;
        }

        /// <summary>Whether the timer ended a sleep.</summary>
        public bool IsTimer { get; }

        /// <summary>Whether the pin ended a sleep.</summary>
        public bool IsPin { get; }

        /// <summary>Whether this run goes on after a sleep; otherwise the chip was powered on or reset.</summary>
        public bool IsSleepEnd => IsTimer || IsPin;

        /// <summary>What the last cycle left.</summary>
        public WakeRecord Record => _record;

        /// <summary>Milliseconds that the sleep took, <see cref="long.MaxValue"/> when nobody knows.</summary>
        public long Slept { get; private set; } = long.MaxValue;

        /// <summary>Sets the clock as far as the sleep is known. Before anything is dated.</summary>
        /// <param name="clock">The clock.</param>
        public void SetClock(IClock clock)
        {
            SleepDrift drift = _record.Drift;
            if (!IsSleepEnd)
            {
                // Nothing can be learned from the time up to the next synchronisation.
                drift.Interrupt(0);
                return;
            }

            long nominal = _record.Requested;
            if (IsPin)
            {
                // The chip's own clock counts on by the sleep's oscillator, where the platform keeps it.
                long counted = clock.UtcMilliseconds - clock.Uptime - _record.SleptAt;
                bool isCounted = clock.IsSynchronized && _record.IsSynchronized && counted >= 0 && counted <= nominal + (nominal / 10) + 1000;
                if (!isCounted)
                {
                    drift.Interrupt(drift.Elapsed(nominal));
                }

                nominal = isCounted ? counted : nominal / 2;
            }

            drift.Add(nominal);
            Slept = drift.Elapsed(nominal);
            if (_record.IsSynchronized)
            {
                clock.SetUtc(_record.SleptAt + Slept + clock.Uptime);
            }
        }
    }
}
