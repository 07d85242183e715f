using System.Collections;
using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>
    /// Reads the settings file. What is wrong is refused with its path and the default is used; what is unknown is
    /// reported; the device always gets settings it can run on.
    /// </summary>
    public sealed class SettingsReader
    {
        private readonly SettingsSource _source;
        private readonly SettingsCatalog _catalog;

        /// <summary>Creates a reader.</summary>
        /// <param name="catalog">The settings that there are.</param>
        public SettingsReader(SettingsCatalog catalog)
        {
            _catalog = catalog;
            _source = new SettingsSource(new JsonReader(SettingsSource.MaxFile), null, catalog.Pins);
        }

        /// <summary>What could not be used: items are <see cref="SettingsFault"/>.</summary>
        public ArrayList Faults => _source.Faults;

        /// <summary>Whether the last file was an object, valid or not.</summary>
        public bool IsObject;

        /// <summary>Reads a file.</summary>
        /// <param name="file">Its content, or null when there is none.</param>
        /// <returns>The settings, with defaults for what is missing or wrong.</returns>
        public DeviceSettings Read(byte[] file)
        {
            DeviceSettings settings = new DeviceSettings(_catalog);
            IsObject = false;
            if (file == null)
            {
                _source.Fault(DeviceSettings.File, "is missing: defaults are used");
            }
            else if (!_source.TryParse(file))
            {
                _source.Fault(DeviceSettings.File, _source.Reader.Describe());
            }
            else if (_source.Reader.KindOf(0) != JsonKind.Object)
            {
                _source.Fault(DeviceSettings.File, "must be an object");
            }
            else
            {
                IsObject = true;
                ReadMembers(0, string.Empty, settings);
            }

            return settings;
        }

        /// <param name="token">An object.</param>
        /// <param name="path">Prefix of its members' names in their keys.</param>
        /// <param name="settings">Receives the values.</param>
        private void ReadMembers(int token, string path, DeviceSettings settings)
        {
            JsonReader reader = _source.Reader;
            for (int name = reader.First(token); name != JsonReader.None; name = reader.Next(name))
            {
                int value = reader.ValueOf(name);
                string key = _source.NameOf(name);

                // A dot in a name would be a second way to write the same.
                Setting setting = key == null || key.IndexOf('.') >= 0 ? null : _catalog.Find(path + key);
                if (setting != null)
                {
                    object read = setting.Read(_source, value, setting.Name);
                    if (read != null)
                    {
                        settings.Set(setting, read);
                    }
                }
                else if (path.Length > 0 || key == null || key.IndexOf('.') >= 0 || !_catalog.IsGroup(key))
                {
                    _source.Unknown(path, key);
                }
                else if (_source.IsObject(value, key))
                {
                    ReadMembers(value, key + ".", settings);
                }
            }
        }
    }
}
