using UnitsNet.Units;

namespace UnitsNet;

/// <summary>An electric resistance. A default value has no unit: as on the device, asking it for one throws.</summary>
public struct ElectricResistance
{
    private readonly double _value;
    private readonly ElectricResistanceUnit _unit;

    public ElectricResistance(double value, ElectricResistanceUnit unit)
    {
        _value = value;
        _unit = unit;
    }

    public static ElectricResistanceUnit BaseUnit => ElectricResistanceUnit.Ohm;

    public static ElectricResistance MaxValue => new(double.MaxValue, BaseUnit);

    public static ElectricResistance MinValue => new(double.MinValue, BaseUnit);

    public static ElectricResistance Zero => new(0, BaseUnit);

    public double Value => _value;

    public ElectricResistanceUnit Unit => _unit;

    public double Gigaohms => As(ElectricResistanceUnit.Gigaohm);

    public double Kiloohms => As(ElectricResistanceUnit.Kiloohm);

    public double Megaohms => As(ElectricResistanceUnit.Megaohm);

    public double Milliohms => As(ElectricResistanceUnit.Milliohm);

    public double Ohms => As(ElectricResistanceUnit.Ohm);

    public static ElectricResistance FromGigaohms(double gigaohms) => new(gigaohms, ElectricResistanceUnit.Gigaohm);

    public static ElectricResistance FromKiloohms(double kiloohms) => new(kiloohms, ElectricResistanceUnit.Kiloohm);

    public static ElectricResistance FromMegaohms(double megaohms) => new(megaohms, ElectricResistanceUnit.Megaohm);

    public static ElectricResistance FromMilliohms(double milliohms) => new(milliohms, ElectricResistanceUnit.Milliohm);

    public static ElectricResistance FromOhms(double ohms) => new(ohms, ElectricResistanceUnit.Ohm);

    public static ElectricResistance From(double value, ElectricResistanceUnit fromUnit) => new(value, fromUnit);

    public ElectricResistance ToUnit(ElectricResistanceUnit unit) => new(As(unit), unit);

    public double As(ElectricResistanceUnit unit)
    {
        if (unit == Unit)
        {
            return _value;
        }

        double inBase = Unit switch
        {
            ElectricResistanceUnit.Gigaohm => _value * 1e9,
            ElectricResistanceUnit.Kiloohm => _value * 1e3,
            ElectricResistanceUnit.Megaohm => _value * 1e6,
            ElectricResistanceUnit.Milliohm => _value * 1e-3,
            ElectricResistanceUnit.Ohm => _value,
            _ => throw new NotImplementedException(),
        };

        return unit switch
        {
            ElectricResistanceUnit.Gigaohm => inBase / 1e9,
            ElectricResistanceUnit.Kiloohm => inBase / 1e3,
            ElectricResistanceUnit.Megaohm => inBase / 1e6,
            ElectricResistanceUnit.Milliohm => inBase / 1e-3,
            ElectricResistanceUnit.Ohm => inBase,
            _ => throw new NotImplementedException(),
        };
    }
}
