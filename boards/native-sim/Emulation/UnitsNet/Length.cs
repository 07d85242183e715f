using UnitsNet.Units;

namespace UnitsNet;

/// <summary>A length. A default value has no unit: as on the device, asking it for one throws.</summary>
public struct Length
{
    private readonly double _value;
    private readonly LengthUnit _unit;

    public Length(double value, LengthUnit unit)
    {
        _value = value;
        _unit = unit;
    }

    public static LengthUnit BaseUnit => LengthUnit.Meter;

    public static Length MaxValue => new(double.MaxValue, BaseUnit);

    public static Length MinValue => new(double.MinValue, BaseUnit);

    public static Length Zero => new(0, BaseUnit);

    public double Value => _value;

    public LengthUnit Unit => _unit;

    public double Centimeters => As(LengthUnit.Centimeter);

    public double Decimeters => As(LengthUnit.Decimeter);

    public double Feet => As(LengthUnit.Foot);

    public double Kilometers => As(LengthUnit.Kilometer);

    public double Meters => As(LengthUnit.Meter);

    public double Millimeters => As(LengthUnit.Millimeter);

    public static Length FromCentimeters(double centimeters) => new(centimeters, LengthUnit.Centimeter);

    public static Length FromDecimeters(double decimeters) => new(decimeters, LengthUnit.Decimeter);

    public static Length FromFeet(double feet) => new(feet, LengthUnit.Foot);

    public static Length FromKilometers(double kilometers) => new(kilometers, LengthUnit.Kilometer);

    public static Length FromMeters(double meters) => new(meters, LengthUnit.Meter);

    public static Length FromMillimeters(double millimeters) => new(millimeters, LengthUnit.Millimeter);

    public static Length From(double value, LengthUnit fromUnit) => new(value, fromUnit);

    public Length ToUnit(LengthUnit unit) => new(As(unit), unit);

    public double As(LengthUnit unit)
    {
        if (unit == Unit)
        {
            return _value;
        }

        double inBase = Unit switch
        {
            LengthUnit.Centimeter => _value * 1e-2,
            LengthUnit.Decimeter => _value * 1e-1,
            LengthUnit.Foot => _value * 0.3048,
            LengthUnit.Kilometer => _value * 1e3,
            LengthUnit.Meter => _value,
            LengthUnit.Millimeter => _value * 1e-3,
            _ => throw new NotImplementedException(),
        };

        return unit switch
        {
            LengthUnit.Centimeter => inBase / 1e-2,
            LengthUnit.Decimeter => inBase / 1e-1,
            LengthUnit.Foot => inBase / 0.3048,
            LengthUnit.Kilometer => inBase / 1e3,
            LengthUnit.Meter => inBase,
            LengthUnit.Millimeter => inBase / 1e-3,
            _ => throw new NotImplementedException(),
        };
    }
}
