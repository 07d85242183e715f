using Firmware.Settings;

namespace Firmware.HomeAssistant
{
    /// <summary>Whether and where the device announces itself to Home Assistant.</summary>
    public sealed class HomeAssistantSettings : SettingGroup
    {
        /// <summary>Whether the device announces itself, 0 or 1.</summary>
        public const int Enabled = 0;

        /// <summary>The first level or levels of the topics on which Home Assistant looks for devices.</summary>
        public const int Prefix = 1;

        /// <inheritdoc/>
        public override int Count => Prefix + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index)
        {
            switch (index)
            {
                case Enabled: return Setting.Boolean("homeassistant.enabled", SettingEffect.Now, false);
                default: return Setting.Topic("homeassistant.prefix", SettingEffect.Now, "homeassistant");
            }
        }
    }
}
