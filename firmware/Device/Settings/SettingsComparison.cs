using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>Tells what differs between settings: what would be stored otherwise.</summary>
    internal sealed class SettingsComparison
    {
        // Larger than all settings that can be read from one text.
        private readonly JsonWriter _writer = new JsonWriter(128, 8 * SettingsSource.MaxFile);

        internal bool AreEqual(Setting setting, DeviceSettings a, DeviceSettings b)
        {
            object value = a.Get(setting.Field);
            if (value == b.Get(setting.Field))
            {
                return true;
            }

            if (setting.IsNumeric)
            {
                return (long)value == (long)b.Get(setting.Field);
            }

            _writer.Clear();
            _writer.BeginArray();
            SettingWriter.Write(_writer, setting, a, true);
            int middle = _writer.Length;
            SettingWriter.Write(_writer, setting, b, true);
            return AreHalvesEqual(middle);
        }

        internal bool AreRulesEqual(Setting setting, object a, object b)
        {
            _writer.Clear();
            _writer.BeginArray();
            SettingWriter.WriteRule(_writer, setting, a);
            int middle = _writer.Length;
            SettingWriter.WriteRule(_writer, setting, b);
            return AreHalvesEqual(middle);
        }

        /// <summary>What it takes to use <paramref name="b"/> in the place of <paramref name="a"/>.</summary>
        internal SettingEffect Effects(SettingsCatalog catalog, DeviceSettings a, DeviceSettings b)
        {
            SettingEffect effects = SettingEffect.None;
            for (int i = 0; i < catalog.Count; i++)
            {
                Setting setting = catalog[i];
                effects |= AreEqual(setting, a, b) ? SettingEffect.None : setting.Effect;
            }

            return effects;
        }

        /// <summary>Whether two values after a bracket, the first of which ends at <paramref name="middle"/>, are the same.</summary>
        private bool AreHalvesEqual(int middle)
        {
            int length = middle - 1;
            if (_writer.IsTooLong || _writer.Length != middle + 1 + length)
            {
                return false;
            }

            byte[] text = _writer.Buffer;
            for (int i = 1; i < middle; i++)
            {
                if (text[i] != text[i + middle])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
