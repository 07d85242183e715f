using UnitsNet.Units;

namespace UnitsNet;

/// <summary>A duration. A default value has no unit: as on the device, asking it for one throws.</summary>
public struct Duration
{
    private readonly double _value;
    private readonly DurationUnit _unit;

    public Duration(double value, DurationUnit unit)
    {
        _value = value;
        _unit = unit;
    }

    public static DurationUnit BaseUnit => DurationUnit.Second;

    public static Duration MaxValue => new(double.MaxValue, BaseUnit);

    public static Duration MinValue => new(double.MinValue, BaseUnit);

    public static Duration Zero => new(0, BaseUnit);

    public double Value => _value;

    public DurationUnit Unit => _unit;

    public double Days => As(DurationUnit.Day);

    public double Hours => As(DurationUnit.Hour);

    public double Microseconds => As(DurationUnit.Microsecond);

    public double Milliseconds => As(DurationUnit.Millisecond);

    public double Minutes => As(DurationUnit.Minute);

    public double Nanoseconds => As(DurationUnit.Nanosecond);

    public double Seconds => As(DurationUnit.Second);

    public double Weeks => As(DurationUnit.Week);

    public static Duration FromDays(double days) => new(days, DurationUnit.Day);

    public static Duration FromHours(double hours) => new(hours, DurationUnit.Hour);

    public static Duration FromMicroseconds(double microseconds) => new(microseconds, DurationUnit.Microsecond);

    public static Duration FromMilliseconds(double milliseconds) => new(milliseconds, DurationUnit.Millisecond);

    public static Duration FromMinutes(double minutes) => new(minutes, DurationUnit.Minute);

    public static Duration FromNanoseconds(double nanoseconds) => new(nanoseconds, DurationUnit.Nanosecond);

    public static Duration FromSeconds(double seconds) => new(seconds, DurationUnit.Second);

    public static Duration FromWeeks(double weeks) => new(weeks, DurationUnit.Week);

    public static Duration From(double value, DurationUnit fromUnit) => new(value, fromUnit);

    public Duration ToUnit(DurationUnit unit) => new(As(unit), unit);

    public double As(DurationUnit unit)
    {
        if (unit == Unit)
        {
            return _value;
        }

        double inBase = Unit switch
        {
            DurationUnit.Day => _value * 86400,
            DurationUnit.Hour => _value * 3600,
            DurationUnit.Microsecond => _value * 1e-6,
            DurationUnit.Millisecond => _value * 1e-3,
            DurationUnit.Minute => _value * 60,
            DurationUnit.Nanosecond => _value * 1e-9,
            DurationUnit.Second => _value,
            DurationUnit.Week => _value * 604800,
            _ => throw new NotImplementedException(),
        };

        return unit switch
        {
            DurationUnit.Day => inBase / 86400,
            DurationUnit.Hour => inBase / 3600,
            DurationUnit.Microsecond => inBase / 1e-6,
            DurationUnit.Millisecond => inBase / 1e-3,
            DurationUnit.Minute => inBase / 60,
            DurationUnit.Nanosecond => inBase / 1e-9,
            DurationUnit.Second => inBase,
            DurationUnit.Week => inBase / 604800,
            _ => throw new NotImplementedException(),
        };
    }
}
