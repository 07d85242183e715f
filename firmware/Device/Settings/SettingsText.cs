using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>Settings as they are stored: the form of the settings file, with what is not at its default.</summary>
    internal static class SettingsText
    {
        /// <summary>Writes settings with their secrets; null when they would be longer than a file may be.</summary>
        /// <param name="settings">The settings.</param>
        /// <param name="head">What the text begins with.</param>
        /// <param name="room">Bytes that will do, probably: a text that grows takes its memory twice.</param>
        internal static JsonWriter Write(DeviceSettings settings, byte[] head, int room)
        {
            SettingsCatalog catalog = settings.Catalog;
            SettingsComparison comparison = new SettingsComparison();
            int most = head.Length + SettingsSource.MaxFile;
            JsonWriter writer = new JsonWriter(room < most ? room : most, most);
            string group = null;
            writer.Fragment(head);
            writer.BeginObject();
            for (int i = 0; i < catalog.Count; i++)
            {
                Setting setting = catalog[i];
                object value = settings.Get(setting);
                if (!comparison.AreEqual(setting, value, setting.Default))
                {
                    group = EnterGroup(writer, group, setting.Name);
                    writer.Name(group == null ? setting.Name : setting.Name.Substring(group.Length + 1));
                    setting.Write(writer, value, true);
                }
            }

            EnterGroup(writer, group, string.Empty);
            writer.EndObject();
            return writer.IsTooLong ? null : writer;
        }

        /// <summary>Leaves the object of one group for that of the next; gives its name, or null.</summary>
        private static string EnterGroup(JsonWriter writer, string group, string key)
        {
            int dot = key.IndexOf('.');
            string next = dot < 0 ? null : key.Substring(0, dot);
            if (next == group)
            {
                return group;
            }

            if (group != null)
            {
                writer.EndObject();
            }

            if (next != null)
            {
                writer.Name(next);
                writer.BeginObject();
            }

            return next;
        }
    }
}
