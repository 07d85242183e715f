using Firmware.Settings;

namespace Firmware.Rules
{
    /// <summary>The rules, and the time that they go by.</summary>
    public sealed class RuleSettings : SettingGroup
    {
        /// <summary>The rules.</summary>
        public const int Rules = 0;

        /// <summary>The time zone.</summary>
        public const int Zone = 1;

        /// <inheritdoc/>
        public override int Count => Zone + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) => index == Rules ? (Setting)new RulesSetting("rules") : new ZoneSetting("timezone");
    }
}
