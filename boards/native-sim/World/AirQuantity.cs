namespace Boards.NativeSim.World;

/// <summary>What there is to measure around a chip.</summary>
public enum AirQuantity
{
    /// <summary>Degrees Celsius.</summary>
    Temperature,

    /// <summary>%RH.</summary>
    Humidity,

    /// <summary>Pascal.</summary>
    Pressure,

    /// <summary>Ohm.</summary>
    GasResistance,

    /// <summary>ppm.</summary>
    CarbonDioxide,

    /// <summary>lx.</summary>
    Illuminance,

    /// <summary>V.</summary>
    SupplyVoltage,

    /// <summary>A.</summary>
    SupplyCurrent,
}
