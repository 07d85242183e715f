using UnitsNet;

namespace Iot.Device.Bmxx80.ReadResult;

public class Bme680ReadResult : Bme280ReadResult
{
    public Bme680ReadResult(
        Temperature temperature,
        bool temperatureIsValid,
        Pressure pressure,
        bool pressureIsValid,
        RelativeHumidity humidity,
        bool humidityIsValid,
        ElectricResistance gasResistance,
        bool gasResistanceIsValid)
        : base(temperature, temperatureIsValid, pressure, pressureIsValid, humidity, humidityIsValid)
    {
        GasResistance = gasResistance;
        GasResistanceIsValid = gasResistanceIsValid;
    }

    public ElectricResistance GasResistance { get; }

    public bool GasResistanceIsValid { get; }
}
