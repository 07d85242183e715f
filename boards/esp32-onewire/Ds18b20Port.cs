using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>
    /// One DS18B20 of a 1-Wire bus, found by a search or by its serial number. It is port and sensor in one: a sensor once found stays in its port until
    /// the board restarts, so that a channel never changes to another sensor. Datasheet DS18B20, 19-7487 rev 6: -55 to
    /// 125 Cel, +-0.5 Cel; 11 bits, steps of 0.125 Cel. https://www.analog.com/media/en/technical-documentation/data-sheets/ds18b20.pdf
    /// </summary>
    /// <remarks>
    /// The scratchpad has a CRC. 85.0 Cel is what it has after power-on, and is refused, as is a sensor without the alarm
    /// thresholds that were written into it: it lost its supply.
    /// </remarks>
    public sealed class Ds18b20Port : ISensorPort, ISensor
    {
        private const int Family = 0x28;
        private const int WriteScratchpad = 0x4E;
        private const int ReadScratchpad = 0xBE;
        private const int ReadPowerSupply = 0xB4;

        // Bytes of the scratchpad: temperature, alarm thresholds, configuration, 3 reserved ones, CRC.
        private const int High = 2;
        private const int Low = 3;
        private const int ScratchpadLength = 9;

        // Thresholds that no sensor has from the factory; alarms are not used.
        private const int HighMark = 0x7D;
        private const int LowMark = 0xC9;
        private const int ElevenBits = 0x5F;
        private const int PowerOn = 0x0550;

        private readonly OneWireBus _bus;
        private readonly string _name = "temperature";
        private byte[] _rom;
        private byte[] _scratchpad;
        private int _conversion;

        /// <summary>Creates a port. A bus has as many sensors as ports; which sensor is in which, the search decides.</summary>
        /// <param name="bus">The bus.</param>
        public Ds18b20Port(OneWireBus bus)
        {
            _bus = bus;
            Next = bus.Add(this);
            Address = "1-wire";
        }

        /// <summary>Creates a port of one sensor, which need not be there.</summary>
        /// <param name="bus">The bus.</param>
        /// <param name="name">Name of its channel.</param>
        /// <param name="serial">The serial number in its ROM, 12 hexadecimal digits, the high byte first.</param>
        public Ds18b20Port(OneWireBus bus, string name, string serial)
            : this(bus)
        {
            _name = name;
            _rom = new byte[OneWireBus.RomLength];
            _rom[0] = Family;
            for (int i = 1; i < OneWireBus.RomLength - 1; i++)
            {
                _rom[OneWireBus.RomLength - 1 - i] = (byte)((Digit(serial[(2 * i) - 2]) << 4) | Digit(serial[(2 * i) - 1]));
            }

            _rom[OneWireBus.RomLength - 1] = (byte)OneWireBus.Crc(_rom, OneWireBus.RomLength - 1);
            Prepare();
            Address = serial;
        }

        /// <summary>The serial number in the sensor's ROM, 12 digits, the high byte first; "1-wire" until one was found.</summary>
        public string Address { get; private set; }

        /// <inheritdoc/>
        public string Model => "ds18b20";

        /// <inheritdoc/>
        public Measurand[] Measurands { get; private set; }

        internal Ds18b20Port Next { get; }

        /// <inheritdoc/>
        public ISensor Probe()
        {
            if (_rom == null)
            {
                _rom = _bus.FindNew(Family);
                if (_rom == null)
                {
                    return null;
                }

                Prepare();
                Address = string.Empty;
                for (int i = OneWireBus.RomLength - 2; i > 0; i--)
                {
                    Address += _rom[i].ToString("X2");
                }
            }

            if (!_bus.Send(_rom, ReadPowerSupply))
            {
                return null;
            }

            if (!_bus.ReadBit())
            {
                throw new SensorRefusedException("powered by the data line: connect VDD");
            }

            // Some copies keep 12 bits: they take longer, and are waited for.
            bool isSet = _bus.Send(_rom, WriteScratchpad) && _bus.Write(HighMark) && _bus.Write(LowMark) && _bus.Write(ElevenBits);
            return isSet && HasScratchpad() ? this : null;
        }

        /// <inheritdoc/>
        public bool Read(int[] values, bool[] valid)
        {
            if (!_bus.Convert(ref _conversion) || !HasScratchpad())
            {
                return false;
            }

            int raw = (short)(_scratchpad[0] | (_scratchpad[1] << 8));
            values[0] = ((raw * 25) + 2) >> 2;
            valid[0] = true;
            return raw != PowerOn;
        }

        /// <inheritdoc/>
        public void Close()
        {
        }

        internal bool Has(byte[] rom)
        {
            for (int i = 0; _rom != null && i < OneWireBus.RomLength; i++)
            {
                if (_rom[i] != rom[i])
                {
                    return false;
                }
            }

            return _rom != null;
        }

        private static int Digit(char digit) => digit <= '9' ? digit - '0' : (digit & ~0x20) - 'A' + 10;

        private void Prepare()
        {
            _scratchpad = new byte[ScratchpadLength];
            Measurands = new[] { new Measurand(_name, "Cel", 2, -5500, 12500) };
        }

        private bool HasScratchpad() => _bus.Send(_rom, ReadScratchpad) && _bus.Read(_scratchpad)
            && _scratchpad[High] == HighMark && _scratchpad[Low] == LowMark;
    }
}
