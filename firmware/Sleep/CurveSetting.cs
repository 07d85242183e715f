using Firmware.Json;
using Firmware.Settings;

namespace Firmware.Sleep
{
    /// <summary>The curve of a battery.</summary>
    internal sealed class CurveSetting : Setting
    {
        internal CurveSetting(string name, SettingEffect effect)
            : base(name, SettingType.Text, effect, 1, 160, BatteryCurve.LithiumPolymer)
        {
        }

        /// <inheritdoc/>
        public override void Write(JsonWriter writer, object value, bool withSecrets) => writer.Constant((string)value);

        /// <inheritdoc/>
        protected override string Check(string text) => base.Check(text) == null && BatteryCurve.Parse(text) != null
            ? null
            : "must be 2 to 16 pairs millivolts:percent with spaces between, both rising";
    }
}
