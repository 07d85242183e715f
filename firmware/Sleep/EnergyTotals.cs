namespace Firmware.Sleep
{
    /// <summary>
    /// What the cycles took: a sleep and the wake that ended it. Kept over the sleep. Charge is in microampere seconds; 3600
    /// of them are 1 microampere hour.
    /// </summary>
    public sealed class EnergyTotals
    {
        /// <summary>What is said of days that nothing is known of.</summary>
        public const int Unknown = -1;

        /// <summary>How many numbers it is kept as.</summary>
        internal const int Size = 5;

        private const long DaySeconds = 86400;
        private const long ChargePerMilliampereHour = 3600000;

        // The mean is that of about the last two weeks.
        private const long Window = 14 * DaySeconds * 1000;

        private long _lastAwake;
        private long _lastCharge;
        private long _time;
        private long _charge;
        private long _total;

        /// <summary>Milliseconds for which the device was awake in the last cycle.</summary>
        public long LastAwake => _lastAwake;

        /// <summary>Charge of the last cycle.</summary>
        public long LastCharge => _lastCharge;

        /// <summary>Charge of all cycles since the record began.</summary>
        public long Total => _total;

        /// <summary>Charge of a day, as the mean of the last weeks; 0 before there is one.</summary>
        public long MeanPerDay => _time < 1000 ? 0 : _charge * DaySeconds / (_time / 1000);

        /// <summary>How many days are left.</summary>
        /// <param name="capacity">What the battery holds when it is full, in mAh.</param>
        /// <param name="percent">What is left in it, or below 0 when that is not known: what was used counts then.</param>
        /// <returns>Whole days, or <see cref="Unknown"/> without a capacity or a mean.</returns>
        public int DaysLeft(int capacity, int percent)
        {
            long mean = MeanPerDay;
            if (capacity <= 0 || mean == 0)
            {
                return Unknown;
            }

            long full = capacity * ChargePerMilliampereHour;
            long left = percent >= 0 ? full / 100 * percent : full > _total ? full - _total : 0;
            left /= mean;
            return left < int.MaxValue ? (int)left : int.MaxValue;
        }

        /// <summary>A cycle is over.</summary>
        /// <param name="awake">Milliseconds awake.</param>
        /// <param name="slept">Milliseconds asleep before it.</param>
        /// <param name="charge">Its charge.</param>
        public void Add(long awake, long slept, long charge)
        {
            _lastAwake = awake;
            _lastCharge = charge;
            _time += awake + slept;
            _charge += charge;
            _total += charge;
            if (_time > Window)
            {
                _time /= 2;
                _charge /= 2;
            }
        }

        /// <summary>Keeps it.</summary>
        internal void Save(long[] numbers, int at)
        {
            numbers[at] = _lastAwake;
            numbers[at + 1] = _lastCharge;
            numbers[at + 2] = _time;
            numbers[at + 3] = _charge;
            numbers[at + 4] = _total;
        }

        /// <summary>Goes on from what was kept.</summary>
        internal void Load(long[] numbers, int at)
        {
            _lastAwake = numbers[at];
            _lastCharge = numbers[at + 1];
            _time = numbers[at + 2];
            _charge = numbers[at + 3];
            _total = numbers[at + 4];
        }
    }
}
