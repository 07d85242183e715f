using Firmware.Settings;

namespace Firmware.Inputs
{
    /// <summary>The calibration of an analog input by points.</summary>
    internal sealed class TableSetting : Setting
    {
        internal TableSetting(string name)
            : base(name, SettingType.Text, SettingEffect.Restart, 0, 160, string.Empty)
        {
        }

        /// <inheritdoc/>
        protected override string Check(string text) => base.Check(text) == null && (text.Length == 0 || AnalogTable.Parse(text) != null)
            ? null
            : "must be 2 to 16 points millivolts:value with spaces between, millivolts rising from 0 to 5000, values with at most 3 decimals";
    }
}
