using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Inputs
{
    /// <summary>A meter: its pulses make a total and a rate for each hour.</summary>
    internal sealed class PulseInput : Input, IWakeMeter
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

        /// <summary>Whether its pulses wake a device that sleeps.</summary>
        internal readonly bool IsWake;

        /// <summary>Whether pulses are lost while the device sleeps.</summary>
        internal bool IsDeafAsleep;

        private readonly IInputPin _pin;
        private long _ratePulses;
        private long _rateAt;
        private long _rate; // thousandths of a pulse in an hour

        internal PulseInput(InputRule rule, IInputPins pins, long stored, long now, bool isWake)
            : base(rule)
        {
            _pin = pins.OpenCounter(rule.Pin, rule.Pull, rule.IsInverted, rule.Debounce, isWake);
            IsWake = isWake;
            Pulses = stored;
            Stored = stored;
            _ratePulses = stored;
            _rateAt = now;
        }

        /// <inheritdoc/>
        public bool IsActiveHigh => !Rule.IsInverted;

        /// <inheritdoc/>
        internal override int Count => 2;

        /// <inheritdoc/>
        internal override bool IsOpen => _pin != null;

        /// <summary>Goes on after a sleep, with the pulse that has ended it.</summary>
        internal void Resume(WakeContext wake, long now)
        {
            long[] memory = wake.Meter;
            bool isActive = memory[WakeContext.MeterIsActive] != 0;
            if (wake.IsPin)
            {
                Pulses += isActive ? 0 : 1;
                isActive = !isActive;
            }

            // One that began while the device started.
            Pulses += !isActive && _pin != null && _pin.WasHigh != Rule.IsInverted ? 1 : 0;
            _ratePulses = memory[WakeContext.MeterOwn];
            _rate = memory[WakeContext.MeterOwn + 2];
            _rateAt = wake.Slept == long.MaxValue ? now : now - wake.Slept - memory[WakeContext.MeterOwn + 1];
        }

        /// <inheritdoc/>
        public bool Keep(long[] memory, long now)
        {
            Collect();
            long active = _pin != null && _pin.WasHigh != Rule.IsInverted ? 1 : 0;
            bool isNew = memory[WakeContext.MeterPulses] != Pulses || memory[WakeContext.MeterIsActive] != active;
            memory[WakeContext.MeterKey] = TotalsFile.KeyOf(Rule.Name);
            memory[WakeContext.MeterPulses] = Pulses;
            memory[WakeContext.MeterIsActive] = active;
            memory[WakeContext.MeterOwn] = _ratePulses;
            memory[WakeContext.MeterOwn + 1] = now - _rateAt;
            memory[WakeContext.MeterOwn + 2] = _rate;
            return isNew;
        }

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
        internal override void Write(JsonWriter writer)
        {
            writer.Member("pulses", Stored);
            if (IsWake || IsDeafAsleep)
            {
                writer.Name("countsAsleep");
                writer.Boolean(IsWake);
            }
        }

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

            _rate = (pulses < MaxRate ? pulses : MaxRate) * Hour * Thousandths / time;
            _ratePulses = Pulses;
            _rateAt = now;
        }
    }
}
