namespace Firmware.Platform
{
    /// <summary>A pin whose mean level can be anything between ground and the supply: pulse width modulation.</summary>
    public interface ILevelPin
    {
        /// <summary>Drives the pin.</summary>
        /// <param name="percent">Share of the time for which it is high, 0 to 100: 0 is ground, 100 the supply's level, without pulses.</param>
        /// <returns>False when the driver refused.</returns>
        bool Write(int percent);
    }
}
