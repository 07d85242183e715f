using System;
using System.Device.I2c;

namespace Boards.Esp32
{
    /// <summary>
    /// Asks the chip itself whether it is there and configured. The driver does not look at the bus status: of a sensor
    /// that was pulled it reads zeros and calls them valid.
    /// </summary>
    internal sealed class Bmxx80Registers
    {
        internal const int ChipIdBmp280 = 0x58;
        internal const int ChipIdBme280 = 0x60;
        internal const int ChipIdBme680 = 0x61;

        private const byte ChipId = 0xD0;
        private const byte ControlMeasurement280 = 0xF4;
        private const byte ControlMeasurement680 = 0x74;
        private const int TemperatureSampling = 0xE0;
        private const int NoAnswer = -1;

        private readonly I2cDevice _device;
        private readonly byte[] _register = new byte[1];
        private readonly byte[] _value = new byte[1];

        internal Bmxx80Registers(I2cDevice device)
        {
            _device = device;
        }

        /// <summary>The chip id, or -1 when nothing answers.</summary>
        internal int ReadChipId() => Read(ChipId);

        /// <summary>Whether the chip still measures temperature: a chip that lost its supply starts with that off.</summary>
        internal bool IsConfigured(int chipId)
        {
            int control = Read(chipId == ChipIdBme680 ? ControlMeasurement680 : ControlMeasurement280);
            return control != NoAnswer && (control & TemperatureSampling) != 0;
        }

        private int Read(byte register)
        {
            _register[0] = register;
            I2cTransferResult result = _device.WriteRead(new SpanByte(_register), new SpanByte(_value));
            return result.Status == I2cTransferStatus.FullTransfer ? _value[0] : NoAnswer;
        }
    }
}
