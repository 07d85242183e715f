using System.Collections;
using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>
    /// The settings file while it is read: typed values by their token, and a list of what could not be used.
    /// Faults never hold a value: it might be a secret.
    /// </summary>
    internal sealed class SettingsSource
    {
        private const int MaxFile = 4096;
        private const int MaxFaults = 16;

        private readonly JsonReader _reader = new JsonReader(MaxFile);
        private readonly ArrayList _faults = new ArrayList();

        internal JsonReader Reader => _reader;

        internal ArrayList Faults => _faults;

        /// <summary>Some editors put a byte order mark in front, which JSON does not allow.</summary>
        internal bool TryParse(byte[] file)
        {
            bool hasMark = file.Length >= 3 && file[0] == 0xEF && file[1] == 0xBB && file[2] == 0xBF;
            return hasMark ? _reader.TryParse(file, 3, file.Length - 3) : _reader.TryParse(file, 0, file.Length);
        }

        /// <summary>The text of a member's name.</summary>
        internal string NameOf(int nameToken)
        {
            _reader.TryGetString(nameToken, out string name);
            return name;
        }

        internal int Integer(int token, string path, int minimum, int maximum, int standard)
        {
            if (_reader.TryGetInt64(token, out long value) && value >= minimum && value <= maximum)
            {
                return (int)value;
            }

            Fault(path, "must be an integer from " + minimum + " to " + maximum);
            return standard;
        }

        internal string Text(int token, string path, int minimum, int maximum, string standard)
        {
            if (_reader.TryGetString(token, out string text) && text.Length >= minimum && text.Length <= maximum)
            {
                return text;
            }

            Fault(path, "must be a string of " + minimum + " to " + maximum + " characters");
            return standard;
        }

        internal bool IsArray(int token, string path, int maximum)
        {
            if (_reader.KindOf(token) == JsonKind.Array && _reader.Count(token) <= maximum)
            {
                return true;
            }

            Fault(path, "must be an array of at most " + maximum);
            return false;
        }

        internal bool IsObject(int token, string path)
        {
            if (_reader.KindOf(token) == JsonKind.Object)
            {
                return true;
            }

            Fault(path, "must be an object");
            return false;
        }

        /// <summary>A key is shortened: it may be a text that was pasted in the wrong place.</summary>
        internal void Unknown(string path, string key)
        {
            string name = key == null ? "?" : key.Length > 16 ? key.Substring(0, 16) + "..." : key;
            Fault(path + name, "is not a setting");
        }

        internal void Fault(string path, string reason)
        {
            if (_faults.Count < MaxFaults)
            {
                _faults.Add(new SettingsFault(path, reason));
            }
        }
    }
}
