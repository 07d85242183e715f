using Firmware.Platform;

namespace Firmware.Sleep
{
    /// <summary>
    /// The supply as a sensor: channel <c>battery-voltage</c> in V, and <c>energy</c> of the last cycle in J (SenML units,
    /// RFC 8428 section 12.1). It is port and sensor in one, since it is always present.
    /// </summary>
    public sealed class PowerSensor : ISensorPort, ISensor
    {
        // Supply in millivolts when there is no battery to measure.
        private const int SupplyVoltage = 3300;
        private const int MicrojoulesPerMillijoule = 1000;

        private readonly BatteryWatch _battery;
        private readonly EnergyTotals _energy;

        /// <summary>Creates the channels.</summary>
        /// <param name="battery">The battery; null when it cannot be measured.</param>
        /// <param name="energy">Charge of the cycles; null for a device that does not sleep.</param>
        public PowerSensor(BatteryWatch battery, EnergyTotals energy)
        {
            _battery = battery;
            _energy = energy;
            Measurand voltage = new Measurand("battery-voltage", "V", 3, BatteryCurve.LeastMillivolts, BatteryCurve.MostMillivolts);
            Measurand joules = new Measurand("energy", "J", 3, 0, int.MaxValue);
            Measurands = battery == null ? new Measurand[] { joules } : energy == null ? new Measurand[] { voltage } : new Measurand[] { voltage, joules };
        }

        /// <inheritdoc/>
        public string Address => "power";

        /// <inheritdoc/>
        public string Model => "supply";

        /// <inheritdoc/>
        public Measurand[] Measurands { get; }

        /// <inheritdoc/>
        public ISensor Probe() => this;

        /// <inheritdoc/>
        public bool Read(int[] values, bool[] valid)
        {
            int at = 0;
            int millivolts = _battery == null ? 0 : _battery.Millivolts;
            if (_battery != null)
            {
                values[at] = millivolts;
                valid[at++] = millivolts > 0;
            }

            if (_energy != null)
            {
                long voltage = millivolts > 0 ? millivolts : SupplyVoltage;
                values[at] = (int)(_energy.LastCharge * voltage / 1000 / MicrojoulesPerMillijoule);
                valid[at] = true;
            }

            return true;
        }

        /// <inheritdoc/>
        public void Close()
        {
        }
    }
}
