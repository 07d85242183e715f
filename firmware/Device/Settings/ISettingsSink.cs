using Firmware.Messaging;

namespace Firmware.Settings
{
    /// <summary>Receives settings that were changed on request.</summary>
    public interface ISettingsSink
    {
        /// <summary>
        /// Applies changed settings, which are stored already. The response is not out yet: what needs another
        /// connection, and with it a trial, begins after that.
        /// </summary>
        /// <param name="settings">All of them.</param>
        /// <param name="effects">Everything that it takes to use what changed; never none. With <see cref="SettingEffect.Trial"/> they are stored on trial.</param>
        /// <param name="request">The request; it means nothing after the call. Null for a change that was made at the device.</param>
        void Apply(DeviceSettings settings, SettingEffect effects, Request request);
    }
}
