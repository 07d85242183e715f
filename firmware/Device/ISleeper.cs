using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;

namespace Firmware
{
    /// <summary>A module that lets the device sleep deeply. Every wake is a boot: it knows what the run before left.</summary>
    public interface ISleeper
    {
        /// <summary>Reads what the run before the sleep left, and sets the clock as far as the sleep is known. Called first of all.</summary>
        /// <param name="hardware">Storage, clock, cause of the wake.</param>
        /// <returns>How this run began.</returns>
        WakeContext Recall(Hardware hardware);

        /// <summary>Tells whether the device sleeps between its measurements. Its module is then called at the end of each step, too.</summary>
        /// <param name="settings">The settings of this start.</param>
        /// <returns>True for deep sleep. Safe mode prevents it.</returns>
        bool Sleeps(DeviceSettings settings);

        /// <summary>The sensors are found: the channels continue where they were before the sleep. Called before the first measurement of a device that sleeps.</summary>
        /// <param name="channels">All channels.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        void RestoreChannels(Channel[] channels, long now);

        /// <summary>A message came in, or one was acknowledged or given up.</summary>
        /// <param name="item">What happened.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        void OnTraffic(LinkEvent item, long now);
    }
}
