using System.Device.I2c;
using Boards.NativeSim.World;
using Iot.Device.Bmxx80.FilteringMode;
using Iot.Device.Bmxx80.PowerMode;
using UnitsNet;

namespace Iot.Device.Bmxx80;

public abstract class Bmx280Base : Bmxx80Base
{
    public const byte DefaultI2cAddress = 0x77;

    public const byte SecondaryI2cAddress = 0x76;

    /// <summary>Milliseconds for each <see cref="Sampling"/>.</summary>
    protected static readonly int[] OsToMeasCycles = [0, 7, 9, 14, 23, 44];

    private const byte StatusRegister = 0xF3;
    private const byte ConfigRegister = 0xF5;
    private const int ModeBits = 0b11;

    private Bmx280FilteringMode _filterMode;
    private StandbyTime _standbyTime;

    protected Bmx280Base(byte deviceId, I2cDevice i2cDevice)
        : base(deviceId, i2cDevice)
    {
    }

    public Bmx280FilteringMode FilterMode
    {
        get => _filterMode;
        set
        {
            ReplaceBits(ConfigRegister, 0b0001_1100, (byte)value << 2);
            _filterMode = value;
        }
    }

    public StandbyTime StandbyTime
    {
        get => _standbyTime;
        set
        {
            ReplaceBits(ConfigRegister, 0b1110_0000, (byte)value << 5);
            _standbyTime = value;
        }
    }

    public override bool TryReadTemperature(out Temperature temperature) => TryReadTemperatureCore(out temperature);

    public override bool TryReadPressure(out Pressure pressure) => TryReadPressureCore(out pressure);

    public bool TryReadAltitude(out Length altitude) => TryReadAltitude(Pressure.FromPascals(101_325), out altitude);

    public bool TryReadAltitude(Pressure seaLevelPressure, out Length altitude)
    {
        SensorSample sample = Measure();
        if (!Take(sample, out Pressure pressure) || !Take(sample, out Temperature temperature))
        {
            altitude = default;
            return false;
        }

        // The hypsometric formula.
        double ratio = Math.Pow(seaLevelPressure.Pascals / pressure.Pascals, 1 / 5.257);
        altitude = Length.FromMeters((ratio - 1) * temperature.Kelvins / 0.0065);
        return true;
    }

    public Bmx280PowerMode ReadPowerMode()
    {
        int mode = Read8BitsFromRegister(ControlRegister) & ModeBits;
        return mode != 1 ? (Bmx280PowerMode)mode : throw new IOException();
    }

    public void SetPowerMode(Bmx280PowerMode powerMode) => ReplaceBits(ControlRegister, ModeBits, (byte)powerMode);

    public DeviceStatus ReadStatus()
    {
        byte status = Read8BitsFromRegister(StatusRegister);
        return new DeviceStatus { Measuring = (status & 8) != 0, ImageUpdating = (status & 1) != 0 };
    }

    public virtual int GetMeasurementDuration() =>
        OsToMeasCycles[(int)PressureSampling] + OsToMeasCycles[(int)TemperatureSampling];

    protected override void SetDefaultConfiguration()
    {
        base.SetDefaultConfiguration();
        FilterMode = Bmx280FilteringMode.Off;
        StandbyTime = StandbyTime.Ms125;
    }

    protected bool TryReadTemperatureCore(out Temperature temperature) => Take(Measure(), out temperature);

    protected bool TryReadPressureCore(out Pressure pressure, bool skipTempFineRead = false) =>
        Take(Measure(), out pressure);

    private protected SensorSample MeasureForced()
    {
        if (ReadPowerMode() != Bmx280PowerMode.Normal)
        {
            SetPowerMode(Bmx280PowerMode.Forced);
            Sleep(GetMeasurementDuration());
        }

        return Measure();
    }
}
