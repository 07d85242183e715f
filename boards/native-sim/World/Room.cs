namespace Boards.NativeSim.World;

/// <summary>
/// The air around a chip: smooth, plausible, and a pure function of seed and UTC, with a little noise
/// that is constant within a slot of ten seconds. What <see cref="Move"/> has taken over is as it says instead.
/// </summary>
public sealed class Room
{
    private const double DaysPerSlot = 10.0 / 86400;
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly int _seed;
    private readonly Course?[] _courses = new Course?[Enum.GetValues<AirQuantity>().Length];

    /// <summary>Creates the room of a seed.</summary>
    /// <param name="seed">The same seed gives the same air at the same time.</param>
    public Room(int seed) => _seed = seed;

    /// <summary>Lets a quantity go to a value, evenly, and stay there.</summary>
    /// <param name="quantity">Which one.</param>
    /// <param name="from">The moment at which it begins; it begins with what the quantity is then.</param>
    /// <param name="over">How long it takes.</param>
    /// <param name="to">The value, in the unit of the quantity.</param>
    public void Move(AirQuantity quantity, DateTime from, TimeSpan over, double to) =>
        _courses[(int)quantity] = new Course(from, over, ValueOf(quantity, from), to);

    /// <summary>A quantity by its name.</summary>
    /// <param name="quantity">Which one.</param>
    /// <param name="utc">The moment.</param>
    /// <returns>The value, in the unit of the quantity.</returns>
    public double ValueOf(AirQuantity quantity, DateTime utc) => quantity switch
    {
        AirQuantity.Temperature => TemperatureCelsius(utc),
        AirQuantity.Humidity => HumidityPercent(utc),
        AirQuantity.Pressure => PressurePascals(utc),
        AirQuantity.GasResistance => GasResistanceOhms(utc),
        AirQuantity.CarbonDioxide => CarbonDioxidePpm(utc),
        AirQuantity.Illuminance => IlluminanceLux(utc),
        AirQuantity.SupplyVoltage => SupplyVolts(utc),
        _ => SupplyAmperes(utc),
    };

    /// <summary>Temperature, about 17 to 26 Cel: coldest in the early morning, warmest in the afternoon.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>Degrees Celsius.</returns>
    public double TemperatureCelsius(DateTime utc) => Moved(AirQuantity.Temperature, utc) ?? OwnTemperatureCelsius(utc);

    /// <summary>Relative humidity, 30 to 65 %RH: dry when it is warm.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>%RH.</returns>
    public double HumidityPercent(DateTime utc) => Moved(AirQuantity.Humidity, utc) ?? OwnHumidityPercent(utc);

    /// <summary>Air pressure, 99000 to 103000 Pa, drifting over days.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>Pascal.</returns>
    public double PressurePascals(DateTime utc) => Moved(AirQuantity.Pressure, utc) ?? OwnPressurePascals(utc);

    /// <summary>Gas resistance of a heated BME680, 40 000 to 180 000 Ohm: low in stale air.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>Ohm.</returns>
    public double GasResistanceOhms(DateTime utc) => Moved(AirQuantity.GasResistance, utc) ?? OwnGasResistanceOhms(utc);

    /// <summary>Carbon dioxide, 420 to about 1300 ppm: high while people are in the room, from 8 to 18 h on weekdays.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>ppm.</returns>
    public double CarbonDioxidePpm(DateTime utc) => Moved(AirQuantity.CarbonDioxide, utc) ?? OwnCarbonDioxidePpm(utc);

    /// <summary>Illuminance, 0 to about 650 lx: daylight through a window, and a lamp from 17 to 22 h.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>lx.</returns>
    public double IlluminanceLux(DateTime utc) => Moved(AirQuantity.Illuminance, utc) ?? OwnIlluminanceLux(utc);

    /// <summary>Voltage of a supply of 12 V.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>V.</returns>
    public double SupplyVolts(DateTime utc) => Moved(AirQuantity.SupplyVoltage, utc) ?? OwnSupplyVolts(utc);

    /// <summary>Current that is drawn from it, 0.1 to 0.8 A.</summary>
    /// <param name="utc">The moment.</param>
    /// <returns>A.</returns>
    public double SupplyAmperes(DateTime utc) => Moved(AirQuantity.SupplyCurrent, utc) ?? OwnSupplyAmperes(utc);

    private double OwnTemperatureCelsius(DateTime utc)
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

    private double OwnHumidityPercent(DateTime utc)
    {
        double days = Days(utc);
        return 47.5
            - (3.0 * (OwnTemperatureCelsius(utc) - 21.5))
            + (3.0 * Wave(days, 3.7, 4))
            + (0.3 * Noise(days, 1));
    }

    private double OwnPressurePascals(DateTime utc)
    {
        double days = Days(utc);
        return 101000
            + (80 * Trait(5))
            + (1500 * Wave(days, 6.1, 6))
            + (350 * Wave(days, 2.3, 7))
            + (6 * Noise(days, 2));
    }

    private double OwnGasResistanceOhms(DateTime utc)
    {
        double days = Days(utc);
        return 110_000
            + (10_000 * Trait(8))
            + (45_000 * Wave(days, 0.5, 9))
            + (10_000 * Wave(days, 2.9, 10))
            + (1_500 * Noise(days, 3));
    }

    private double OwnCarbonDioxidePpm(DateTime utc)
    {
        bool isWorkday = utc.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        double days = Days(utc);
        double people = isWorkday ? Math.Max(0, Math.Sin(Math.PI * (utc.TimeOfDay.TotalHours - 8) / 10)) : 0;
        return 430 + (people * (750 + (60 * Wave(days, 0.2, 11)))) + (8 * Noise(days, 4));
    }

    private double OwnIlluminanceLux(DateTime utc)
    {
        double days = Days(utc);
        double hours = utc.TimeOfDay.TotalHours;
        double daylight = Math.Max(0, Math.Sin(Math.PI * (hours - 6) / 12)) * (300 + (60 * Wave(days, 1.3, 12)));
        return Math.Max(0, daylight + (hours is >= 17 and < 22 ? 250 : 0) + (2 * Noise(days, 5)));
    }

    private double OwnSupplyVolts(DateTime utc) => 12.05 - (0.2 * SupplyAmperes(utc)) + (0.01 * Noise(Days(utc), 6));

    private double OwnSupplyAmperes(DateTime utc)
    {
        double days = Days(utc);
        return 0.45 + (0.25 * Wave(days, 0.11, 13)) + (0.05 * Noise(days, 7));
    }

    private double? Moved(AirQuantity quantity, DateTime utc) => _courses[(int)quantity]?.At(utc);

    private static double Days(DateTime utc) => (utc - Epoch).TotalDays;

    private double Trait(int index) => SeededNoise.Signed(_seed, 1, index);

    private double Wave(double days, double period, int trait) =>
        Math.Sin(Math.Tau * ((days / period) + Trait(trait)));

    private double Noise(double days, int channel) =>
        SeededNoise.Signed(_seed, 100 + channel, (long)Math.Floor(days / DaysPerSlot));

    private sealed record Course(DateTime From, TimeSpan Over, double Start, double End)
    {
        public double At(DateTime utc)
        {
            double share = Over <= TimeSpan.Zero ? 1 : Math.Clamp((utc - From) / Over, 0, 1);
            return Start + (share * (End - Start));
        }
    }
}
