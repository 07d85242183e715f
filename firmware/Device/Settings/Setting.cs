using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>
    /// The description of one setting, or of one member of a table: all that reading, checking, showing, storing and
    /// resetting it needs. A module whose setting has a form of its own derives from it.
    /// </summary>
    public partial class Setting
    {
        /// <summary>Decimal places of a <see cref="SettingType.Number"/>.</summary>
        public const int Decimals = 6;

        /// <summary>The key, with one dot at most; or the name of a member.</summary>
        public readonly string Name;

        /// <summary>The type.</summary>
        public readonly SettingType Type;

        /// <summary>What it takes to use a new value.</summary>
        public readonly SettingEffect Effect;

        /// <summary>The least number, or length of a text.</summary>
        public readonly long Min;

        /// <summary>The greatest number; the most characters, elements or entries.</summary>
        public readonly long Max;

        /// <summary>The default: a long for numbers, booleans and choices, else as it is kept; null for a text or a member without one.</summary>
        public readonly object Default;

        /// <summary>The unit of a number, as SenML writes it, or null.</summary>
        public string Unit;

        /// <summary>Whether 1 is excluded from the range.</summary>
        public bool ExcludesOne;

        /// <summary>Whether requests may write the value but never see it.</summary>
        public bool IsSecret;

        /// <summary>Whether <c>settings.reset</c> of everything leaves it: without its value the device is cut off.</summary>
        public bool SurvivesReset;

        /// <summary>The number in the catalog, or of a member in its table.</summary>
        internal int Slot;

        /// <summary>The words of a choice.</summary>
        internal string[] Choices;

        /// <summary>Describes a setting of a kind of its own.</summary>
        /// <param name="name">The key.</param>
        /// <param name="type">The type.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="min">See <see cref="Min"/>.</param>
        /// <param name="max">See <see cref="Max"/>.</param>
        /// <param name="defaultValue">See <see cref="Default"/>.</param>
        public Setting(string name, SettingType type, SettingEffect effect, long min, long max, object defaultValue)
        {
            Name = name;
            Type = type;
            Effect = effect;
            Min = min;
            Max = max;
            Default = defaultValue;
        }

        /// <summary>How many members an element of a table has; 0 for all else.</summary>
        public virtual int MemberCount => 0;

        /// <summary>Whether <see cref="DeviceSettings"/> keeps the value as int.</summary>
        internal bool IsInteger => Type <= SettingType.Choice;

        /// <summary>Describes a member of a table's elements; a new object at each call.</summary>
        /// <param name="index">0 to <see cref="MemberCount"/> - 1.</param>
        /// <returns>A new description.</returns>
        public virtual Setting Member(int index) => null;

        /// <summary>Reads a value. What is wrong with it becomes a fault of <paramref name="source"/>.</summary>
        /// <param name="source">Holds the value.</param>
        /// <param name="token">The value's token.</param>
        /// <param name="path">The path for faults.</param>
        /// <returns>A long for numbers, booleans and choices, else the value as it is kept; null to leave the old one.</returns>
        public virtual object Read(SettingsSource source, int token, string path)
        {
            JsonReader reader = source.Reader;
            switch (Type)
            {
                case SettingType.Integer:
                    return ReadInteger(source, token, path);
                case SettingType.Number:
                    return ReadNumber(source, token, path);
                case SettingType.Boolean:
                    return reader.TryGetBoolean(token, out bool flag) ? (object)(flag ? 1L : 0L) : source.Fault(path, "must be true or false");
                case SettingType.Choice:
                    return ReadChoice(source, token, path);
                default:
                    return ReadText(source, token, path);
            }
        }

        /// <summary>Writes a value as <see cref="Read"/> reads it.</summary>
        /// <param name="writer">Receives the value.</param>
        /// <param name="value">The value, as <see cref="Read"/> gives it.</param>
        /// <param name="withSecrets">Whether secrets are written, for storage, or only whether they are set.</param>
        public virtual void Write(JsonWriter writer, object value, bool withSecrets)
        {
            switch (Type)
            {
                case SettingType.Boolean:
                    writer.Boolean((long)value != 0);
                    break;
                case SettingType.Choice:
                    writer.Constant(Choices[(int)(long)value]);
                    break;
                case SettingType.Integer:
                    writer.Number((long)value);
                    break;
                case SettingType.Number:
                    writer.Fixed((long)value, Decimals);
                    break;
                default:
                    WriteText(writer, (string)value, withSecrets);
                    break;
            }
        }

        /// <summary>The member of that name, with its number; null for none.</summary>
        internal Setting FindMember(string name)
        {
            int count = MemberCount;
            for (int i = 0; i < count; i++)
            {
                Setting member = Member(i);
                if (member.Name == name)
                {
                    member.Slot = i;
                    return member;
                }
            }

            return null;
        }

        /// <summary>Checks a text. Texts with a form of their own override it.</summary>
        /// <param name="text">The text; null for a value that is no string.</param>
        /// <returns>What is required, e.g. "must be a string of 1 to 8 characters"; null for a right text.</returns>
        protected virtual string Check(string text)
        {
            if (Type == SettingType.Topic)
            {
                return text != null && TopicLevel.IsPath(text, (int)Max) ? null : "must be 1 to " + Max + " of A-Z a-z 0-9 _ - with single / between";
            }

            return text != null && text.Length >= Min && text.Length <= Max ? null : "must be a string of " + Min + " to " + Max + " characters";
        }

        /// <summary>Writes a secret member of a record: <c>"password":"..."</c> for storage, else <c>"passwordSet":true</c>.</summary>
        /// <param name="writer">Within the record.</param>
        /// <param name="name">The member.</param>
        /// <param name="value">The secret; null or empty when it is not set.</param>
        /// <param name="withSecrets">Whether it is for storage.</param>
        protected static void WriteSecret(JsonWriter writer, string name, string value, bool withSecrets)
        {
            bool isSet = !string.IsNullOrEmpty(value);
            if (!withSecrets)
            {
                writer.Name(name + SettingsSource.SetSuffix);
                writer.Boolean(isSet);
            }
            else if (isSet)
            {
                writer.Member(name, value);
            }
        }

        private object ReadInteger(SettingsSource source, int token, string path)
        {
            if (source.Reader.TryGetInt64(token, out long value) && value >= Min && value <= Max && !(ExcludesOne && value == 1))
            {
                return value;
            }

            string range = ExcludesOne ? "must be 0 or an integer from 2 to " + Max : "must be an integer from " + Min + " to " + Max;
            return source.Fault(path, range + source.Got(token));
        }

        private object ReadNumber(SettingsSource source, int token, string path)
        {
            if (source.Reader.TryGetFixed(token, Decimals, out long value) && value >= Min && value <= Max)
            {
                return value;
            }

            string range = FixedPoint.ToText(Min, Decimals) + " to " + FixedPoint.ToText(Max, Decimals);
            return source.Fault(path, "must be a number from " + range + " with at most 6 decimals" + source.Got(token));
        }

        private object ReadChoice(SettingsSource source, int token, string path)
        {
            // A choice of "5" may be written as 5.
            if (!source.Reader.TryGetString(token, out string text) && source.Reader.TryGetInt64(token, out long number))
            {
                text = number.ToString();
            }

            string reason = "must be ";
            for (int i = 0; i < Choices.Length; i++)
            {
                if (Choices[i] == text)
                {
                    return (long)i;
                }

                reason += (i == 0 ? "\"" : i == Choices.Length - 1 ? "\" or \"" : "\", \"") + Choices[i];
            }

            return source.Fault(path, reason + "\"" + source.Got(token));
        }

        private object ReadText(SettingsSource source, int token, string path)
        {
            // A secret that was shown as {"set":true} may be sent back. The path of a member is longer than its name.
            if (IsSecret && path == Name && source.Known != null && source.Reader.KindOf(token) == JsonKind.Object)
            {
                return source.Known.Get(this);
            }

            source.Reader.TryGetString(token, out string text);
            string reason = Check(text);
            return reason == null ? text : source.Fault(path, reason);
        }

        private void WriteText(JsonWriter writer, string value, bool withSecrets)
        {
            if (!IsSecret || withSecrets)
            {
                writer.String(value);
                return;
            }

            writer.BeginObject();
            writer.Name("set");
            writer.Boolean(!string.IsNullOrEmpty(value));
            writer.EndObject();
        }
    }
}
