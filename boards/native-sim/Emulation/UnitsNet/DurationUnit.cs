namespace UnitsNet.Units;

public enum DurationUnit
{
    Day = 1,
    Hour = 2,
    Microsecond = 4,
    Millisecond = 5,
    Minute = 6,
    Nanosecond = 8,
    Second = 9,
    Week = 10,
}
