namespace Firmware.Platform
{
    /// <summary>A quantity that a sensor measures: its name, its unit, how its integers are read, what can be true.</summary>
    public sealed class Measurand
    {
        /// <summary>A scale: the value is false (0) or true (1), as a contact has it. On the wire it is "vb" (RFC 8428 section 4.2).</summary>
        public const int Boolean = 255;

        /// <summary>Creates a measurand.</summary>
        /// <param name="name">SenML name, e.g. "temperature".</param>
        /// <param name="unit">SenML unit (RFC 8428 section 12.1), e.g. "Cel"; empty for none.</param>
        /// <param name="scale">Decimal places of the integer: 2137 with scale 2 is 21.37. Or <see cref="Boolean"/>.</param>
        /// <param name="minimum">Least value of the datasheet's range, in the same fixed point.</param>
        /// <param name="maximum">Greatest value of the datasheet's range, in the same fixed point.</param>
        public Measurand(string name, string unit, int scale, int minimum, int maximum)
        {
            Name = name;
            Unit = unit;
            Scale = scale;
            Minimum = minimum;
            Maximum = maximum;
        }

        /// <summary>SenML name.</summary>
        public readonly string Name;

        /// <summary>SenML unit.</summary>
        public readonly string Unit;

        /// <summary>Decimal places, or <see cref="Boolean"/>.</summary>
        public readonly int Scale;

        /// <summary>Least plausible value.</summary>
        public readonly int Minimum;

        /// <summary>Greatest plausible value.</summary>
        public readonly int Maximum;
    }
}
