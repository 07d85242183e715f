using System;
using Firmware.Platform;
using nanoFramework.Device.OneWire;
using nanoFramework.Hardware.Esp32;
#if NANOFRAMEWORK_1_0
using System.Threading;
#else
// A desktop thread would sleep in the host's time; a simulated chip has its own.
using nanoFramework.Emulation.Threading;
#endif

namespace Boards.Esp32
{
    /// <summary>
    /// The 1-Wire bus of an ESP32 or ESP32-S3: the runtime drives it by UART 2 (COM3), which is not free beside it. Both pins
    /// are wired to the data line, with 4.7 kOhm to the supply.
    /// </summary>
    /// <remarks>https://www.analog.com/en/resources/technical-articles/1wire-search-algorithm.html</remarks>
    public sealed class OneWireBus : IOneWire
    {
        /// <summary>Bytes of a ROM: the family, a serial number of six, a CRC.</summary>
        internal const int RomLength = 8;

        private const int Polynomial = 0x8C; // x^8 + x^5 + x^4 + 1, the low bit first
        private const int MatchRom = 0x55;
        private const int SkipRom = 0xCC;
        private const int ConvertTemperature = 0x44;

        // A bus that is shorted, or on which a device disturbs, gives ROMs without end.
        private const int MaxPasses = 16;

        // 11 bits take at most 375 ms, 12 bits twice as long (DS18B20, table 2).
        private const int ConvertMs = 375;
        private const int PollMs = 10;
        private const int Polls = 40;

        // So long its sensors share a conversion: as long as one round of all sensors may take.
        private const int SharedMs = 1000;

        private readonly IClock _clock;
        private readonly int _receivePin;
        private readonly int _transmitPin;
        private OneWireHost _host;
        private Ds18b20Port _ports;
        private int _conversion;
        private long _convertedAt;

        /// <summary>Creates a bus; touches no pin.</summary>
        /// <param name="clock">Says how old a conversion is.</param>
        /// <param name="receivePin">GPIO that reads the data line.</param>
        /// <param name="transmitPin">GPIO that drives it, open drain.</param>
        public OneWireBus(IClock clock, int receivePin, int transmitPin)
        {
            _clock = clock;
            _receivePin = receivePin;
            _transmitPin = transmitPin;
        }

        /// <inheritdoc/>
        public ISensorPort Open(string name, string serial) => new Ds18b20Port(this, name, serial);

        /// <summary>Adds a port before the others.</summary>
        /// <returns>The port that was the first before.</returns>
        internal Ds18b20Port Add(Ds18b20Port port)
        {
            Ds18b20Port next = _ports;
            _ports = port;
            return next;
        }

        /// <summary>Searches the bus for a sensor that no port has.</summary>
        /// <param name="family">The first byte of its ROM.</param>
        /// <returns>Its ROM, or null.</returns>
        internal byte[] FindNew(int family)
        {
            OneWireHost host = Host();
            bool isFound = host.FindFirstDevice(true, false);
            for (int pass = 0; isFound && pass < MaxPasses; pass++)
            {
                byte[] rom = host.SerialNumber;
                if (rom[0] == family && IsRight(rom, RomLength) && !HasPort(rom))
                {
                    byte[] found = new byte[RomLength];
                    rom.CopyTo(found, 0);
                    return found;
                }

                isFound = host.FindNextDevice(true, false);
            }

            return null;
        }

        /// <summary>Sends a command to one device.</summary>
        /// <param name="rom">Its ROM.</param>
        /// <param name="command">The command.</param>
        /// <returns>False when nothing is on the bus, or the bus does not carry what is sent.</returns>
        internal bool Send(byte[] rom, int command)
        {
            bool isSent = Host().TouchReset() && Write(MatchRom);
            for (int i = 0; i < RomLength; i++)
            {
                isSent = isSent && Write(rom[i]);
            }

            return isSent && Write(command);
        }

        internal bool Write(int value) => _host.WriteByte((byte)value) != 0;

        internal bool ReadBit() => _host.TouchBit(true);

        /// <summary>Reads bytes, the last of which is their CRC.</summary>
        /// <returns>Whether it is right. All zeros have it, all ones do not.</returns>
        internal bool Read(byte[] bytes)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = _host.ReadByte();
            }

            return IsRight(bytes, bytes.Length);
        }

        /// <summary>Makes sure that all sensors have converted, once for all of them.</summary>
        /// <param name="last">The conversion that a sensor has read last; receives the one to read now.</param>
        /// <returns>False when nothing is on the bus, or a conversion does not end.</returns>
        internal bool Convert(ref int last)
        {
            if (last == _conversion || _clock.Uptime - _convertedAt > SharedMs)
            {
                if (!Host().TouchReset() || !Write(SkipRom) || !Write(ConvertTemperature))
                {
                    return false;
                }

                Thread.Sleep(ConvertMs);
                if (!WaitForEnd())
                {
                    return false;
                }

                _conversion++;
                _convertedAt = _clock.Uptime;
            }

            last = _conversion;
            return true;
        }

        // The bus reads 0 while a sensor converts.
        private bool WaitForEnd()
        {
            for (int poll = 0; poll < Polls; poll++)
            {
                if (ReadBit())
                {
                    return true;
                }

                Thread.Sleep(PollMs);
            }

            return false;
        }

        private OneWireHost Host()
        {
            if (_host == null)
            {
                Configuration.SetPinFunction(_receivePin, DeviceFunction.COM3_RX);
                Configuration.SetPinFunction(_transmitPin, DeviceFunction.COM3_TX);
                _host = new OneWireHost();
            }

            return _host;
        }

        private bool HasPort(byte[] rom)
        {
            for (Ds18b20Port port = _ports; port != null; port = port.Next)
            {
                if (port.Has(rom))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsRight(byte[] bytes, int count) => Crc(bytes, count) == 0;

        /// <summary>The CRC of the first bytes; 0 when the last of them is that of the others.</summary>
        internal static int Crc(byte[] bytes, int count)
        {
            int crc = 0;
            for (int i = 0; i < count; i++)
            {
                crc ^= bytes[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                }
            }

            return crc;
        }
    }
}
