using UnitsNet.Units;

namespace UnitsNet;

/// <summary>A pressure in the units that sensors use. A default value has no unit: as on the device, asking it for one throws.</summary>
public struct Pressure
{
    private readonly double _value;
    private readonly PressureUnit _unit;

    public Pressure(double value, PressureUnit unit)
    {
        _value = value;
        _unit = unit;
    }

    public static PressureUnit BaseUnit => PressureUnit.Pascal;

    public static Pressure MaxValue => new(double.MaxValue, BaseUnit);

    public static Pressure MinValue => new(double.MinValue, BaseUnit);

    public static Pressure Zero => new(0, BaseUnit);

    public double Value => _value;

    public PressureUnit Unit => _unit;

    public double Atmospheres => As(PressureUnit.Atmosphere);

    public double Bars => As(PressureUnit.Bar);

    public double Hectopascals => As(PressureUnit.Hectopascal);

    public double InchesOfMercury => As(PressureUnit.InchOfMercury);

    public double Kilopascals => As(PressureUnit.Kilopascal);

    public double Millibars => As(PressureUnit.Millibar);

    public double MillimetersOfMercury => As(PressureUnit.MillimeterOfMercury);

    public double Pascals => As(PressureUnit.Pascal);

    public static Pressure FromAtmospheres(double atmospheres) => new(atmospheres, PressureUnit.Atmosphere);

    public static Pressure FromBars(double bars) => new(bars, PressureUnit.Bar);

    public static Pressure FromHectopascals(double hectopascals) => new(hectopascals, PressureUnit.Hectopascal);

    public static Pressure FromInchesOfMercury(double inchesofmercury) => new(inchesofmercury, PressureUnit.InchOfMercury);

    public static Pressure FromKilopascals(double kilopascals) => new(kilopascals, PressureUnit.Kilopascal);

    public static Pressure FromMillibars(double millibars) => new(millibars, PressureUnit.Millibar);

    public static Pressure FromMillimetersOfMercury(double millimetersofmercury) => new(millimetersofmercury, PressureUnit.MillimeterOfMercury);

    public static Pressure FromPascals(double pascals) => new(pascals, PressureUnit.Pascal);

    public static Pressure From(double value, PressureUnit fromUnit) => new(value, fromUnit);

    public Pressure ToUnit(PressureUnit unit) => new(As(unit), unit);

    public double As(PressureUnit unit)
    {
        if (unit == Unit)
        {
            return _value;
        }

        double inBase = Unit switch
        {
            PressureUnit.Atmosphere => _value * 101325,
            PressureUnit.Bar => _value * 1e5,
            PressureUnit.Hectopascal => _value * 100,
            PressureUnit.InchOfMercury => _value * 3386.38864034927,
            PressureUnit.Kilopascal => _value * 1000,
            PressureUnit.Millibar => _value * 100,
            PressureUnit.MillimeterOfMercury => _value * 133.322387415,
            PressureUnit.Pascal => _value,
            _ => throw new NotImplementedException(),
        };

        return unit switch
        {
            PressureUnit.Atmosphere => inBase / 101325,
            PressureUnit.Bar => inBase / 1e5,
            PressureUnit.Hectopascal => inBase / 100,
            PressureUnit.InchOfMercury => inBase / 3386.38864034927,
            PressureUnit.Kilopascal => inBase / 1000,
            PressureUnit.Millibar => inBase / 100,
            PressureUnit.MillimeterOfMercury => inBase / 133.322387415,
            PressureUnit.Pascal => inBase,
            _ => throw new NotImplementedException(),
        };
    }
}
