using Firmware.Settings;

namespace Firmware.Diagnostics
{
    /// <summary>What the log keeps and publishes.</summary>
    internal sealed class DiagnosticsSettings : SettingGroup
    {
        internal const int LogSize = 0;
        internal const int LogLevel = 1;

        /// <inheritdoc/>
        public override int Count => LogLevel + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index)
        {
            switch (index)
            {
                case LogSize: return Setting.Integer("log.size", SettingEffect.Restart, 0, 8192, 2048, "B");
                default: return Setting.Choice("log.level", SettingEffect.Now, new string[] { "off", "error", "warning", "information", "debug" });
            }
        }
    }
}
