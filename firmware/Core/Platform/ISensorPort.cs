namespace Firmware.Platform
{
    /// <summary>A place where a sensor may be attached: an address on a bus.</summary>
    public interface ISensorPort
    {
        /// <summary>Distinguishes this port from others of its kind, e.g. "76" for the I2C address 0x76.</summary>
        string Address { get; }

        /// <summary>Looks for a sensor and sets it up.</summary>
        /// <returns>The sensor, or null when none answers.</returns>
        /// <exception cref="SensorRefusedException">What answers is not known or cannot be used.</exception>
        ISensor Probe();
    }
}
