using Firmware.Settings;

namespace Firmware.Messaging
{
    /// <summary>How often the presence is published, and what it says of the device.</summary>
    internal sealed class PresenceSettings : SettingGroup
    {
        internal const int Interval = 0;
        internal const int DeviceName = 1;
        internal const int Enrolled = 2;

        private const int MaxName = 64;

        /// <inheritdoc/>
        public override int Count => Enrolled + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index)
        {
            switch (index)
            {
                case Interval:
                    return Setting.Integer("status.interval", SettingEffect.Now, 0, 86400, 900, "s");
                case DeviceName:
                    return Setting.Text("name", SettingEffect.Now, 0, MaxName, string.Empty);
                default:
                    // Set together with the broker of an enrolled device: both are confirmed, or neither.
                    Setting enrolled = Setting.Boolean("enrolled", SettingEffect.Trial, true);
                    enrolled.SurvivesReset = true;
                    return enrolled;
            }
        }
    }
}
