namespace Firmware.Platform
{
    /// <summary>How old and how good the time of a clock is, judged by when it was last set.</summary>
    public static class ClockAccuracy
    {
        /// <summary>What is said when it is not known.</summary>
        public const long Unknown = -1;

        // An answer from the internet is off by half its way at most; a crystal drifts by up to 20 ppm.
        private const long ErrorWhenSetMs = 1000;
        private const long MsPerDriftedMs = 1000000 / 20;

        /// <summary>Time since the clock was last set from the network.</summary>
        /// <param name="clock">The clock.</param>
        /// <returns>Seconds; <see cref="Unknown"/> when it was not set since the start (but perhaps before a deep sleep).</returns>
        public static long AgeSeconds(IClock clock) =>
            clock.SynchronizedAt < 0 ? Unknown : (clock.Uptime - clock.SynchronizedAt) / 1000;

        /// <summary>How far the clock is estimated to be off at most: 1 s and 20 ppm of its age, rounded up.</summary>
        /// <param name="clock">The clock.</param>
        /// <returns>Seconds; <see cref="Unknown"/> when the age is not known.</returns>
        public static long ErrorSeconds(IClock clock)
        {
            long setAt = clock.SynchronizedAt;
            return setAt < 0 ? Unknown : (ErrorWhenSetMs + ((clock.Uptime - setAt) / MsPerDriftedMs) + 999) / 1000;
        }
    }
}
