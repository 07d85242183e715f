using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Inputs
{
    /// <summary>A voltage at the ADC, as a quantity: by a line or by points.</summary>
    internal sealed class VoltageInput : Input
    {
        private const long Thousandths = 1000;

        private readonly IInputPins _pins;
        private readonly int[] _table; // null for the line of gain and offset
        private int _millivolts;

        internal VoltageInput(InputRule rule, IInputPins pins)
            : base(rule)
        {
            _pins = pins;
            _table = rule.Table.Length == 0 ? null : AnalogTable.Parse(rule.Table);
        }

        /// <inheritdoc/>
        internal override bool IsOpen => true;

        /// <inheritdoc/>
        internal override void Read(int[] values, bool[] valid, long now)
        {
            _millivolts = _pins.ReadMillivolts(Rule.Pin, Rule.Samples);
            long value = _table == null
                ? ((_millivolts * Rule.Gain) / InputRule.One) + (Rule.Offset / Thousandths)
                : AnalogTable.ValueAt(_table, _millivolts);
            valid[At] = _millivolts > 0 && value > int.MinValue && value < int.MaxValue;
            values[At] = valid[At] ? (int)value : 0;
        }

        /// <inheritdoc/>
        internal override void Write(JsonWriter writer) => writer.Member("millivolts", _millivolts);
    }
}
