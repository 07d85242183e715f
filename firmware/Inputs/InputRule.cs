using Firmware.Platform;

namespace Firmware.Inputs
{
    /// <summary>What the owner of the device wants of an input.</summary>
    internal sealed class InputRule
    {
        internal const int Contact = 0;
        internal const int Pulse = 1;
        internal const int Analog = 2;
        internal const int OneWire = 3;

        /// <summary>Gain, offset and <see cref="PerUnit"/> are in millionths.</summary>
        internal const long One = 1000000;

        internal readonly string Name;

        internal int Kind;
        internal int Pin = PinTable.None;
        internal bool IsInverted;

        /// <summary>As for <see cref="IInputPins.Open"/>.</summary>
        internal int Pull;

        /// <summary>Milliseconds.</summary>
        internal int Debounce;

        /// <summary>Pulses of a unit.</summary>
        internal long PerUnit = One;

        /// <summary>SenML unit; empty for none.</summary>
        internal string Unit = string.Empty;

        /// <summary>What is added, in the unit.</summary>
        internal long Offset;

        /// <summary>Units of a volt.</summary>
        internal long Gain = One;

        /// <summary>See <see cref="AnalogTable"/>; empty for gain and offset.</summary>
        internal string Table = string.Empty;

        internal int Samples = InputsSetting.DefaultSamples;

        /// <summary>Serial number on the 1-Wire bus, 12 hexadecimal digits; empty for none.</summary>
        internal string Address = string.Empty;

        internal InputRule(string name)
        {
            Name = name;
        }

        /// <summary>The word of a kind.</summary>
        internal static string[] Kinds => new string[] { "contact", "pulse", "analog", "onewire" };
    }
}
