using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Inputs
{
    /// <summary>A meter: its pulses make a total and a rate for each hour.</summary>
    internal sealed class PulseInput : Input
    {
        private const long Hour = 3600000;
        private const long ShortestTime = 1000; // requests can ask in quick succession
        private const long Thousandths = 1000;

        // An hour of as many, in thousandths, still fits into a long.
        private const long MaxRate = 1000000000;

        /// <summary>Pulses since the first start.</summary>
        internal long Pulses;

        /// <summary>Those of them that are on flash: what is published, so that a power cut cannot take the total back.</summary>
        internal long Stored;

        private readonly IInputPin _pin;
        private long _ratePulses;
        private long _rateAt;
        private long _rate; // thousandths of a pulse in an hour

        internal PulseInput(InputRule rule, IInputPins pins, long stored, long now)
            : base(rule)
        {
            _pin = pins.OpenCounter(rule.Pin, rule.Pull, rule.IsInverted, rule.Debounce);
            Pulses = stored;
            Stored = stored;
            _ratePulses = stored;
            _rateAt = now;
        }

        /// <inheritdoc/>
        internal override int Count => 2;

        /// <inheritdoc/>
        internal override bool IsOpen => _pin != null;

        /// <summary>Adds what was counted.</summary>
        internal void Collect()
        {
            int pulses = _pin == null ? 0 : _pin.TakeEdges();
            Pulses += pulses > 0 ? pulses : 0;
        }

        /// <inheritdoc/>
        internal override Measurand Describe(int index) => index == 0
            ? base.Describe(0)
            : new Measurand(Rule.Name + "-rate", Rule.Unit + "/h", 3, int.MinValue, int.MaxValue);

        /// <inheritdoc/>
        internal override void Read(int[] values, bool[] valid, long now)
        {
            Collect();
            TakeRate(now);
            Put(values, valid, At, Scaled(Stored * Thousandths) + (Rule.Offset / Thousandths));
            Put(values, valid, At + 1, Scaled(_rate));
        }

        /// <inheritdoc/>
        internal override void Write(JsonWriter writer) => writer.Member("pulses", Stored);

        /// <inheritdoc/>
        internal override void Close() => _pin?.Close();

        // Divided in two steps: thousandths of pulses in a century times a million would not fit.
        private long Scaled(long thousandths)
        {
            long perUnit = Rule.PerUnit;
            long whole = thousandths / perUnit;
            return whole > int.MaxValue ? int.MaxValue : (whole * InputRule.One) + (thousandths % perUnit * InputRule.One / perUnit);
        }

        private void Put(int[] values, bool[] valid, int at, long value)
        {
            valid[at] = _pin != null && value < int.MaxValue && value > int.MinValue;
            values[at] = valid[at] ? (int)value : 0;
        }

        // Without a pulse the rate is at most that of one now: it falls slowly, and is 0 after an hour.
        private void TakeRate(long now)
        {
            long time = now - _rateAt;
            long pulses = Pulses - _ratePulses;
            if (time < ShortestTime)
            {
                return;
            }

            if (pulses == 0)
            {
                long most = time >= Hour ? 0 : Hour * Thousandths / time;
                _rate = _rate < most ? _rate : most;
                return;
            }

            _rate = (pulses < MaxRate ? pulses : MaxRate) * Hour / time * Thousandths;
            _ratePulses = Pulses;
            _rateAt = now;
        }
    }
}
