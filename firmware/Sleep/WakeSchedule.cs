using Firmware.Connectivity;

namespace Firmware.Sleep
{
    /// <summary>
    /// The times at which the device wakes: multiples of its interval since the epoch (12:00:00, 12:05:00, ...) plus an
    /// offset that differs between devices, so that a fleet does not wake at once. Times are UTC in milliseconds; while the
    /// time is not known, any count that continues over a sleep serves.
    /// </summary>
    public static class WakeSchedule
    {
        /// <summary>Least milliseconds to sleep: a shorter sleep costs more than the boot after it, so that wake is skipped.</summary>
        public const long LeastSleep = 2000;

        /// <summary>Least milliseconds to a wake before the planned one: what is due again and again does not empty the battery.</summary>
        public const long LeastLead = 10000;

        private const long LargestOffset = 30000;
        private const long LargestEarliness = 10000;

        /// <summary>Computes the offset of a device.</summary>
        /// <param name="deviceId">The device id.</param>
        /// <param name="interval">Seconds from one wake to the next, 1 or more.</param>
        /// <returns>Milliseconds: 0 to less than a tenth of the interval and less than 30 s.</returns>
        public static int OffsetOf(string deviceId, int interval)
        {
            long limit = interval * 100L;
            return (int)((uint)Jitter.SeedOf(deviceId, 0) % (limit < LargestOffset ? limit : LargestOffset));
        }

        /// <summary>Computes how early a wake may come and still count as the planned one: 5 % of the interval, at most 10 s.</summary>
        /// <param name="interval">Seconds from one wake to the next.</param>
        /// <returns>Milliseconds.</returns>
        public static long EarlinessOf(int interval)
        {
            long limit = interval * 50L;
            return limit < LargestEarliness ? limit : LargestEarliness;
        }

        /// <summary>
        /// Computes the next wake. A wake that came early is not repeated at its planned time. When the next wake is less
        /// than <see cref="LeastSleep"/> ahead, it is skipped.
        /// </summary>
        /// <param name="wokeAt">Start of this wake, by the clock as it is set now.</param>
        /// <param name="now">The time now.</param>
        /// <param name="interval">Seconds from one wake to the next, 1 or more.</param>
        /// <param name="offset">See <see cref="OffsetOf"/>.</param>
        /// <returns>UTC in milliseconds, at least <see cref="LeastSleep"/> after now.</returns>
        public static long Next(long wokeAt, long now, int interval, int offset)
        {
            long step = interval * 1000L;
            long afterWake = After(wokeAt + EarlinessOf(interval) - offset, step);
            long afterSleep = After(now + LeastSleep - 1 - offset, step);
            return (afterWake > afterSleep ? afterWake : afterSleep) + offset;
        }

        /// <summary>Computes a wake that may come before the planned one.</summary>
        /// <param name="planned">See <see cref="Next"/>.</param>
        /// <param name="now">The time now.</param>
        /// <param name="lead">Milliseconds from now to what is due; any number.</param>
        /// <returns>UTC in milliseconds, at least <see cref="LeastLead"/> after now unless it is the planned wake.</returns>
        public static long Earlier(long planned, long now, long lead)
        {
            long least = lead < LeastLead ? LeastLead : lead;
            return planned - now > least ? now + least : planned;
        }

        // A clock that was never set may show a time before the epoch.
        private static long After(long time, long step) => time < 0 ? 0 : ((time / step) + 1) * step;
    }
}
