using System.Device.I2c;
using Boards.NativeSim.World;
using UnitsNet;

namespace Iot.Device.Bmxx80;

/// <summary>
/// Registers go over the simulated bus as the real driver sends them, so their state is the sensor's; the values come
/// ready from the sensor's room in place of raw data and its compensation.
/// </summary>
public abstract class Bmxx80Base : IDisposable
{
    private const byte ChipIdRegister = 0xD0;
    private const byte ResetRegister = 0xE0;
    private const byte ResetCommand = 0xB6;

    private Sampling _pressureSampling;
    private Sampling _temperatureSampling;

    protected Bmxx80Base(byte deviceId, I2cDevice i2cDevice)
    {
        I2cDevice = i2cDevice ?? throw new ArgumentNullException(nameof(i2cDevice));
        if (Read8BitsFromRegister(ChipIdRegister) != deviceId)
        {
            throw new IOException();
        }

        ControlRegister = this is Bme680 ? (byte)0x74 : (byte)0xF4;
        Reset();
    }

    public Sampling PressureSampling
    {
        get => _pressureSampling;
        set
        {
            ReplaceBits(ControlRegister, 0b0001_1100, (byte)value << 2);
            _pressureSampling = value;
        }
    }

    public Sampling TemperatureSampling
    {
        get => _temperatureSampling;
        set
        {
            ReplaceBits(ControlRegister, 0b1110_0000, (byte)value << 5);
            _temperatureSampling = value;
        }
    }

    protected double TemperatureFine { get; set; }

    protected virtual int TempCalibrationFactor => 1;

    protected byte ControlRegister { get; set; }

    protected CommunicationProtocol CommunicationProtocol1 { get; set; }

    protected I2cDevice I2cDevice { get; set; }

    public void Reset()
    {
        Write(ResetRegister, ResetCommand);
        SetDefaultConfiguration();
    }

    public abstract bool TryReadTemperature(out Temperature temperature);

    public abstract bool TryReadPressure(out Pressure pressure);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        I2cDevice?.Dispose();
        I2cDevice = null!;
    }

    protected internal byte Read8BitsFromRegister(byte register)
    {
        I2cDevice.WriteByte(register);
        return I2cDevice.ReadByte();
    }

    protected Sampling ByteToSampling(byte value) =>
        value >= (byte)Sampling.UltraHighResolution ? Sampling.UltraHighResolution : (Sampling)value;

    protected virtual void SetDefaultConfiguration()
    {
        PressureSampling = Sampling.UltraLowPower;
        TemperatureSampling = Sampling.UltraLowPower;
    }

    private protected void Write(byte register, byte value) => I2cDevice.Write(new[] { register, value });

    private protected void ReplaceBits(byte register, int mask, int bits) =>
        Write(register, (byte)((Read8BitsFromRegister(register) & ~mask) | bits));

    private protected void Sleep(int ms) => I2cDevice.Chip.Sleep(ms);

    private protected SensorSample Measure()
    {
        SimulatedChip chip = I2cDevice.Chip;
        return chip.Bus.At(I2cDevice.ConnectionSettings.DeviceAddress)?.Measure(chip.Room, chip.WorldUtcNow)
            ?? SimulatedSensor.NoAnswer;
    }

    private protected bool Take(Sampling sampling, in SensorSample sample) =>
        sampling != Sampling.Skipped && sample.IsValid;

    private protected bool Take(in SensorSample sample, out Temperature temperature)
    {
        bool valid = Take(TemperatureSampling, sample);
        temperature = valid ? Temperature.FromDegreesCelsius(sample.TemperatureCelsius) : default;
        return valid;
    }

    private protected bool Take(in SensorSample sample, out Pressure pressure)
    {
        bool valid = Take(PressureSampling, sample);
        pressure = valid ? Pressure.FromPascals(sample.PressurePascals) : default;
        return valid;
    }

    public enum CommunicationProtocol
    {
        I2c,
    }
}
