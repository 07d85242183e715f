using Firmware.Settings;

namespace Firmware.Messaging
{
    /// <summary>How often the presence is published, and the name in it.</summary>
    internal sealed class PresenceSettings : SettingGroup
    {
        internal const int Interval = 0;
        internal const int DeviceName = 1;

        private const int MaxName = 64;

        /// <inheritdoc/>
        public override int Count => DeviceName + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) => index == DeviceName
            ? Setting.Text("name", SettingEffect.Now, 0, MaxName, string.Empty)
            : Setting.Integer("status.interval", SettingEffect.Now, 0, 86400, 900, "s");
    }
}
