namespace Boards.NativeSim.World;

/// <summary>What the ADC of a sensor gives for one measurement.</summary>
/// <param name="Temperature">20 bits.</param>
/// <param name="Pressure">20 bits.</param>
/// <param name="Humidity">16 bits.</param>
/// <param name="Gas">10 bits.</param>
/// <param name="GasRange">4 bits.</param>
public readonly record struct SensorRaw(int Temperature, int Pressure, int Humidity = 0, int Gas = 0, int GasRange = 0)
{
    /// <summary>In place of a temperature or a pressure that is not measured.</summary>
    public const int Skipped = 0x80000;

    /// <summary>In place of a humidity that is not measured.</summary>
    public const int SkippedHumidity = 0x8000;
}
