namespace Firmware.Platform
{
    /// <summary>A meter whose pulses wake a device that sleeps.</summary>
    public interface IWakeMeter
    {
        /// <summary>Whether its pin is high during a pulse.</summary>
        bool IsActiveHigh { get; }

        /// <summary>Takes what was counted; the last call comes right before the sleep.</summary>
        /// <param name="memory">Receives it: <see cref="WakeContext.Meter"/>.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>Whether there is a pulse, or the end of one, that was not in there.</returns>
        bool Keep(long[] memory, long now);
    }
}
