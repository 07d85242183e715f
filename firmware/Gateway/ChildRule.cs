using Firmware.Telemetry;

namespace Firmware.Gateway
{
    /// <summary>What the owner of the device wants of a child. The numbers share an integer: a device may have 16 children.</summary>
    internal sealed class ChildRule : ReadingGroup
    {
        internal const int MaxAddress = 247;
        internal const int MinBaud = 300;
        internal const int MaxBaud = 921600;
        internal const int DefaultBaud = 9600;
        internal const int DefaultInterval = 60;

        /// <summary>Bits of a second are set in steps of this.</summary>
        internal const int BaudStep = 100;

        internal const int Modbus = 0;
        internal const int Lines = 1;
        internal const int Nmea = 2;

        private const int ParityShift = 8;
        private const int ProtocolShift = 26;
        private const int ClockBit = 1 << 28;
        private const int BaudShift = 12;
        private const int BaudMask = (1 << (ProtocolShift - BaudShift)) - 1;

        /// <summary>Seconds from one poll to the next.</summary>
        internal int Interval = DefaultInterval;

        /// <summary>Metres after which the position of a receiver is reported; 0 for the interval alone.</summary>
        internal int Distance;

        /// <summary>The name of the child whose registers it has; empty for its own.</summary>
        internal string Like = string.Empty;

        private int _line = (DefaultBaud / BaudStep) << BaudShift;

        internal ChildRule(string name)
            : base(name)
        {
        }

        /// <summary>0 for none.</summary>
        internal int Address
        {
            get => _line & 255;
            set => _line = (_line & ~255) | value;
        }

        /// <summary>As for <see cref="Platform.ISerialPort.Open"/>.</summary>
        internal int Parity
        {
            get => (_line >> ParityShift) & 3;
            set => _line = (_line & ~(3 << ParityShift)) | (value << ParityShift);
        }

        /// <summary>Bits of a second; 0 for one between two steps.</summary>
        internal int Baud
        {
            get => ((_line >> BaudShift) & BaudMask) * BaudStep;
            set => _line = (_line & ~(BaudMask << BaudShift)) | ((value % BaudStep == 0 ? value / BaudStep : 0) << BaudShift);
        }

        /// <summary>What it speaks: <see cref="Modbus"/>, <see cref="Lines"/> or <see cref="Nmea"/>.</summary>
        internal int Protocol
        {
            get => (_line >> ProtocolShift) & 3;
            set => _line = (_line & ~(3 << ProtocolShift)) | (value << ProtocolShift);
        }

        /// <summary>Whether the fixes of a receiver set the clock.</summary>
        internal bool SetsClock
        {
            get => (_line & ClockBit) != 0;
            set => _line = value ? _line | ClockBit : _line & ~ClockBit;
        }

        /// <summary>Parameters of the line: the same for children that need no change of it.</summary>
        internal int Line => _line & ~255;
    }
}
