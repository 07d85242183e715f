namespace Firmware.Platform
{
    /// <summary>A pin that is driven high or low.</summary>
    public interface IOutputPin
    {
        /// <summary>Drives the pin.</summary>
        /// <param name="isHigh">True for the supply's level, false for ground.</param>
        /// <returns>False when the driver refused.</returns>
        bool Write(bool isHigh);
    }
}
