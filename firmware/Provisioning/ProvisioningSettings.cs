using Firmware.Settings;

namespace Firmware.Provisioning
{
    /// <summary>For how long the set-up is open.</summary>
    internal sealed class ProvisioningSettings : SettingGroup
    {
        internal const int Minutes = 0;

        private const int LongestMinutes = 60;
        private const int UsualMinutes = 10;

        /// <inheritdoc/>
        public override int Count => Minutes + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) =>
            Setting.Integer("provisioning.minutes", SettingEffect.Now, 0, LongestMinutes, UsualMinutes, "min");
    }
}
