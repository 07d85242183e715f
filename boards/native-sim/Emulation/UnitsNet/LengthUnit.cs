namespace UnitsNet.Units;

public enum LengthUnit
{
    Centimeter = 3,
    Decimeter = 7,
    Foot = 11,
    Kilometer = 16,
    Meter = 21,
    Millimeter = 26,
}
