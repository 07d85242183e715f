using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Sleep
{
    /// <summary>
    /// The member <c>power</c> of <c>info</c> and of the status: <c>{"mode":"deep-sleep","millivolts":3870,"percent":76,
    /// "battery":"normal","wakes":288,"awake":2710,"charge":0.083,"chargePerDay":23.9,"daysLeft":101,"drift":20000}</c>:
    /// state of the battery; wakes; time awake in ms and charge in mAh of the last cycle; mean charge of a day in mAh; how
    /// much longer the sleeps are than the timer says, in ppm; <c>timeAge</c> and <c>timeError</c> in s: time since the clock
    /// was set from the network, and its possible error. What is not known is absent.
    /// </summary>
    public sealed class PowerStatus : IStatusMember
    {
        private const int ChargePerThousandth = 3600; // uAs in a thousandth of a mAh
        private const int Thousandths = 3;
        private const int ServerError = 100; // ms

        private readonly IClock _clock;
        private readonly BatteryWatch _battery;
        private readonly WakeRecord _record;
        private readonly bool _sleeps;
        private readonly int _capacity;

        /// <summary>Creates the member.</summary>
        /// <param name="clock">Tells how old the time is.</param>
        /// <param name="battery">The battery; one that has not measured is left out.</param>
        /// <param name="record">Cycles, charge and drift.</param>
        /// <param name="sleeps">Whether the device sleeps between its measurements.</param>
        /// <param name="capacity">Charge of the full battery in mAh; 0 when it is not known.</param>
        public PowerStatus(IClock clock, BatteryWatch battery, WakeRecord record, bool sleeps, int capacity)
        {
            _clock = clock;
            _battery = battery;
            _record = record;
            _sleeps = sleeps;
            _capacity = capacity;
        }

        /// <inheritdoc/>
        public string Name => "power";

        /// <summary>Gives the word for a state.</summary>
        /// <param name="state">The state.</param>
        /// <returns>"normal", "low" or "critical".</returns>
        public static string Word(BatteryState state) =>
            state == BatteryState.Normal ? "normal" : state == BatteryState.Low ? "low" : "critical";

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            writer.BeginObject();
            writer.Member("mode", _sleeps ? "deep-sleep" : "always-on");
            if (_battery.Millivolts > 0)
            {
                writer.Member("millivolts", _battery.Millivolts);
                writer.Member("percent", _battery.Percent);
                writer.Member("battery", Word(_battery.State));
            }

            if (_sleeps)
            {
                writer.Member("wakes", _record.Cycle);
                writer.Member("awake", _record.Energy.LastAwake);
                WriteCharge(writer, "charge", _record.Energy.LastCharge);
                WriteCharge(writer, "chargePerDay", _record.Energy.MeanPerDay);
                writer.Member("drift", _record.Drift.Ppm);
                WriteClock(writer);
            }

            int left = _record.Energy.DaysLeft(_capacity, _battery.Millivolts > 0 ? _battery.Percent : BatteryCurve.Unknown);
            if (left != EnergyTotals.Unknown)
            {
                writer.Member("daysLeft", left);
            }

            writer.EndObject();
        }

        private void WriteClock(JsonWriter writer)
        {
            if (_clock.IsSynchronized && _record.SyncedAt > 0)
            {
                writer.Member("timeAge", (_clock.UtcMilliseconds - _record.SyncedAt) / 1000);
                writer.Member("timeError", (_record.Drift.ErrorMs + ServerError + 999) / 1000);
            }
        }

        private static void WriteCharge(JsonWriter writer, string name, long charge)
        {
            writer.Member(name, charge / ChargePerThousandth, Thousandths);
        }
    }
}
