using System;
using System.Threading;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>The chip's time: uptime from the tick counter, UTC as SNTP has set it.</summary>
    public sealed class Esp32Clock : IClock
    {
        // The chip starts in 1970; SNTP brings it to today.
        private static readonly long FirstPlausible = new DateTime(2025, 1, 1).Ticks;

        private const long TicksPerSecond = 10000000;

        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly long _start = Environment.TickCount64;
        private readonly long _epoch = new DateTime(1970, 1, 1).Ticks;

        /// <inheritdoc/>
        public long Uptime => Environment.TickCount64 - _start;

        /// <inheritdoc/>
        public bool IsSynchronized => DateTime.UtcNow.Ticks >= FirstPlausible;

        /// <inheritdoc/>
        public long UtcSeconds => (DateTime.UtcNow.Ticks - _epoch) / TicksPerSecond;

        /// <inheritdoc/>
        public void Wait(int milliseconds) => _wake.WaitOne(milliseconds, false);

        /// <inheritdoc/>
        public void Wake() => _wake.Set();
    }
}
