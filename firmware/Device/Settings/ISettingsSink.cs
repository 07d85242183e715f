using Firmware.Messaging;

namespace Firmware.Settings
{
    /// <summary>Who runs on the settings.</summary>
    public interface ISettingsUser
    {
        /// <summary>
        /// The settings have changed on request, and are stored. The answer has still to go out: what needs another
        /// connection, and with it a trial, begins after that.
        /// </summary>
        /// <param name="settings">All of them.</param>
        /// <param name="effects">Everything that it takes to use what changed; never none. With <see cref="SettingEffect.Trial"/> they are stored on trial.</param>
        /// <param name="request">The request; it means nothing after the call.</param>
        void Use(DeviceSettings settings, SettingEffect effects, Request request);
    }
}
