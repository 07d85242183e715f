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

        private const int ParityShift = 8;
        private const int BaudShift = 12;

        /// <summary>Seconds from one poll to the next.</summary>
        internal int Interval = DefaultInterval;

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

        /// <summary>Bits of a second.</summary>
        internal int Baud
        {
            get => (_line >> BaudShift) * BaudStep;
            set => _line = (_line & ((1 << BaudShift) - 1)) | ((value / BaudStep) << BaudShift);
        }

        /// <summary>Parameters of the line: the same for children that need no change of it.</summary>
        internal int Line => _line & ~255;
    }
}
