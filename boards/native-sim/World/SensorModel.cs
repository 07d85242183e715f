namespace Boards.NativeSim.World;

/// <summary>Which Bosch sensor.</summary>
public enum SensorModel
{
    /// <summary>Temperature and pressure; chip id 0x58.</summary>
    Bmp280,

    /// <summary>Temperature, pressure, humidity; chip id 0x60.</summary>
    Bme280,

    /// <summary>Temperature, pressure, humidity, gas; chip id 0x61.</summary>
    Bme680,
}
