using UnitsNet;

namespace Iot.Device.Bmxx80.ReadResult;

public class Bmp280ReadResult
{
    public Bmp280ReadResult(Temperature temperature, bool temperatureIsValid, Pressure pressure, bool pressureIsValid)
    {
        Temperature = temperature;
        TemperatureIsValid = temperatureIsValid;
        Pressure = pressure;
        PressureIsValid = pressureIsValid;
    }

    public Temperature Temperature { get; }

    public bool TemperatureIsValid { get; }

    public Pressure Pressure { get; }

    public bool PressureIsValid { get; }
}
