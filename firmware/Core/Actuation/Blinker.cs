using System;
using Firmware.Platform;

namespace Firmware.Actuation
{
    /// <summary>Blinks the board's LED twice a second for a while, so that a person sees which board it is.</summary>
    public sealed class Blinker
    {
        private const long HalfPeriod = 250;

        private readonly IOutputPin _led;
        private readonly IClock _clock;
        private bool _isLit;
        private long _endAt;

        /// <summary>Creates a blinker; the LED stays dark.</summary>
        /// <param name="led">Lit when high; null when the board has none.</param>
        /// <param name="clock">Time.</param>
        public Blinker(IOutputPin led, IClock clock)
        {
            _led = led;
            _clock = clock;
        }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has something to do.</summary>
        public long DueAt = long.MaxValue;

        /// <summary>Begins, or goes on for this long from now.</summary>
        /// <param name="seconds">How long.</param>
        /// <returns>False when there is no LED, or its driver failed.</returns>
        public bool Start(int seconds)
        {
            if (!TryWrite(true))
            {
                return false;
            }

            _endAt = _clock.Uptime + (seconds * 1000L);
            DueAt = _clock.Uptime + HalfPeriod;
            return true;
        }

        /// <summary>Lights or darkens the LED when it is time.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Tick(long now)
        {
            if (now < DueAt)
            {
                return;
            }

            if (now >= _endAt)
            {
                // A failed write must not leave the LED lit.
                DueAt = TryWrite(false) ? long.MaxValue : now + HalfPeriod;
                return;
            }

            TryWrite(!_isLit);
            DueAt = now + HalfPeriod < _endAt ? now + HalfPeriod : _endAt;
        }

        private bool TryWrite(bool isLit)
        {
            _isLit = isLit;
            try
            {
                return _led != null && _led.Write(isLit);
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
