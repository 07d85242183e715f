namespace Boards.NativeSim.World;

/// <summary>What a board draws from its battery in each state, in microampere.</summary>
/// <remarks>
/// A lean battery board: an ESP32 module behind a regulator that takes 5 uA, nothing else. From the ESP32 Series Datasheet
/// (power consumption by power modes, current consumption depending on RF modes), 3.3 V, 25 °C; not measured.
/// </remarks>
public sealed record BoardCurrents
{
    /// <summary>Deep sleep with RTC timer and RTC memory, 10 uA, and the regulator.</summary>
    public int DeepSleep { get; init; } = 15;

    /// <summary>Loading the program: the CPU at 240 MHz, the upper part of 30 to 68 mA.</summary>
    public int Boot { get; init; } = 50_000;

    /// <summary>CPU at 240 MHz, the radio off: 30 to 68 mA.</summary>
    public int Cpu { get; init; } = 45_000;

    /// <summary>Joining: receiving most of the time, sending now and then.</summary>
    public int Joining { get; init; } = 115_000;

    /// <summary>Joined: receiving, 95 to 100 mA. The modem's sleep between beacons, the IDF's default, is left out.</summary>
    public int Joined { get; init; } = 100_000;

    /// <summary>Sending 802.11g at 16 dBm.</summary>
    public int Transmitting { get; init; } = 190_000;

    /// <summary>The current of an activity.</summary>
    /// <param name="activity">The activity.</param>
    /// <returns>Microampere.</returns>
    public int Of(ChipActivity activity) => activity switch
    {
        ChipActivity.DeepSleep => DeepSleep,
        ChipActivity.Boot => Boot,
        ChipActivity.Cpu => Cpu,
        ChipActivity.Joining => Joining,
        ChipActivity.Joined => Joined,
        _ => 0,
    };
}
