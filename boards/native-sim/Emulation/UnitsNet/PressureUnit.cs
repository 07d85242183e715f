namespace UnitsNet.Units;

public enum PressureUnit
{
    Atmosphere = 1,
    Bar = 2,
    Hectopascal = 10,
    InchOfMercury = 11,
    Kilopascal = 20,
    Millibar = 31,
    MillimeterOfMercury = 32,
    Pascal = 38,
}
