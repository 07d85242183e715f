using Firmware.Connectivity;

namespace Firmware.Sleep
{
    /// <summary>
    /// When the device wakes: at multiples of its interval since the epoch (12:00:00, 12:05:00, ...), each device a little
    /// later than that by an offset of its own, so that a fleet does not wake at once. Times are UTC in milliseconds; while
    /// they are not known any count that goes on over a sleep will do.
    /// </summary>
    public static class WakeSchedule
    {
        /// <summary>Milliseconds below which sleeping is not worth the boot: such a wake is left out.</summary>
        public const long LeastSleep = 2000;

        private const long LargestOffset = 30000;
        private const long LargestEarliness = 10000;

        /// <summary>The offset of a device.</summary>
        /// <param name="deviceId">The device id.</param>
        /// <param name="interval">Seconds from one wake to the next, 1 or more.</param>
        /// <returns>Milliseconds: 0 to less than a tenth of the interval and less than 30 s.</returns>
        public static int OffsetOf(string deviceId, int interval)
        {
            long limit = interval * 100L;
            return (int)((uint)Jitter.SeedOf(deviceId, 0) % (limit < LargestOffset ? limit : LargestOffset));
        }

        /// <summary>How early a wake may come and still count as the one that was planned: 5 % of the interval, 10 s at most.</summary>
        /// <param name="interval">Seconds from one wake to the next.</param>
        /// <returns>Milliseconds.</returns>
        public static long EarlinessOf(int interval)
        {
            long limit = interval * 50L;
            return limit < LargestEarliness ? limit : LargestEarliness;
        }

        /// <summary>
        /// The next wake. A wake that came early is not repeated at the time that it was planned for; one that took so long
        /// that the next is less than <see cref="LeastSleep"/> ahead leaves that one out.
        /// </summary>
        /// <param name="wokeAt">When this wake began, by the clock as it is set now.</param>
        /// <param name="now">Now.</param>
        /// <param name="interval">Seconds from one wake to the next, 1 or more.</param>
        /// <param name="offset">See <see cref="OffsetOf"/>.</param>
        /// <returns>UTC in milliseconds, <see cref="LeastSleep"/> ahead or more.</returns>
        public static long Next(long wokeAt, long now, int interval, int offset)
        {
            long step = interval * 1000L;
            long afterWake = After(wokeAt + EarlinessOf(interval) - offset, step);
            long afterSleep = After(now + LeastSleep - 1 - offset, step);
            return (afterWake > afterSleep ? afterWake : afterSleep) + offset;
        }

        // Rounds down also what lies before the epoch, where a clock that was never set may stand.
        private static long After(long time, long step) => time < 0 ? 0 : ((time / step) + 1) * step;
    }
}
