namespace Firmware.Platform
{
    /// <summary>The battery of a device.</summary>
    public interface IBattery
    {
        /// <summary>Charge in percent, 0 to 100; -1 when it is not known.</summary>
        int Percent { get; }
    }
}
