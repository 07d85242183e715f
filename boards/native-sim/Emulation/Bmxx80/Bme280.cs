using System.Device.I2c;
using Boards.NativeSim.World;
using Iot.Device.Bmxx80.ReadResult;
using UnitsNet;

namespace Iot.Device.Bmxx80;

public class Bme280 : Bmx280Base
{
    private const byte ChipId = 0x60;
    private const byte CtrlHumRegister = 0xF2;

    private Sampling _humiditySampling;

    public Bme280(I2cDevice i2cDevice)
        : base(ChipId, i2cDevice)
    {
    }

    public Sampling HumiditySampling
    {
        get => _humiditySampling;
        set
        {
            if (value > Sampling.UltraHighResolution)
            {
                throw new ArgumentOutOfRangeException();
            }

            ReplaceBits(CtrlHumRegister, 0b111, (byte)value);

            // It takes effect with the next write to ctrl_meas (BST-BME280-DS002, 5.4.3).
            Write(ControlRegister, Read8BitsFromRegister(ControlRegister));
            _humiditySampling = value;
        }
    }

    public bool TryReadHumidity(out RelativeHumidity humidity) => Take(Measure(), out humidity);

    public override int GetMeasurementDuration() =>
        base.GetMeasurementDuration() + OsToMeasCycles[(int)HumiditySampling];

    public Bme280ReadResult Read()
    {
        SensorSample sample = MeasureForced();
        bool temperatureIsValid = Take(sample, out Temperature temperature);
        bool pressureIsValid = Take(sample, out Pressure pressure);
        bool humidityIsValid = Take(sample, out RelativeHumidity humidity);
        return new Bme280ReadResult(temperature, temperatureIsValid, pressure, pressureIsValid, humidity, humidityIsValid);
    }

    protected override void SetDefaultConfiguration()
    {
        base.SetDefaultConfiguration();
        HumiditySampling = Sampling.UltraLowPower;
    }

    private bool Take(in SensorSample sample, out RelativeHumidity humidity)
    {
        bool valid = Take(HumiditySampling, sample);
        humidity = valid ? RelativeHumidity.FromPercent(sample.HumidityPercent) : default;
        return valid;
    }
}
