namespace Firmware.Sleep
{
    /// <summary>
    /// Charge of the cycles; a cycle is a sleep and the wake that ended it. Survives the sleep. Charge is in microampere
    /// seconds; 3600 are 1 microampere hour.
    /// </summary>
    public sealed class EnergyTotals
    {
        /// <summary>The number of days when it is not known.</summary>
        public const int Unknown = -1;

        /// <summary>Numbers that it is stored as.</summary>
        internal const int Size = 5;

        private const long DaySeconds = 86400;
        private const long ChargePerMilliampereHour = 3600000;

        // The mean covers about the last two weeks.
        private const long Window = 14 * DaySeconds * 1000;

        private long _time;
        private long _charge;

        /// <summary>Milliseconds awake in the last cycle.</summary>
        public long LastAwake;

        /// <summary>Charge of the last cycle.</summary>
        public long LastCharge;

        /// <summary>Charge of all cycles since the record began.</summary>
        public long Total;

        /// <summary>Mean charge of a day over the last weeks; 0 before there is one.</summary>
        public long MeanPerDay => _time < 1000 ? 0 : _charge * DaySeconds / (_time / 1000);

        /// <summary>Estimates how many days the battery lasts.</summary>
        /// <param name="capacity">Charge of the full battery in mAh; 0 when it is not known.</param>
        /// <param name="percent">Charge of the battery in percent; below 0 when it is not known: then the charge used so far is subtracted.</param>
        /// <returns>Whole days, or <see cref="Unknown"/> without a capacity or a mean.</returns>
        public int DaysLeft(int capacity, int percent)
        {
            long mean = MeanPerDay;
            if (capacity <= 0 || mean == 0)
            {
                return Unknown;
            }

            long full = capacity * ChargePerMilliampereHour;
            long left = percent >= 0 ? full / 100 * percent : full > Total ? full - Total : 0;
            left /= mean;
            return left < int.MaxValue ? (int)left : int.MaxValue;
        }

        /// <summary>Adds a cycle.</summary>
        /// <param name="awake">Milliseconds awake.</param>
        /// <param name="slept">Milliseconds asleep before that.</param>
        /// <param name="charge">Charge of the cycle.</param>
        public void Add(long awake, long slept, long charge)
        {
            LastAwake = awake;
            LastCharge = charge;
            _time += awake + slept;
            _charge += charge;
            Total += charge;
            if (_time > Window)
            {
                _time /= 2;
                _charge /= 2;
            }
        }

        /// <summary>Writes it as numbers.</summary>
        internal void Save(long[] numbers, int at)
        {
            numbers[at] = LastAwake;
            numbers[at + 1] = LastCharge;
            numbers[at + 2] = _time;
            numbers[at + 3] = _charge;
            numbers[at + 4] = Total;
        }

        /// <summary>Restores it from numbers.</summary>
        internal void Load(long[] numbers, int at)
        {
            LastAwake = numbers[at];
            LastCharge = numbers[at + 1];
            _time = numbers[at + 2];
            _charge = numbers[at + 3];
            Total = numbers[at + 4];
        }
    }
}
