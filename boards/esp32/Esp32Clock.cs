using System;
using System.Threading;
using Firmware.Platform;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;

namespace Boards.Esp32
{
    /// <summary>
    /// The chip's time: uptime from the tick counter, UTC as SNTP has set it. The platform's client does not say when it
    /// sets the clock; that shows as a jump of UTC against the uptime, since both run on the same crystal.
    /// </summary>
    public sealed class Esp32Clock : IClock
    {
        // The chip starts in 1970; SNTP brings it to today.
        private static readonly long FirstPlausible = new DateTime(2025, 1, 1).Ticks;

        private const long TicksPerSecond = 10000000;
        private const long TicksPerMs = 10000;

        // The tick counter has steps of up to 10 ms; a crystal drifts by more than this in an hour.
        private const long SmallestJump = 20;

        // The loop reads the uptime in each step; the steps of one message follow each other within milliseconds.
        private const long ObservePause = 200;

        // A collection between the two readings would look like a jump.
        private const long LongestReading = 2;

        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly long _start = Environment.TickCount64;
        private readonly long _epoch = new DateTime(1970, 1, 1).Ticks;
        private bool _wasUnset;
        private bool _isSet;
        private bool _isKnown; // a time that was right once stays so
        private long _observedAt = -ObservePause;
        private long _offset;
        private long _synchronizedAt = -1;

        /// <inheritdoc/>
        public long Uptime
        {
            get
            {
                long now = Environment.TickCount64 - _start;
                if (now - _observedAt >= ObservePause)
                {
                    Observe(now);
                }

                return now;
            }
        }

        /// <inheritdoc/>
        public bool IsSynchronized => _isKnown || (_isKnown = DateTime.UtcNow.Ticks >= FirstPlausible);

        /// <inheritdoc/>
        public long UtcSeconds => (DateTime.UtcNow.Ticks - _epoch) / TicksPerSecond;

        /// <inheritdoc/>
        public long UtcMilliseconds => (DateTime.UtcNow.Ticks - _epoch) / TicksPerMs;

        /// <inheritdoc/>
        /// <remarks>As of the last look at <see cref="Uptime"/>.</remarks>
        public long SynchronizedAt => _synchronizedAt;

        /// <inheritdoc/>
        public void AskTime(string[] servers)
        {
            try
            {
                Observe(Uptime);
                Sntp.Server1 = servers[0];
                Sntp.Server2 = servers[servers.Length - 1];
                if (Sntp.IsStarted)
                {
                    Sntp.UpdateNow();
                }
                else
                {
                    Sntp.Start();
                }
            }
            catch (Exception)
            {
                // No response will come: the request is repeated.
            }
        }

        /// <inheritdoc/>
        public void SetUtc(long utcMilliseconds)
        {
            Observe(Uptime);
            Rtc.SetSystemTime(new DateTime(_epoch + (utcMilliseconds * TicksPerMs)));

            // No time server did that: it is not to look as if one had.
            _wasUnset = false;
            _isSet = IsSynchronized;
            _offset = UtcMilliseconds + (_epoch / TicksPerMs) - Uptime;
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds) => _wake.WaitOne(milliseconds, false);

        /// <inheritdoc/>
        public void Wake() => _wake.Set();

        private void Observe(long before)
        {
            _observedAt = before;
            long utc = DateTime.UtcNow.Ticks;
            if (Environment.TickCount64 - _start - before > LongestReading)
            {
                return;
            }

            if (utc < FirstPlausible)
            {
                _wasUnset = true;
                return;
            }

            long offset = (utc / TicksPerMs) - before;
            long jump = offset > _offset ? offset - _offset : _offset - offset;
            if (_isSet && jump < SmallestJump)
            {
                return;
            }

            // A clock that was right from the start was set before a deep sleep, at an unknown time.
            _synchronizedAt = _isSet || _wasUnset ? before : _synchronizedAt;
            _offset = offset;
            _isSet = true;
        }
    }
}
