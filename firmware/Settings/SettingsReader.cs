using System.Collections;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>
    /// Reads the settings file. What is wrong is refused with its path and the default is used; what is unknown is
    /// reported; the device always gets settings it can run on.
    /// </summary>
    public sealed class SettingsReader
    {
        private const int MaxGroups = 8;
        private const int MaxPrefix = 64;

        private readonly SettingsSource _source = new SettingsSource();

        /// <summary>What could not be used: items are <see cref="SettingsFault"/>.</summary>
        public ArrayList Faults => _source.Faults;

        /// <summary>Reads a file.</summary>
        /// <param name="file">Its content, or null when there is none.</param>
        /// <returns>The settings, with defaults for what is missing or wrong.</returns>
        public DeviceSettings Read(byte[] file)
        {
            DeviceSettings settings = new DeviceSettings();
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
                ReadMembers(settings);
            }

            return settings;
        }

        private void ReadMembers(DeviceSettings settings)
        {
            JsonReader reader = _source.Reader;
            for (int name = reader.First(0); name != JsonReader.None; name = reader.Next(name))
            {
                int value = reader.ValueOf(name);
                string key = _source.NameOf(name);
                switch (key)
                {
                    case "wifi":
                        settings.Wifi = WifiSection.Read(_source, value);
                        break;
                    case "broker":
                        settings.Brokers = BrokerSection.Read(_source, value, settings.Brokers);
                        break;
                    case "mqtt":
                        MqttSection.Read(_source, value, settings);
                        break;
                    case "sntp":
                        settings.TimeServers = SntpSection.Read(_source, value, settings.TimeServers);
                        break;
                    case "prefix":
                        settings.Prefix = ReadPrefix(value, settings.Prefix);
                        break;
                    case "groups":
                        settings.Groups = ReadGroups(value);
                        break;
                    case "outbox":
                        OutboxSection.Read(_source, value, settings);
                        break;
                    case "interval":
                        settings.Interval = _source.Integer(value, "interval", 1, DeviceSettings.MaxInterval, settings.Interval);
                        break;
                    case "channels":
                        settings.Channels = ChannelSection.Read(_source, value);
                        break;
                    default:
                        _source.Unknown(string.Empty, key);
                        break;
                }
            }
        }

        private string ReadPrefix(int token, string standard)
        {
            if (_source.Reader.TryGetString(token, out string text) && TopicLevel.IsPath(text, MaxPrefix))
            {
                return text;
            }

            _source.Fault("prefix", "must be 1 to 64 of A-Z a-z 0-9 _ - with single / between");
            return standard;
        }

        private string[] ReadGroups(int token)
        {
            if (!_source.IsArray(token, "groups", MaxGroups))
            {
                return new string[0];
            }

            JsonReader reader = _source.Reader;
            ArrayList groups = new ArrayList();
            int index = 0;
            for (int item = reader.First(token); item != JsonReader.None; item = reader.Next(item))
            {
                if (!reader.TryGetString(item, out string group) || !TopicLevel.IsValid(group))
                {
                    _source.Fault("groups[" + index + "]", "must be 1 to 32 of A-Z a-z 0-9 _ -");
                }
                else if (group != "all" && !groups.Contains(group))
                {
                    groups.Add(group);
                }

                index++;
            }

            return (string[])groups.ToArray(typeof(string));
        }
    }
}
