using System;
using System.Device.I2c;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>A sensor on an I2C bus. A transfer counts only when every byte was acknowledged.</summary>
    internal abstract class I2cSensor : ISensor
    {
        private readonly I2cDevice _device;

        internal I2cSensor(I2cDevice device, string model, Measurand[] measurands)
        {
            _device = device;
            Model = model;
            Measurands = measurands;
        }

        /// <inheritdoc/>
        public string Model { get; }

        /// <inheritdoc/>
        public Measurand[] Measurands { get; }

        /// <inheritdoc/>
        public abstract bool Read(int[] values, bool[] valid);

        /// <inheritdoc/>
        public virtual void Close() => _device.Dispose();

        /// <summary>Finds out whether the sensor answers, and sets it up.</summary>
        /// <returns>False when it does not answer.</returns>
        /// <exception cref="SensorRefusedException">What answers cannot be used.</exception>
        internal abstract bool Open();

        internal bool Write(byte[] bytes, int count) => IsWhole(_device.Write(new SpanByte(bytes, 0, count)));

        internal bool Receive(byte[] bytes, int count) => IsWhole(_device.Read(new SpanByte(bytes, 0, count)));

        /// <summary>Writes one byte and reads without a stop between.</summary>
        internal bool Exchange(byte[] bytes, int count) =>
            IsWhole(_device.WriteRead(new SpanByte(bytes, 0, 1), new SpanByte(bytes, 0, count)));

        private static bool IsWhole(I2cTransferResult result) => result.Status == I2cTransferStatus.FullTransfer;
    }
}
