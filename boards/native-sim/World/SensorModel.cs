namespace Boards.NativeSim.World;

/// <summary>Which sensor.</summary>
public enum SensorModel
{
    /// <summary>Temperature and pressure; chip id 0x58.</summary>
    Bmp280,

    /// <summary>Temperature, pressure, humidity; chip id 0x60.</summary>
    Bme280,

    /// <summary>Temperature, pressure, humidity, gas; chip id 0x61.</summary>
    Bme680,

    /// <summary>Temperature and humidity; Sensirion.</summary>
    Sht4x,

    /// <summary>Carbon dioxide, temperature and humidity; Sensirion.</summary>
    Scd4x,

    /// <summary>Illuminance; ROHM.</summary>
    Bh1750,

    /// <summary>Voltage, current and power; Texas Instruments.</summary>
    Ina219,

    /// <summary>Temperature, on the 1-Wire bus.</summary>
    Ds18b20,
}
