using Firmware.Settings;

namespace Firmware.Rules
{
    /// <summary>A time zone as POSIX writes it.</summary>
    internal sealed class ZoneSetting : Setting
    {
        internal ZoneSetting(string name)
            : base(name, SettingType.Text, SettingEffect.Now, 3, 48, "UTC0")
        {
        }

        /// <inheritdoc/>
        protected override string Check(string text) => text != null && text.Length <= Max && LocalTime.Parse(text) != null
            ? null
            : "must be a POSIX time zone with dates as M3.5.0, e.g. \"CET-1CEST,M3.5.0,M10.5.0/3\"";
    }
}
