using Firmware.Platform;

namespace Firmware.Sleep
{
    /// <summary>
    /// Derives the state of the battery from its voltage. A state begins below its threshold and ends
    /// <see cref="Hysteresis"/> above it. A voltage that is not plausible changes nothing.
    /// </summary>
    public sealed class BatteryWatch : IBattery
    {
        /// <summary>Millivolts above a threshold at which its state ends: the voltage rises a little when the radio is off.</summary>
        public const int Hysteresis = 50;

        private const int MostPercent = 100;

        private readonly BatteryCurve _curve;
        private readonly int _low;
        private readonly int _critical;

        /// <summary>Creates a watch that has not measured.</summary>
        /// <param name="curve">Charge of the battery by voltage.</param>
        /// <param name="low">First threshold: percent up to 100, millivolts above; 0 disables it.</param>
        /// <param name="critical">Second threshold, in the same units.</param>
        /// <param name="state">The state before the sleep.</param>
        public BatteryWatch(BatteryCurve curve, int low, int critical, BatteryState state)
        {
            _curve = curve;
            _low = Threshold(low);
            _critical = Threshold(critical);
            State = state;
        }

        /// <summary>The state after the last measurement.</summary>
        public BatteryState State;

        /// <summary>The last plausible voltage in millivolts; 0 before there was one.</summary>
        public int Millivolts;

        /// <inheritdoc/>
        public int Percent => _curve.PercentOf(Millivolts);

        /// <inheritdoc/>
        public int Warning => (int)State;

        /// <summary>Factor of the interval: 1, or 2 to save a battery that is low.</summary>
        public int IntervalFactor => State == BatteryState.Normal ? 1 : 2;

        /// <summary>Takes a measurement.</summary>
        /// <param name="millivolts">Voltage of the battery in millivolts.</param>
        /// <returns>Whether <see cref="State"/> changed.</returns>
        public bool Update(int millivolts)
        {
            if (!BatteryCurve.IsPlausible(millivolts))
            {
                return false;
            }

            Millivolts = millivolts;
            BatteryState before = State;
            State = IsBelow(_critical, before == BatteryState.Critical) ? BatteryState.Critical
                : IsBelow(_low, before != BatteryState.Normal) ? BatteryState.Low : BatteryState.Normal;
            return State != before;
        }

        private int Threshold(int setting) =>
            setting <= 0 ? 0 : setting > MostPercent ? setting : _curve.MillivoltsAt(setting);

        private bool IsBelow(int threshold, bool wasBelow) =>
            threshold > 0 && Millivolts < threshold + (wasBelow ? Hysteresis : 0);
    }
}
