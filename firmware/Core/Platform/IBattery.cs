namespace Firmware.Platform
{
    /// <summary>The battery of a device.</summary>
    public interface IBattery
    {
        /// <summary>Charge in percent, 0 to 100; -1 when it is not known.</summary>
        int Percent { get; }

        /// <summary>0 normal, 1 low, 2 critical, by the thresholds in the settings.</summary>
        int Warning { get; }
    }
}
