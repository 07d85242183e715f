namespace Firmware.Platform
{
    /// <summary>The supply and the reset of the chip.</summary>
    public interface IPower
    {
        /// <summary>Restarts the chip; does not return on a device. RAM is lost, files stay.</summary>
        void Restart();
    }
}
