using System;
using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>Tells what differs between settings: what would be stored otherwise.</summary>
    internal sealed class SettingsComparison
    {
        // Larger than all settings that can be read from one text.
        private readonly JsonWriter _writer = new JsonWriter(128, 8 * SettingsSource.MaxFile);

        internal bool AreEqual(Setting setting, object a, object b)
        {
            if (SettingTable.AreSame(a, b) || setting.Type <= SettingType.Topic)
            {
                return SettingTable.AreSame(a, b);
            }

            if (a is Array x && b is Array y && x.Length != y.Length)
            {
                return false;
            }

            _writer.Clear();
            _writer.BeginArray();
            setting.Write(_writer, a, true);
            int middle = _writer.Length;
            setting.Write(_writer, b, true);
            return AreHalvesEqual(middle);
        }

        internal bool AreEntriesEqual(SettingTable table, object a, object b)
        {
            _writer.Clear();
            _writer.BeginArray();
            table.WriteEntry(_writer, a, true);
            int middle = _writer.Length;
            table.WriteEntry(_writer, b, true);
            return AreHalvesEqual(middle);
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
