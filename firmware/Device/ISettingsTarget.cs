using Firmware.Settings;

namespace Firmware
{
    /// <summary>Who runs on the settings, as far as they can change under way.</summary>
    internal interface ISettingsTarget
    {
        /// <summary>Takes over what can change without a new connection or a restart.</summary>
        /// <param name="settings">All settings.</param>
        void Apply(DeviceSettings settings);
    }
}
