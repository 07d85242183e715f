using System.Collections;
using System.Text;
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
        private const int MaxFile = 4096;
        private const int MaxNetworks = 8;
        private const int MaxGroups = 8;
        private const int MaxFaults = 16;
        private const int MaxPrefix = 64;
        private const int MaxSsid = 32; // IEEE 802.11 counts bytes.

        private readonly JsonReader _reader = new JsonReader(MaxFile);
        private readonly ArrayList _faults = new ArrayList();

        /// <summary>What could not be used: items are <see cref="SettingsFault"/>.</summary>
        public ArrayList Faults => _faults;

        /// <summary>Reads a file.</summary>
        /// <param name="file">Its content, or null when there is none.</param>
        /// <returns>The settings, with defaults for what is missing or wrong.</returns>
        public DeviceSettings Read(byte[] file)
        {
            DeviceSettings settings = new DeviceSettings();
            if (file == null)
            {
                Fault(DeviceSettings.File, "is missing: defaults are used");
            }
            else if (!TryParse(file))
            {
                Fault(DeviceSettings.File, _reader.Describe());
            }
            else if (_reader.KindOf(0) != JsonKind.Object)
            {
                Fault(DeviceSettings.File, "must be an object");
            }
            else
            {
                ReadMembers(settings);
            }

            return settings;
        }

        // Some editors put a byte order mark in front, which JSON does not allow.
        private bool TryParse(byte[] file)
        {
            bool hasMark = file.Length >= 3 && file[0] == 0xEF && file[1] == 0xBB && file[2] == 0xBF;
            return hasMark ? _reader.TryParse(file, 3, file.Length - 3) : _reader.TryParse(file, 0, file.Length);
        }

        private void ReadMembers(DeviceSettings settings)
        {
            for (int name = _reader.First(0); name != JsonReader.None; name = _reader.Next(name))
            {
                int value = _reader.ValueOf(name);
                _reader.TryGetString(name, out string key);
                switch (key)
                {
                    case "wifi":
                        settings.Wifi = ReadNetworks(value);
                        break;
                    case "broker":
                        settings.Broker = ReadBroker(value, settings.Broker);
                        break;
                    case "prefix":
                        settings.Prefix = ReadPrefix(value, settings.Prefix);
                        break;
                    case "groups":
                        settings.Groups = ReadGroups(value);
                        break;
                    case "interval":
                        settings.Interval = ReadInteger(value, "interval", 1, DeviceSettings.MaxInterval, settings.Interval);
                        break;
                    default:
                        Unknown(string.Empty, key);
                        break;
                }
            }
        }

        private WifiNetwork[] ReadNetworks(int token)
        {
            if (!IsArray(token, "wifi", MaxNetworks))
            {
                return new WifiNetwork[0];
            }

            ArrayList networks = new ArrayList();
            int index = 0;
            for (int item = _reader.First(token); item != JsonReader.None; item = _reader.Next(item))
            {
                WifiNetwork network = ReadNetwork(item, "wifi[" + index++ + "]");
                if (network != null)
                {
                    networks.Add(network);
                }
            }

            return (WifiNetwork[])networks.ToArray(typeof(WifiNetwork));
        }

        private WifiNetwork ReadNetwork(int token, string path)
        {
            if (!IsObject(token, path))
            {
                return null;
            }

            string ssid = null;
            string password = string.Empty;
            for (int name = _reader.First(token); name != JsonReader.None; name = _reader.Next(name))
            {
                _reader.TryGetString(name, out string key);
                switch (key)
                {
                    case "ssid":
                        ssid = ReadText(_reader.ValueOf(name), path + ".ssid", 1, MaxSsid, null);
                        break;
                    case "password":
                        password = ReadText(_reader.ValueOf(name), path + ".password", 0, 63, null);
                        break;
                    default:
                        Unknown(path + ".", key);
                        break;
                }
            }

            if (ssid == null || Encoding.UTF8.GetBytes(ssid).Length > MaxSsid || password == null || (password.Length > 0 && password.Length < 8))
            {
                Fault(path, "needs an ssid of at most 32 bytes, and a password of 8 to 63 characters or none");
                return null;
            }

            return new WifiNetwork(ssid, password);
        }

        private BrokerAddress ReadBroker(int token, BrokerAddress standard)
        {
            if (!IsObject(token, "broker"))
            {
                return standard;
            }

            string host = standard.Host;
            int port = standard.Port;
            string user = null;
            string password = null;
            for (int name = _reader.First(token); name != JsonReader.None; name = _reader.Next(name))
            {
                int value = _reader.ValueOf(name);
                _reader.TryGetString(name, out string key);
                switch (key)
                {
                    case "host":
                        host = ReadText(value, "broker.host", 1, 253, null);
                        break;
                    case "port":
                        port = ReadInteger(value, "broker.port", 1, 65535, port);
                        break;
                    case "user":
                        user = ReadText(value, "broker.user", 0, 128, null);
                        break;
                    case "password":
                        password = ReadText(value, "broker.password", 0, 128, null);
                        break;
                    default:
                        Unknown("broker.", key);
                        break;
                }
            }

            // Credentials are for the broker that they were written for, not for the default one.
            if (host == null)
            {
                return new BrokerAddress(standard.Host, port, null, null);
            }

            return new BrokerAddress(host, port, string.IsNullOrEmpty(user) ? null : user, string.IsNullOrEmpty(password) ? null : password);
        }

        private string ReadPrefix(int token, string standard)
        {
            if (_reader.TryGetString(token, out string text) && TopicLevel.IsPath(text, MaxPrefix))
            {
                return text;
            }

            Fault("prefix", "must be 1 to 64 of A-Z a-z 0-9 _ - with single / between");
            return standard;
        }

        private string[] ReadGroups(int token)
        {
            if (!IsArray(token, "groups", MaxGroups))
            {
                return new string[0];
            }

            ArrayList groups = new ArrayList();
            int index = 0;
            for (int item = _reader.First(token); item != JsonReader.None; item = _reader.Next(item))
            {
                if (!_reader.TryGetString(item, out string group) || !TopicLevel.IsValid(group))
                {
                    Fault("groups[" + index + "]", "must be 1 to 32 of A-Z a-z 0-9 _ -");
                }
                else if (group != "all" && !groups.Contains(group))
                {
                    groups.Add(group);
                }

                index++;
            }

            return (string[])groups.ToArray(typeof(string));
        }

        private int ReadInteger(int token, string path, int minimum, int maximum, int standard)
        {
            if (_reader.TryGetInt64(token, out long value) && value >= minimum && value <= maximum)
            {
                return (int)value;
            }

            Fault(path, "must be an integer from " + minimum + " to " + maximum);
            return standard;
        }

        private string ReadText(int token, string path, int minimum, int maximum, string standard)
        {
            if (_reader.TryGetString(token, out string text) && text.Length >= minimum && text.Length <= maximum)
            {
                return text;
            }

            Fault(path, "must be a string of " + minimum + " to " + maximum + " characters");
            return standard;
        }

        private bool IsArray(int token, string path, int maximum)
        {
            if (_reader.KindOf(token) == JsonKind.Array && _reader.Count(token) <= maximum)
            {
                return true;
            }

            Fault(path, "must be an array of at most " + maximum);
            return false;
        }

        private bool IsObject(int token, string path)
        {
            if (_reader.KindOf(token) == JsonKind.Object)
            {
                return true;
            }

            Fault(path, "must be an object");
            return false;
        }

        // A key is shortened: it may be a text that was pasted in the wrong place.
        private void Unknown(string path, string key)
        {
            string name = key == null ? "?" : key.Length > 16 ? key.Substring(0, 16) + "..." : key;
            Fault(path + name, "is not a setting");
        }

        private void Fault(string path, string reason)
        {
            if (_faults.Count < MaxFaults)
            {
                _faults.Add(new SettingsFault(path, reason));
            }
        }
    }
}
