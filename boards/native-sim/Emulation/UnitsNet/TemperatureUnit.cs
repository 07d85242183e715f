namespace UnitsNet.Units;

public enum TemperatureUnit
{
    DegreeCelsius = 1,
    DegreeFahrenheit = 3,
    Kelvin = 8,
    MillidegreeCelsius = 9,
}
