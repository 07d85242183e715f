using System.Collections;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Power;
using Firmware.Sensing;

namespace Firmware.Settings
{
    /// <summary>
    /// Settings in JSON while they are read: typed values by their token, and a list of what could not be used.
    /// Faults never hold a value: it might be a secret.
    /// </summary>
    internal sealed class SettingsSource
    {
        /// <summary>Bytes of the file at most.</summary>
        internal const int MaxFile = 4096;

        /// <summary>Stands in a record for a value that could not be used.</summary>
        internal static readonly object Wrong = new object();

        internal readonly JsonReader Reader;

        /// <summary>Has the passwords that were shown as "passwordSet"; null for a file, which has its own.</summary>
        internal readonly DeviceSettings Known;

        internal readonly ArrayList Faults = new ArrayList();

        private const int MaxFaults = 16;
        private const int MaxUnknown = 16;

        internal SettingsSource(JsonReader reader, DeviceSettings known)
        {
            Reader = reader;
            Known = known;
        }

        /// <summary>Some editors put a byte order mark in front, which JSON does not allow.</summary>
        internal bool TryParse(byte[] file)
        {
            bool hasMark = file.Length >= 3 && file[0] == 0xEF && file[1] == 0xBB && file[2] == 0xBF;
            return hasMark ? Reader.TryParse(file, 3, file.Length - 3) : Reader.TryParse(file, 0, file.Length);
        }

        /// <summary>The text of a member's name.</summary>
        internal string NameOf(int nameToken)
        {
            Reader.TryGetString(nameToken, out string name);
            return name;
        }

        /// <summary>Reads a value that is kept as a number.</summary>
        internal bool TryNumber(Setting setting, int token, string path, out long value)
        {
            switch (setting.Type)
            {
                case SettingType.Integer:
                    return TryInteger(setting, token, path, out value);
                case SettingType.Number:
                    return TryQuantity(setting, token, path, out value);
                case SettingType.Boolean:
                    bool isBoolean = Reader.TryGetBoolean(token, out bool flag);
                    value = flag ? 1 : 0;
                    return isBoolean || Refuse(path, "must be true or false");
                default:
                    return TryChoice(setting.Choices, token, path, out value);
            }
        }

        internal string Text(int token, string path, long minimum, long maximum)
        {
            if (Reader.TryGetString(token, out string text) && text.Length >= minimum && text.Length <= maximum)
            {
                return text;
            }

            Fault(path, "must be a string of " + minimum + " to " + maximum + " characters");
            return null;
        }

        internal string Topic(int token, string path, long maximum)
        {
            if (Reader.TryGetString(token, out string text) && TopicLevel.IsPath(text, (int)maximum))
            {
                return text;
            }

            Fault(path, "must be 1 to " + maximum + " of A-Z a-z 0-9 _ - with single / between");
            return null;
        }

        internal string Curve(int token, string path, int maximum)
        {
            if (Reader.TryGetString(token, out string text) && text.Length <= maximum && BatteryCurve.Parse(text) != null)
            {
                return text;
            }

            Fault(path, "must be 2 to 16 pairs millivolts:percent with spaces between, both rising");
            return null;
        }

        /// <summary>The values of an object by the members that it may have: a string, a long, null without, or <see cref="Wrong"/>.</summary>
        internal object[] Record(int token, string path, Setting[] members)
        {
            if (!IsObject(token, path))
            {
                return null;
            }

            object[] values = new object[members.Length];
            for (int name = Reader.First(token); name != JsonReader.None; name = Reader.Next(name))
            {
                string key = NameOf(name);
                int index = Setting.IndexOf(members, key);
                if (index >= 0)
                {
                    values[index] = Member(members[index], Reader.ValueOf(name), path + "." + key) ?? Wrong;
                }
                else if (Known == null || key != "passwordSet")
                {
                    Unknown(path + ".", key);
                }
            }

            return values;
        }

        internal bool IsArray(int token, string path, long maximum)
        {
            return (Reader.KindOf(token) == JsonKind.Array && Reader.Count(token) <= maximum)
                || Refuse(path, "must be an array of at most " + maximum);
        }

        internal bool IsObject(int token, string path) => Reader.KindOf(token) == JsonKind.Object || Refuse(path, "must be an object");

        /// <summary>A key is shortened: it may be a text that was pasted in the wrong place.</summary>
        internal void Unknown(string path, string key)
        {
            string name = key == null ? "?" : key.Length > MaxUnknown ? key.Substring(0, MaxUnknown) + "..." : key;
            Fault(path + name, "is not a setting");
        }

        internal void Fault(string path, string reason)
        {
            if (Faults.Count < MaxFaults)
            {
                Faults.Add(new SettingsFault(path, reason));
            }
        }

        private bool Refuse(string path, string reason)
        {
            Fault(path, reason);
            return false;
        }

        private object Member(Setting member, int token, string path)
        {
            if (member.Type == SettingType.Text)
            {
                return Text(token, path, member.Min, member.Max);
            }

            return TryNumber(member, token, path, out long number) ? (object)number : null;
        }

        private bool TryInteger(Setting setting, int token, string path, out long value)
        {
            return (Reader.TryGetInt64(token, out value) && value >= setting.Min && value <= setting.Max && !(setting.HasGap && value == 1))
                || Refuse(path, setting.HasGap ? "must be 0 or an integer from 2 to " + setting.Max : "must be an integer from " + setting.Min + " to " + setting.Max);
        }

        private bool TryQuantity(Setting setting, int token, string path, out long value)
        {
            if (Reader.TryGetFixed(token, ChannelRule.Scale, out value) && value >= setting.Min && value <= setting.Max)
            {
                return true;
            }

            string range = FixedPoint.ToText(setting.Min, ChannelRule.Scale) + " to " + FixedPoint.ToText(setting.Max, ChannelRule.Scale);
            return Refuse(path, "must be a number from " + range + " with at most 6 decimals");
        }

        private bool TryChoice(string[] choices, int token, string path, out long value)
        {
            // A number is what one writes for "5" without thinking.
            if (!Reader.TryGetString(token, out string text) && Reader.TryGetInt64(token, out long number))
            {
                text = number.ToString();
            }

            string reason = "must be ";
            for (int i = 0; i < choices.Length; i++)
            {
                if (choices[i] == text)
                {
                    value = i;
                    return true;
                }

                reason += (i == 0 ? "\"" : i == choices.Length - 1 ? "\" or \"" : "\", \"") + choices[i];
            }

            value = 0;
            return Refuse(path, reason + "\"");
        }
    }
}
