namespace Boards.NativeSim.World;

/// <summary>
/// The air around a chip: smooth, plausible, and a pure function of seed and UTC, with a little noise
/// that is constant within a slot of ten seconds.
/// </summary>
public sealed class Room
{
    private const double DaysPerSlot = 10.0 / 86400;
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly int _seed;

    /// <summary>Creates the room of a seed.</summary>
    /// <param name="seed">The same seed gives the same air at the same time.</param>
    public Room(int seed) => _seed = seed;

    /// <summary>Temperature, about 17 to 26 Cel: coldest in the early morning, warmest in the afternoon.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>Degrees Celsius.</returns>
    public double TemperatureCelsius(DateTime utc)
    {
        double days = Days(utc);
        double swing = 3.0 + (0.4 * Trait(0));
        double warmestAt = (15.0 / 24) + (0.04 * Trait(1));
        return 21.5
            + (0.5 * Trait(2))
            + (swing * Math.Cos(Math.Tau * (days - warmestAt)))
            + (0.4 * Wave(days, 5.3, 3))
            + (0.05 * Noise(days, 0));
    }

    /// <summary>Relative humidity, 30 to 65 %RH: dry when it is warm.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>%RH.</returns>
    public double HumidityPercent(DateTime utc)
    {
        double days = Days(utc);
        return 47.5
            - (3.0 * (TemperatureCelsius(utc) - 21.5))
            + (3.0 * Wave(days, 3.7, 4))
            + (0.3 * Noise(days, 1));
    }

    /// <summary>Air pressure, 99000 to 103000 Pa, drifting over days.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>Pascal.</returns>
    public double PressurePascals(DateTime utc)
    {
        double days = Days(utc);
        return 101000
            + (80 * Trait(5))
            + (1500 * Wave(days, 6.1, 6))
            + (350 * Wave(days, 2.3, 7))
            + (6 * Noise(days, 2));
    }

    /// <summary>Gas resistance of a heated BME680, 40 000 to 180 000 Ohm: low in stale air.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>Ohm.</returns>
    public double GasResistanceOhms(DateTime utc)
    {
        double days = Days(utc);
        return 110_000
            + (10_000 * Trait(8))
            + (45_000 * Wave(days, 0.5, 9))
            + (10_000 * Wave(days, 2.9, 10))
            + (1_500 * Noise(days, 3));
    }

    /// <summary>Carbon dioxide, 420 to about 1300 ppm: high while people are in the room, from 8 to 18 h on weekdays.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>ppm.</returns>
    public double CarbonDioxidePpm(DateTime utc)
    {
        bool isWorkday = utc.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        double days = Days(utc);
        double people = isWorkday ? Math.Max(0, Math.Sin(Math.PI * (utc.TimeOfDay.TotalHours - 8) / 10)) : 0;
        return 430 + (people * (750 + (60 * Wave(days, 0.2, 11)))) + (8 * Noise(days, 4));
    }

    /// <summary>Illuminance, 0 to about 650 lx: daylight through a window, and a lamp from 17 to 22 h.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>lx.</returns>
    public double IlluminanceLux(DateTime utc)
    {
        double days = Days(utc);
        double hours = utc.TimeOfDay.TotalHours;
        double daylight = Math.Max(0, Math.Sin(Math.PI * (hours - 6) / 12)) * (300 + (60 * Wave(days, 1.3, 12)));
        return Math.Max(0, daylight + (hours is >= 17 and < 22 ? 250 : 0) + (2 * Noise(days, 5)));
    }

    /// <summary>Voltage of a supply of 12 V.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>V.</returns>
    public double SupplyVolts(DateTime utc) => 12.05 - (0.2 * SupplyAmperes(utc)) + (0.01 * Noise(Days(utc), 6));

    /// <summary>Current that is drawn from it, 0.1 to 0.8 A.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>A.</returns>
    public double SupplyAmperes(DateTime utc)
    {
        double days = Days(utc);
        return 0.45 + (0.25 * Wave(days, 0.11, 13)) + (0.05 * Noise(days, 7));
    }

    private static double Days(DateTime utc) => (utc - Epoch).TotalDays;

    private double Trait(int index) => SeededNoise.Signed(_seed, 1, index);

    private double Wave(double days, double period, int trait) =>
        Math.Sin(Math.Tau * ((days / period) + Trait(trait)));

    private double Noise(double days, int channel) =>
        SeededNoise.Signed(_seed, 100 + channel, (long)Math.Floor(days / DaysPerSlot));
}
