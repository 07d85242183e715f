using System.Device.I2c;
using Boards.NativeSim.World;
using Iot.Device.Bmxx80.FilteringMode;
using Iot.Device.Bmxx80.PowerMode;
using Iot.Device.Bmxx80.ReadResult;
using UnitsNet;

namespace Iot.Device.Bmxx80;

/// <summary>Registers: BST-BME680-DS001, section 5.2.</summary>
public class Bme680 : Bmxx80Base
{
    public const byte DefaultI2cAddress = 0x76;

    public const byte SecondaryI2cAddress = 0x77;

    private const byte ChipId = 0x61;
    private const byte StatusRegister = 0x1D;
    private const byte ResHeat0Register = 0x5A;
    private const byte GasWait0Register = 0x64;
    private const byte CtrlGas0Register = 0x70;
    private const byte CtrlGas1Register = 0x71;
    private const byte CtrlHumRegister = 0x72;
    private const byte ConfigRegister = 0x75;
    private const int ModeBits = 0b11;
    private const double CycleMs = 1.963;
    private const double SwitchMs = 0.477;

    private static readonly int[] s_cycles = [0, 1, 2, 4, 8, 16];

    private readonly Dictionary<Bme680HeaterProfile, Bme680HeaterProfileConfig> _heaterConfigs = [];
    private Sampling _humiditySampling;
    private Bme680HeaterProfile _heaterProfile;
    private Bme680FilteringMode _filterMode;
    private bool _heaterIsEnabled;
    private bool _gasConversionIsEnabled;

    public Bme680(I2cDevice i2cDevice, Temperature ambientTemperatureDefault)
        : base(ChipId, i2cDevice)
    {
    }

    public Bme680(I2cDevice i2cDevice)
        : this(i2cDevice, Temperature.FromDegreesCelsius(20))
    {
    }

    public Sampling HumiditySampling
    {
        get => _humiditySampling;
        set
        {
            Require(value <= Sampling.UltraHighResolution);
            ReplaceBits(CtrlHumRegister, 0b111, (byte)value);
            _humiditySampling = value;
        }
    }

    public Bme680HeaterProfile HeaterProfile
    {
        get => _heaterProfile;
        set
        {
            if (_heaterConfigs.ContainsKey(value))
            {
                ReplaceBits(CtrlGas1Register, 0b1111, (byte)value);
                _heaterProfile = value;
            }
        }
    }

    public Bme680FilteringMode FilterMode
    {
        get => _filterMode;
        set
        {
            Require(value is >= Bme680FilteringMode.C0 and <= Bme680FilteringMode.C127);
            ReplaceBits(ConfigRegister, 0b0001_1100, (byte)value << 2);
            _filterMode = value;
        }
    }

    public bool HeaterIsEnabled
    {
        get => _heaterIsEnabled;
        set
        {
            ReplaceBits(CtrlGas0Register, 0b1000, value ? 0 : 0b1000);
            _heaterIsEnabled = value;
        }
    }

    public bool GasConversionIsEnabled
    {
        get => _gasConversionIsEnabled;
        set
        {
            ReplaceBits(CtrlGas1Register, 0b1_0000, value ? 0b1_0000 : 0);
            _gasConversionIsEnabled = value;
        }
    }

    protected override int TempCalibrationFactor => 16;

    public bool ReadNewDataIsAvailable() => (Read8BitsFromRegister(StatusRegister) & 0x80) != 0;

    public bool ReadGasMeasurementInProcess() => (Read8BitsFromRegister(StatusRegister) & 0x40) != 0;

    public bool ReadMeasurementInProcess() => (Read8BitsFromRegister(StatusRegister) & 0x20) != 0;

    public bool ReadHeaterIsStable() => Measure().GasIsValid;

    public void SetPowerMode(Bme680PowerMode powerMode)
    {
        Require(powerMode <= Bme680PowerMode.Forced);
        ReplaceBits(ControlRegister, ModeBits, (byte)powerMode);
    }

