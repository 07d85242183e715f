using Firmware.Settings;

namespace Firmware.Messaging
{
    /// <summary>How often the presence is published.</summary>
    internal sealed class PresenceSettings : SettingGroup
    {
        internal const int Interval = 0;

        /// <inheritdoc/>
        public override int Count => Interval + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) => Setting.Integer("status.interval", SettingEffect.Now, 0, 86400, 900, "s");
    }
}
