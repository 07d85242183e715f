namespace Boards.NativeSim.World;

/// <summary>What a sensor's driver makes of one measurement.</summary>
/// <param name="TemperatureCelsius">Degrees Celsius.</param>
/// <param name="PressurePascals">Pascal.</param>
/// <param name="HumidityPercent">%RH.</param>
/// <param name="GasResistanceOhms">Ohm.</param>
/// <param name="IsValid">False when the driver flags the values as not valid.</param>
/// <param name="GasIsValid">False when the gas measurement is not valid, whatever the others are.</param>
public readonly record struct SensorSample(
    double TemperatureCelsius,
    double PressurePascals,
    double HumidityPercent,
    double GasResistanceOhms,
    bool IsValid,
    bool GasIsValid);
