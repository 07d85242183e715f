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

        // What Get and Set take: 14 bits each, 8 of the last. They are numbers of members as well.

        /// <summary>On the line; 0 for none.</summary>
        internal const int Address = 0;

        /// <summary>In steps; 0 for one that cannot be set.</summary>
        internal const int Baud = 1;

        /// <summary>As for <see cref="Platform.ISerialPort.Open"/>.</summary>
        internal const int Parity = 2;

        /// <summary>What it speaks: <see cref="Modbus"/>, <see cref="Lines"/> or <see cref="Nmea"/>.</summary>
        internal const int Protocol = 3;

        /// <summary>Whether the fixes of a receiver set the clock.</summary>
        internal const int SetsClock = 4;

        internal const int Modbus = 0;
        internal const int Lines = 1;
        internal const int Nmea = 2;

        private const int Bits = 14;
        private const int Mask = (1 << Bits) - 1;

        /// <summary>Metres after which the position of a receiver is reported; 0 for the interval alone.</summary>
        internal int Distance;

        /// <summary>The name of the child whose registers it has; empty for its own.</summary>
        internal string Like = string.Empty;

        private long _numbers = (long)(DefaultBaud / BaudStep) << (Baud * Bits);

        internal ChildRule(string name)
            : base(name)
        {
            Interval = DefaultInterval;
        }

        /// <summary>Parameters of the line: the same for children that need no change of it.</summary>
        internal int Line => (int)(_numbers >> Bits);

        /// <inheritdoc/>
        public override int StepOf(int at, out int lowest, out int highest) => RegisterMap.StepOf(Layout, at, out lowest, out highest);

        internal int Get(int number) => (int)(_numbers >> (number * Bits)) & Mask;

        internal void Set(int number, int value)
        {
            int shift = number * Bits;
            _numbers = (_numbers & ~((long)Mask << shift)) | ((long)value << shift);
        }
    }
}
