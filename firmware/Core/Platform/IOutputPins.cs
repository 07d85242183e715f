namespace Firmware.Platform
{
    /// <summary>The pins that a board offers for relays and LEDs.</summary>
    public interface IOutputPins
    {
        /// <summary>
        /// Makes a pin an output and drives it, without the other level in between as far as the chip's driver allows:
        /// the board says where it does not.
        /// </summary>
        /// <param name="pin">Its number as the chip's datasheet counts: 5 is GPIO5.</param>
        /// <param name="isHigh">The level from the first moment on.</param>
        /// <returns>The pin, or null when the board has no such pin, or needs it itself, or it is in use.</returns>
        IOutputPin Open(int pin, bool isHigh);
    }
}
