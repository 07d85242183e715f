using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware.Sampling
{
    /// <summary>What is measured how often, and how readings are kept and sent.</summary>
    internal sealed class SamplingSettings : SettingGroup
    {
        internal const int Interval = 0;
        internal const int TelemetryFormat = 1;
        internal const int TelemetryCheck = 2;
        internal const int OutboxSize = 3;
        internal const int OutboxWriteBack = 4;
        internal const int HistorySize = 5;
        internal const int Channels = 6;

        /// <summary>Describes the rules of channels instead; null for none.</summary>
        internal SettingGroup Extension;

        /// <inheritdoc/>
        public override int Count => Channels + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index)
        {
            switch (index)
            {
                case Interval: return Setting.Integer("interval", SettingEffect.Now, 1, DeviceSettings.MaxInterval, DeviceSettings.DefaultInterval, "s");
                case TelemetryFormat: return Setting.Choice("telemetry.format", SettingEffect.Now, new string[] { "senml", "json" });
                case TelemetryCheck: return Setting.Boolean("telemetry.check", SettingEffect.Now, true);
                case OutboxSize: return Setting.Integer("outbox.size", SettingEffect.Restart, OutboxOptions.MinCapacity, OutboxOptions.MaxCapacity, OutboxOptions.DefaultCapacity, "B");
                case OutboxWriteBack: return Setting.Integer("outbox.writeBack", SettingEffect.Now, 0, 60, OutboxOptions.DefaultWriteBack / 1000, "s");
                case HistorySize: return Setting.Integer("history.size", SettingEffect.Restart, 0, 16384, 4096, "B");
                default: return Extension == null ? new ChannelsSetting() : Extension.OfChannels;
            }
        }
    }
}
