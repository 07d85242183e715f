namespace Firmware.Platform
{
    /// <summary>The pins that a board offers for contacts, meters and voltages.</summary>
    public interface IInputPins
    {
        /// <summary>Makes a pin a digital input whose edges end the wait of the loop.</summary>
        /// <param name="pin">Its number as the chip's datasheet counts.</param>
        /// <param name="pull">The chip's resistor: 0 to the supply, 1 none, 2 to ground.</param>
        /// <returns>The pin, or null when the board has no such pin, or needs it itself, or it is in use.</returns>
        IInputPin Open(int pin, int pull);

        /// <summary>Makes a pin an input whose pulses are counted, without a call for each: by the chip's counter where it has one left.</summary>
        /// <param name="pin">Its number as the chip's datasheet counts.</param>
        /// <param name="pull">As for <see cref="Open"/>. A counter of the chip has no resistor.</param>
        /// <param name="countsFalling">Whether a pulse counts at its falling edge.</param>
        /// <param name="debounceMs">Milliseconds for which a level must last; 0 for none. With it edges are counted, not by the counter.</param>
        /// <param name="needsLevel">Whether <see cref="IInputPin.WasHigh"/> is needed, which a counter of the chip does not have.</param>
        /// <returns>As for <see cref="Open"/>.</returns>
        IInputPin OpenCounter(int pin, int pull, bool countsFalling, int debounceMs, bool needsLevel);

        /// <summary>Measures a voltage.</summary>
        /// <param name="pin">Its number as the chip's datasheet counts.</param>
        /// <param name="samples">Conversions that are averaged, 1 to 64.</param>
        /// <returns>Millivolts; 0 when the pin cannot be read, or is at one of the ends of the converter's range.</returns>
        int ReadMillivolts(int pin, int samples);
    }
}
