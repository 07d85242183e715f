using Firmware.Settings;

namespace Firmware.HomeAssistant
{
    /// <summary>Whether and where the device publishes discovery messages.</summary>
    public sealed class HomeAssistantSettings : SettingGroup
    {
        /// <summary>1 when the device publishes discovery messages; 0 when it removes them.</summary>
        public const int Enabled = 0;

        /// <summary>First level or levels of the discovery topics; a text.</summary>
        public const int Prefix = 1;

        /// <inheritdoc/>
        public override int Count => Prefix + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) => index == Enabled
            ? Setting.Boolean("homeassistant.enabled", SettingEffect.Now, false)
            : Setting.Topic("homeassistant.prefix", SettingEffect.Now, "homeassistant");
    }
}
