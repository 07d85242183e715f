namespace Firmware.Settings
{
    /// <summary>What is registered of one setting: all that reading, writing, describing and resetting it needs.</summary>
    internal sealed class Setting
    {
        /// <summary>The dotted key, or the name of a member of one.</summary>
        internal readonly string Name;

        internal readonly SettingType Type;

        /// <summary>Where its value is: a <see cref="SettingField"/>, or a field of a rule.</summary>
        internal readonly int Field;

        internal readonly SettingEffect Effect;

        /// <summary>Least number, or length of a text.</summary>
        internal readonly long Min;

        /// <summary>Greatest number; most characters, elements or rules.</summary>
        internal readonly long Max;

        /// <summary>The default of what is kept as a number; out of range when there is none.</summary>
        internal readonly long Standard;

        /// <summary>The default of what is kept as an object.</summary>
        internal object Value;

        internal string Unit;

        internal string[] Choices;

        /// <summary>Whether 1 is no value although 0 and 2 are.</summary>
        internal bool HasGap;

        /// <summary>Whether it is written, but never shown.</summary>
        internal bool IsSecret;

        private Setting[] _members;

        internal Setting(int field, string name, SettingType type, SettingEffect effect, long min, long max, long standard)
        {
            Field = field;
            Name = name;
            Type = type;
            Effect = effect;
            Min = min;
            Max = max;
            Standard = standard;
        }

        /// <summary>Whether the value is kept as a number.</summary>
        internal bool IsNumeric => Type <= SettingType.Choice;

        /// <summary>Whether there is a value without anybody's doing.</summary>
        internal bool HasStandard => IsNumeric ? Standard >= Min && Standard <= Max : Value != null;

        /// <summary>What an element of it is made of, or null.</summary>
        internal Setting[] Members => _members ??= SettingMembers.Of(Field);

        /// <summary>The index of a setting in some, or -1.</summary>
        internal static int IndexOf(Setting[] settings, string name)
        {
            for (int i = 0; i < settings.Length; i++)
            {
                if (settings[i].Name == name)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
