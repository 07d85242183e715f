namespace Firmware.Sleep
{
    /// <summary>
    /// Watches the battery. A state begins below its threshold and ends when the voltage is back by
    /// <see cref="Hysteresis"/>; a voltage that cannot be true changes nothing.
    /// </summary>
    public sealed class BatteryWatch
    {
        /// <summary>Millivolts by which the voltage has to come back: it recovers a little when the radio is off.</summary>
        public const int Hysteresis = 50;

        private const int MostPercent = 100;

        private readonly BatteryCurve _curve;
        private readonly int _low;
        private readonly int _critical;
        private BatteryState _state;
        private int _millivolts;

        /// <summary>Creates a watch.</summary>
        /// <param name="curve">The battery's curve.</param>
        /// <param name="low">First threshold: percent up to 100, millivolts above; 0 is never reached.</param>
        /// <param name="critical">Second threshold, likewise.</param>
        /// <param name="state">The state in the wake before.</param>
        public BatteryWatch(BatteryCurve curve, int low, int critical, BatteryState state)
        {
            _curve = curve;
            _low = Threshold(low);
            _critical = Threshold(critical);
            _state = state;
        }

        /// <summary>How the battery is.</summary>
        public BatteryState State => _state;

        /// <summary>The last voltage that can be true, in millivolts; 0 before there was one.</summary>
        public int Millivolts => _millivolts;

        /// <summary>How much is left in percent, or <see cref="BatteryCurve.Unknown"/>.</summary>
        public int Percent => _curve.PercentOf(_millivolts);

        /// <summary>What the interval is to be multiplied with.</summary>
        public int IntervalFactor => _state == BatteryState.Normal ? 1 : 2;

        /// <summary>Takes a measurement.</summary>
        /// <param name="millivolts">The battery's voltage.</param>
        /// <returns>Whether <see cref="State"/> changed.</returns>
        public bool Update(int millivolts)
        {
            if (!BatteryCurve.IsPlausible(millivolts))
            {
                return false;
            }

            _millivolts = millivolts;
            BatteryState before = _state;
            _state = IsBelow(_critical, before == BatteryState.Critical) ? BatteryState.Critical
                : IsBelow(_low, before != BatteryState.Normal) ? BatteryState.Low : BatteryState.Normal;
            return _state != before;
        }

        private int Threshold(int setting) =>
            setting <= 0 ? 0 : setting > MostPercent ? setting : _curve.MillivoltsAt(setting);

        private bool IsBelow(int threshold, bool wasBelow) =>
            threshold > 0 && _millivolts < threshold + (wasBelow ? Hysteresis : 0);
    }
}
