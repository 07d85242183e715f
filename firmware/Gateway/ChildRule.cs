using Firmware.Gateway.Modbus;
using Firmware.Telemetry;

namespace Firmware.Gateway
{
    /// <summary>What the owner of the device wants of a child. Numbers share one field: a device may have 16 children.</summary>
    internal sealed class ChildRule : ReadingGroup
    {
        internal const int MaxAddress = 247;
        internal const int MinBaud = 300;
        internal const int MaxBaud = 921600;
        internal const int DefaultBaud = 9600;
        internal const int DefaultInterval = 60;

        /// <summary>Bits of a second are set in steps of this.</summary>
        internal const int BaudStep = 100;

        // What Get and Set take; up to the protocol numbers of members as well.

        /// <summary>On the line, the lowest bits of <see cref="ReadingGroup.Bits"/>; 0 for none.</summary>
        internal const int Address = 0;

        /// <summary>In steps; 0 for one that cannot be set.</summary>
        internal const int Baud = 1;

        /// <summary>As for <see cref="Platform.ISerialPort.Open"/>.</summary>
        internal const int Parity = 2;

        /// <summary>What it speaks: <see cref="Modbus"/>, or the number of a <see cref="ProtocolOption"/>, from 1 on.</summary>
        internal const int Protocol = 3;

        /// <summary>The first number of the protocol's own, of one bit; the second one has 17.</summary>
        internal const int Own = 4;

        /// <summary>The bit of that.</summary>
        internal const int OwnBit = 1 << 26;

        /// <summary>Seconds from one poll to the next.</summary>
        internal const int Interval = 6;

        internal const int Modbus = 0;

        /// <summary>Above the address, 16 bits of the line: the same for children that need no change of it.</summary>
        internal const int LineShift = 8;

        // Where the bits of each begin, in six bits; those of the next one are above them.
        private const int ShiftBits = 6;
        private const int ShiftMask = 63;
        private const long Shifts = (LineShift << 6) | (22 << 12) | (24 << 18) | (26 << 24) | (27L << 30) | ((long)IntervalShift << 36) | (61L << 42);

        /// <summary>The name of the child whose registers it has; empty for its own.</summary>
        internal string Like = string.Empty;

        internal ChildRule(string name)
            : base(name)
        {
            Bits = ((long)DefaultInterval << IntervalShift) | ((DefaultBaud / BaudStep) << LineShift);
        }

        /// <inheritdoc/>
        public override int StepOf(int at, out int lowest, out int highest) => RegisterMap.StepOf(Layout, at, out lowest, out highest);

        internal int Get(int number) => (int)(Bits >> ShiftOf(number, out int mask)) & mask;

        internal void Set(int number, int value)
        {
            int shift = ShiftOf(number, out int mask);
            Bits = (Bits & ~((long)mask << shift)) | ((long)value << shift);
        }

        private static int ShiftOf(int number, out int mask)
        {
            int shifts = (int)(Shifts >> (number * ShiftBits));
            int shift = shifts & ShiftMask;
            mask = (1 << (((shifts >> ShiftBits) & ShiftMask) - shift)) - 1;
            return shift;
        }
    }
}
