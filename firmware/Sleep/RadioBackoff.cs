namespace Firmware.Sleep
{
    /// <summary>
    /// Saves the battery while Wi-Fi or the broker is not available: after two failures in a row only every 2nd wake tries
    /// to connect, then every 4th, up to every 32nd. With an alarm at least every 4th wake tries.
    /// </summary>
    public sealed class RadioBackoff
    {
        /// <summary>Numbers that it is stored as.</summary>
        internal const int Size = 2;

        private const int FailuresAllowed = 2;
        private const int LongestShift = 5;
        private const int LongestForAlarm = 4;

        private int _wakes;

        /// <summary>Failed attempts since the last success.</summary>
        public int Failures;

        /// <summary>Wakes from one attempt to the next: 1 to 32.</summary>
        public int Period
        {
            get
            {
                int shift = Failures < FailuresAllowed ? 0 : Failures - FailuresAllowed + 1;
                return 1 << (shift < LongestShift ? shift : LongestShift);
            }
        }

        /// <summary>Counts a wake: call it when the wake begins.</summary>
        public void Count() => _wakes++;

        /// <summary>Tells whether this wake may try to connect.</summary>
        /// <param name="isAlarm">Whether an alarm waits.</param>
        /// <returns>True when it may.</returns>
        public bool Allows(bool isAlarm)
        {
            int period = Period;
            return _wakes >= (isAlarm && period > LongestForAlarm ? LongestForAlarm : period);
        }

        /// <summary>Notes an attempt of this wake.</summary>
        /// <param name="isReached">Whether the broker has responded.</param>
        public void Tried(bool isReached)
        {
            _wakes = 0;
            Failures = isReached ? 0 : Failures < short.MaxValue ? Failures + 1 : Failures;
        }

        /// <summary>Writes it as numbers.</summary>
        internal void Save(long[] numbers, int at)
        {
            numbers[at] = Failures;
            numbers[at + 1] = _wakes;
        }

        /// <summary>Restores it from numbers.</summary>
        internal void Load(long[] numbers, int at)
        {
            Failures = (int)numbers[at];
            _wakes = (int)numbers[at + 1];
        }
    }
}
