using UnitsNet.Units;

namespace UnitsNet;

/// <summary>A relative humidity. A default value has no unit: as on the device, asking it for one throws.</summary>
public struct RelativeHumidity
{
    private readonly double _value;
    private readonly RelativeHumidityUnit _unit;

    public RelativeHumidity(double value, RelativeHumidityUnit unit)
    {
        _value = value;
        _unit = unit;
    }

    public static RelativeHumidityUnit BaseUnit => RelativeHumidityUnit.Percent;

    public static RelativeHumidity MaxValue => new(double.MaxValue, BaseUnit);

    public static RelativeHumidity MinValue => new(double.MinValue, BaseUnit);

    public static RelativeHumidity Zero => new(0, BaseUnit);

    public double Value => _value;

    public RelativeHumidityUnit Unit => _unit;

    public double Percent => As(RelativeHumidityUnit.Percent);

    public static RelativeHumidity FromPercent(double percent) => new(percent, RelativeHumidityUnit.Percent);

    public static RelativeHumidity From(double value, RelativeHumidityUnit fromUnit) => new(value, fromUnit);

    public RelativeHumidity ToUnit(RelativeHumidityUnit unit) => new(As(unit), unit);

    public double As(RelativeHumidityUnit unit)
    {
        if (unit == Unit)
        {
            return _value;
        }

        double inBase = Unit switch
        {
            RelativeHumidityUnit.Percent => _value,
            _ => throw new NotImplementedException(),
        };

        return unit switch
        {
            RelativeHumidityUnit.Percent => inBase,
            _ => throw new NotImplementedException(),
        };
    }
}
