namespace Firmware.Sleep
{
    /// <summary>
    /// Saves the battery while there is no Wi-Fi or no broker: after two failures in a row only each 2nd wake tries, then
    /// each 4th, ... 32nd. An alarm does not wait longer than to each 4th.
    /// </summary>
    public sealed class RadioBackoff
    {
        /// <summary>How many numbers it is kept as.</summary>
        internal const int Size = 2;

        private const int FailuresAllowed = 2;
        private const int LongestShift = 5;
        private const int LongestForAlarm = 4;

        private int _failures;
        private int _wakes;

        /// <summary>Attempts that failed since the last one that did not.</summary>
        public int Failures => _failures;

        /// <summary>Only each so many wakes tries: 1 to 32.</summary>
        public int Period
        {
            get
            {
                int shift = _failures < FailuresAllowed ? 0 : _failures - FailuresAllowed + 1;
                return 1 << (shift < LongestShift ? shift : LongestShift);
            }
        }

        /// <summary>A wake has begun.</summary>
        public void Count() => _wakes++;

        /// <summary>Whether this wake may try.</summary>
        /// <param name="isAlarm">Whether it is for an alarm.</param>
        /// <returns>True when it may.</returns>
        public bool Allows(bool isAlarm)
        {
            int period = Period;
            return _wakes >= (isAlarm && period > LongestForAlarm ? LongestForAlarm : period);
        }

        /// <summary>This wake has tried.</summary>
        /// <param name="isReached">Whether the broker has answered.</param>
        public void Tried(bool isReached)
        {
            _wakes = 0;
            _failures = isReached ? 0 : _failures < short.MaxValue ? _failures + 1 : _failures;
        }

        /// <summary>Keeps it.</summary>
        internal void Save(long[] numbers, int at)
        {
            numbers[at] = _failures;
            numbers[at + 1] = _wakes;
        }

        /// <summary>Goes on from what was kept.</summary>
        internal void Load(long[] numbers, int at)
        {
            _failures = (int)numbers[at];
            _wakes = (int)numbers[at + 1];
        }
    }
}