    public Bme680PowerMode ReadPowerMode() => (Bme680PowerMode)(Read8BitsFromRegister(ControlRegister) & ModeBits);

    public void ConfigureHeatingProfile(
        Bme680HeaterProfile profile,
        Temperature targetTemperature,
        Duration duration,
        Temperature ambientTemperature)
    {
        Require(profile <= Bme680HeaterProfile.Profile10);

        // The data sheet's heater arithmetic needs calibration, which is not modelled: any plausible code will do.
        byte resistance = (byte)Math.Clamp(targetTemperature.DegreesCelsius / 4, 0, 100);
        Write((byte)(ResHeat0Register + (byte)profile), resistance);
        Write((byte)(GasWait0Register + (byte)profile), (byte)Math.Clamp(duration.Milliseconds, 0, 63));
        _heaterConfigs[profile] = new Bme680HeaterProfileConfig(profile, resistance, duration);
    }

    public Duration GetMeasurementDuration(Bme680HeaterProfile profile)
    {
        Sampling[] samplings = [TemperatureSampling, PressureSampling, HumiditySampling];
        double ms = 1.5 + samplings.Sum(s => (s_cycles[(int)s] * CycleMs) + (s == Sampling.Skipped ? 0 : SwitchMs));
        if (GasConversionIsEnabled)
        {
            ms += 5 * SwitchMs;
            ms += _heaterConfigs.TryGetValue(profile, out var config) ? config.HeaterDuration.Milliseconds : 0;
        }

        return Duration.FromMilliseconds(Math.Ceiling(ms));
    }

    public Bme680ReadResult Read()
    {
        SetPowerMode(Bme680PowerMode.Forced);
        Sleep((int)GetMeasurementDuration(HeaterProfile).Milliseconds);
        SensorSample sample = Measure();
        bool temperatureIsValid = Take(sample, out Temperature temperature);
        bool pressureIsValid = Take(sample, out Pressure pressure);
        bool humidityIsValid = Take(sample, out RelativeHumidity humidity);
        bool gasIsValid = Take(sample, out ElectricResistance gas);
        return new Bme680ReadResult(
            temperature, temperatureIsValid, pressure, pressureIsValid, humidity, humidityIsValid, gas, gasIsValid);
    }

    public bool TryReadHumidity(out RelativeHumidity humidity) => Take(Measure(), out humidity);

    public override bool TryReadPressure(out Pressure pressure) => Take(Measure(), out pressure);

    public override bool TryReadTemperature(out Temperature temperature) => Take(Measure(), out temperature);

    public bool TryReadGasResistance(out ElectricResistance gasResistance) => Take(Measure(), out gasResistance);

    protected override void SetDefaultConfiguration()
    {
        base.SetDefaultConfiguration();
        HumiditySampling = Sampling.UltraLowPower;
        FilterMode = Bme680FilteringMode.C0;
        Temperature ambient = Temperature.FromDegreesCelsius(20);
        ConfigureHeatingProfile(
            Bme680HeaterProfile.Profile1, Temperature.FromDegreesCelsius(320), Duration.FromMilliseconds(150), ambient);
        HeaterProfile = Bme680HeaterProfile.Profile1;
        HeaterIsEnabled = true;
        GasConversionIsEnabled = true;
    }

    private static void Require(bool inRange)
    {
        if (!inRange)
        {
            throw new ArgumentOutOfRangeException();
        }
    }

    private bool Take(in SensorSample sample, out RelativeHumidity humidity)
    {
        bool valid = Take(HumiditySampling, sample);
        humidity = valid ? RelativeHumidity.FromPercent(sample.HumidityPercent) : default;
        return valid;
    }

    private static bool Take(in SensorSample sample, out ElectricResistance gas)
    {
        gas = sample.GasIsValid ? ElectricResistance.FromOhms(sample.GasResistanceOhms) : default;
        return sample.GasIsValid;
    }
}
