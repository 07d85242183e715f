using System.Collections;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>
    /// Settings in JSON while they are read: values by their token, and a list of what could not be used. Faults hold no
    /// text that was given, since it might be a secret; short numbers they do.
    /// </summary>
    public sealed class SettingsSource
    {
        /// <summary>Stands in a record for a value that could not be used.</summary>
        public readonly object Wrong = new object();

        /// <summary>Holds the values.</summary>
        public readonly JsonReader Reader;

        /// <summary>Settings whose secrets stay when they are not given; null for a file, which has its own.</summary>
        public readonly DeviceSettings Known;

        /// <summary>What the board's pins can serve; null when that is not known.</summary>
        public readonly PinTable Pins;

        /// <summary>Bytes of the file at most.</summary>
        internal const int MaxFile = 6144;

        /// <summary>Behind the name of a secret, the name by which is shown whether it is set.</summary>
        internal const string SetSuffix = "Set";

        /// <summary>Items are <see cref="SettingsFault"/>.</summary>
        internal readonly ArrayList Faults = new ArrayList();

        private const int MaxFaults = 16;
        private const int MaxUnknown = 16;
        private const int MaxGot = 12;

        internal SettingsSource(JsonReader reader, DeviceSettings known, PinTable pins)
        {
            Pins = pins;
            Reader = reader;
            Known = known;
        }

        /// <summary>Reads an object by the members that it may have.</summary>
        /// <param name="token">The object's token.</param>
        /// <param name="path">The path for faults.</param>
        /// <param name="setting">Has the members.</param>
        /// <returns>
        /// By the number of the member what its <see cref="Setting.Read"/> gives, null for a member that is not there,
        /// or <see cref="Wrong"/>; null for no object.
        /// </returns>
        public object[] Record(int token, string path, Setting setting)
        {
            if (!IsObject(token, path))
            {
                return null;
            }

            object[] values = new object[setting.MemberCount];
            for (int name = Reader.First(token); name != JsonReader.None; name = Reader.Next(name))
            {
                string key = NameOf(name);
                Setting member = setting.FindMember(key);
                if (member != null)
                {
                    values[member.Slot] = member.Read(this, Reader.ValueOf(name), path + "." + key) ?? Wrong;
                }
                else if (Known == null || !IsShownSecret(setting, key))
                {
                    Unknown(path + ".", key);
                }
            }

            return values;
        }

        /// <summary>Whether a value is an array; else a fault.</summary>
        /// <param name="token">The value's token.</param>
        /// <param name="path">The path for the fault.</param>
        /// <param name="max">The most elements.</param>
        /// <returns>Whether it is.</returns>
        public bool IsArray(int token, string path, long max)
        {
            bool isArray = Reader.KindOf(token) == JsonKind.Array && Reader.Count(token) <= max;
            if (!isArray)
            {
                Fault(path, "must be an array of at most " + max);
            }

            return isArray;
        }

        /// <summary>Whether a value is an object; else a fault.</summary>
        /// <param name="token">The value's token.</param>
        /// <param name="path">The path for the fault.</param>
        /// <returns>Whether it is.</returns>
        public bool IsObject(int token, string path)
        {
            bool isObject = Reader.KindOf(token) == JsonKind.Object;
            if (!isObject)
            {
                Fault(path, "must be an object");
            }

            return isObject;
        }

        /// <summary>Notes something that cannot be used; of many the first 16.</summary>
        /// <param name="path">Where, e.g. "broker.port" or "wifi[0].ssid".</param>
        /// <param name="reason">What is required.</param>
        /// <returns>Null, so that a reader can return it.</returns>
        public object Fault(string path, string reason)
        {
            if (Faults.Count < MaxFaults)
            {
                Faults.Add(new SettingsFault(path, reason));
            }

            return null;
        }

        /// <summary>Notes a key that is no setting. It is shortened: it may be a text that was pasted in the wrong place.</summary>
        internal void Unknown(string path, string key)
        {
            string name = key == null ? "?" : key.Length > MaxUnknown ? key.Substring(0, MaxUnknown) + "..." : key;
            Fault(path + name, "is not a setting");
        }

        /// <summary>Some editors put a byte order mark in front, which JSON does not allow.</summary>
        internal bool TryParse(byte[] file)
        {
            bool hasMark = file.Length >= 3 && file[0] == 0xEF && file[1] == 0xBB && file[2] == 0xBF;
            return hasMark ? Reader.TryParse(file, 3, file.Length - 3) : Reader.TryParse(file, 0, file.Length);
        }

        /// <summary>The text of a member's name; null when it cannot be a text.</summary>
        internal string NameOf(int nameToken)
        {
            Reader.TryGetString(nameToken, out string name);
            return name;
        }

        /// <summary>" (got 0)" for a short number, else nothing.</summary>
        internal string Got(int token)
        {
            string text = Reader.TryGetFixed(token, Setting.Decimals, out long value) ? FixedPoint.ToText(value, Setting.Decimals) : null;
            return text == null || text.Length > MaxGot ? string.Empty : " (got " + text + ")";
        }

        private static bool IsShownSecret(Setting setting, string key)
        {
            Setting member = key == null || !key.EndsWith(SetSuffix) ? null : setting.FindMember(key.Substring(0, key.Length - SetSuffix.Length));
            return member != null && member.IsSecret;
        }
    }
}
