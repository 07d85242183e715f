using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Inputs
{
    /// <summary>Inputs by their names.</summary>
    internal sealed class InputsSetting : SettingTable
    {
        internal const int MaxInputs = 8;
        internal const int DefaultSamples = 16;

        private const int Kind = 0;
        private const int Pin = 1;
        private const int Inverted = 2;
        private const int Pull = 3;
        private const int Debounce = 4;
        private const int PerUnit = 5;
        private const int UnitName = 6;
        private const int Offset = 7;
        private const int Gain = 8;
        private const int Table = 9;
        private const int Samples = 10;
        private const int Address = 11;

        private const SettingEffect Restart = SettingEffect.Restart;
        private const int SerialDigits = 12;

        // So that a total in thousandths fits into a long with all that a counter can count in a century.
        private const long LeastPerUnit = InputRule.One / 1000;
        private const long MostPerUnit = 100000 * InputRule.One;
        private const long MaxQuantity = 1000000 * InputRule.One;

        private readonly bool _hasOneWire;

        internal InputsSetting(string name, bool hasOneWire)
            : base(name, Restart, MaxInputs, new InputRule[0])
        {
            _hasOneWire = hasOneWire;
        }

        /// <inheritdoc/>
        public override int MemberCount => Address + 1;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index)
            {
                case Kind: return Choice("kind", Restart, InputRule.Kinds);
                case Pin: return Integer("pin", Restart, 0, PinTable.Last, PinTable.None, null);
                case Inverted: return Boolean("inverted", Restart, false);
                case Pull: return Choice("pull", Restart, new string[] { "up", "none", "down" });
                case Debounce: return Integer("debounce", Restart, 0, 10000, 0, "ms");
                case PerUnit: return Number("perUnit", Restart, LeastPerUnit, MostPerUnit, InputRule.One, null);
                case UnitName: return Text("unit", Restart, 0, 16, string.Empty);
                case Offset: return Number("offset", Restart, -MaxQuantity, MaxQuantity, 0, null);
                case Gain: return Number("gain", Restart, -MaxQuantity, MaxQuantity, InputRule.One, null);
                case Table: return new TableSetting("table");
                case Samples: return Integer("samples", Restart, 1, 64, DefaultSamples, null);
                default: return Text("address", Restart, 0, SerialDigits, string.Empty);
            }
        }

        /// <inheritdoc/>
        public override object Create(string name) => new InputRule(name);

        /// <inheritdoc/>
        public override string NameOf(object entry) => ((InputRule)entry).Name;

        /// <inheritdoc/>
        public override object Get(object entry, int member)
        {
            InputRule rule = (InputRule)entry;
            switch (member)
            {
                case Kind: return (long)rule.Kind;
                case Pin: return (long)rule.Pin;
                case Inverted: return rule.IsInverted ? 1L : 0L;
                case Pull: return (long)rule.Pull;
                case Debounce: return (long)rule.Debounce;
                case PerUnit: return rule.PerUnit;
                case UnitName: return rule.Unit;
                case Offset: return rule.Offset;
                case Gain: return rule.Gain;
                case Table: return rule.Table;
                case Samples: return (long)rule.Samples;
                default: return rule.Address;
            }
        }

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
            InputRule rule = (InputRule)entry;
            long number = value is long integer ? integer : 0;
            switch (member)
            {
                case Kind: rule.Kind = (int)number; break;
                case Pin: rule.Pin = (int)number; break;
                case Inverted: rule.IsInverted = number != 0; break;
                case Pull: rule.Pull = (int)number; break;
                case Debounce: rule.Debounce = (int)number; break;
                case PerUnit: rule.PerUnit = number; break;
                case UnitName: rule.Unit = (string)value; break;
                case Offset: rule.Offset = number; break;
                case Gain: rule.Gain = number; break;
                case Table: rule.Table = (string)value; break;
                case Samples: rule.Samples = (int)number; break;
                default: rule.Address = (string)value; break;
            }
        }

        /// <inheritdoc/>
        public override int Contradiction(object entry, out string reason)
        {
            InputRule rule = (InputRule)entry;
            if (IsReserved(rule.Name))
            {
                reason = "is of an input named " + rule.Name + ", which means something else in readings: choose another name";
                return Pin;
            }

            if (rule.Kind == InputRule.OneWire)
            {
                reason = _hasOneWire ? "must be the 12 hexadecimal digits of the serial number" : "is not possible: the board has no 1-Wire bus";
                return !_hasOneWire ? Kind : IsSerial(rule.Address) ? -1 : Address;
            }

            if (rule.Pin == PinTable.None)
            {
                reason = "is missing";
                return Pin;
            }

            reason = Pins == null ? null : Pins.Refusal(rule.Pin, rule.Kind == InputRule.Analog ? PinTable.Analog : PinTable.Input);
            return reason == null ? -1 : Pin;
        }

        /// <inheritdoc/>
        public override int PinOf(object entry)
        {
            InputRule rule = (InputRule)entry;
            return rule.Kind == InputRule.OneWire ? PinTable.None : rule.Pin;
        }

        // Members of a message beside its readings, and the entity of the connection in Home Assistant.
        private static bool IsReserved(string name) =>
            name == "seq" || name == "time" || name == "age" || name == "timeUnknown" || name == "time-unknown" || name == "status";

        private static bool IsSerial(string text)
        {
            int digits = 0;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                digits += (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f') ? 1 : 0;
            }

            return digits == SerialDigits && text.Length == SerialDigits;
        }
    }
}
