namespace UnitsNet.Units;

public enum ElectricResistanceUnit
{
    Gigaohm = 1,
    Kiloohm = 2,
    Megaohm = 3,
    Milliohm = 5,
    Ohm = 6,
}
