using UnitsNet.Units;

namespace UnitsNet;

/// <summary>A temperature in the units that sensors use. A default value has no unit: as on the device, asking it for one throws.</summary>
public struct Temperature
{
    private readonly double _value;
    private readonly TemperatureUnit _unit;

    public Temperature(double value, TemperatureUnit unit)
    {
        _value = value;
        _unit = unit;
    }

    public static TemperatureUnit BaseUnit => TemperatureUnit.Kelvin;

    public static Temperature MaxValue => new(double.MaxValue, BaseUnit);

    public static Temperature MinValue => new(double.MinValue, BaseUnit);

    public static Temperature Zero => new(0, BaseUnit);

    public double Value => _value;

    public TemperatureUnit Unit => _unit;

    public double DegreesCelsius => As(TemperatureUnit.DegreeCelsius);

    public double DegreesFahrenheit => As(TemperatureUnit.DegreeFahrenheit);

    public double Kelvins => As(TemperatureUnit.Kelvin);

    public double MillidegreesCelsius => As(TemperatureUnit.MillidegreeCelsius);

    public static Temperature FromDegreesCelsius(double degreescelsius) => new(degreescelsius, TemperatureUnit.DegreeCelsius);

    public static Temperature FromDegreesFahrenheit(double degreesfahrenheit) => new(degreesfahrenheit, TemperatureUnit.DegreeFahrenheit);

    public static Temperature FromKelvins(double kelvins) => new(kelvins, TemperatureUnit.Kelvin);

    public static Temperature FromMillidegreesCelsius(double millidegreescelsius) => new(millidegreescelsius, TemperatureUnit.MillidegreeCelsius);

    public static Temperature From(double value, TemperatureUnit fromUnit) => new(value, fromUnit);

    public Temperature ToUnit(TemperatureUnit unit) => new(As(unit), unit);

    public double As(TemperatureUnit unit)
    {
        if (unit == Unit)
        {
            return _value;
        }

        double inBase = Unit switch
        {
            TemperatureUnit.DegreeCelsius => _value + 273.15,
            TemperatureUnit.DegreeFahrenheit => ((_value - 32) / 1.8) + 273.15,
            TemperatureUnit.Kelvin => _value,
            TemperatureUnit.MillidegreeCelsius => (_value / 1000) + 273.15,
            _ => throw new NotImplementedException(),
        };

        return unit switch
        {
            TemperatureUnit.DegreeCelsius => inBase - 273.15,
            TemperatureUnit.DegreeFahrenheit => ((inBase - 273.15) * 1.8) + 32,
            TemperatureUnit.Kelvin => inBase,
            TemperatureUnit.MillidegreeCelsius => (inBase - 273.15) * 1000,
            _ => throw new NotImplementedException(),
        };
    }
}
