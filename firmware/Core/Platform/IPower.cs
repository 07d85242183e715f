namespace Firmware.Platform
{
    /// <summary>The supply, the sleep and the reset of the chip.</summary>
    public interface IPower
    {
        /// <summary>Restarts the chip; does not return on a device. RAM is lost, files stay.</summary>
        void Restart();

        /// <summary>
        /// Starts deep sleep; does not return on a device, which boots when the time is over or the pin wakes it. RAM is
        /// lost, files stay.
        /// </summary>
        /// <param name="milliseconds">Nominal time of the chip's sleep timer, 1 or more.</param>
        /// <param name="wakePin">GPIO that wakes it as well, or -1.</param>
        /// <param name="wakeHigh">Whether a high level wakes it, or a low one.</param>
        /// <param name="wakesAtOnce">
        /// Whether it wakes at once when the pin is at that level already; otherwise only the timer wakes it then.
        /// </param>
        void Sleep(long milliseconds, int wakePin, bool wakeHigh, bool wakesAtOnce);

        /// <summary>Voltage of the battery at the chip's ADC, before the divider's ratio, in millivolts; 0 when there is none or it cannot be read.</summary>
        int BatteryMillivolts { get; }
    }
}
