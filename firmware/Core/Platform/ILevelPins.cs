namespace Firmware.Platform
{
    /// <summary>The pins that a board offers for levels: the speed of a fan, the brightness of a lamp.</summary>
    public interface ILevelPins
    {
        /// <summary>Makes a pin an output and drives it, without another level in between as far as the chip's driver allows.</summary>
        /// <param name="pin">Its number as the chip's datasheet counts: 5 is GPIO5.</param>
        /// <param name="frequency">Of the pulses, 1 to 40000 Hz. Chips have fewer sources of a frequency than pins.</param>
        /// <param name="percent">The level from the first moment on, 0 to 100.</param>
        /// <param name="refusal">Why not, for people; null with a pin.</param>
        /// <returns>The pin, or null when the board has no such pin, or needs it itself, or it is in use, or nothing is left that makes its pulses.</returns>
        ILevelPin Open(int pin, int frequency, int percent, out string refusal);
    }
}
