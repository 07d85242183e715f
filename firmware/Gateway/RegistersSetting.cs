using Firmware.Gateway.Modbus;
using Firmware.Json;
using Firmware.Settings;

namespace Firmware.Gateway
{
    /// <summary>The channels of a child, by registers or by names: a text, kept as a layout, which takes a third of it.</summary>
    internal sealed class RegistersSetting : Setting
    {
        private readonly bool _isNamed;

        internal RegistersSetting(string name, bool isNamed)
            : base(name, SettingType.Text, SettingEffect.Restart, 0, RegisterMap.MaxText, null)
        {
            _isNamed = isNamed;
        }

        /// <inheritdoc/>
        public override object Read(SettingsSource source, int token, string path)
        {
            source.Reader.TryGetString(token, out string text);
            byte[] map = text == null || text.Length > Max ? null : RegisterMap.Parse(text, _isNamed);
            return map ?? source.Fault(path, "must be 1 to 16 with commas between, each: name " + (_isNamed ? "step" : "register type scale") + " unit rw; the last three can be left out");
        }

        /// <inheritdoc/>
        public override void Write(JsonWriter writer, object value, bool withSecrets) => writer.String(RegisterMap.ToText((byte[])value));
    }
}
