using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>A key of a request: what it names, its new value, and what is wrong with either.</summary>
    internal sealed class SettingKey
    {
        /// <summary>The key as it was given.</summary>
        internal readonly string Text;

        /// <summary>What it names, or the table in which that is; null for no setting.</summary>
        internal readonly Setting Setting;

        /// <summary>The name of the table's entry, or null.</summary>
        internal readonly string Entry;

        /// <summary>The member of the entry, or null.</summary>
        internal readonly Setting Member;

        /// <summary>The token of the new value; <see cref="JsonReader.None"/> for the default.</summary>
        internal int Token = JsonReader.None;

        /// <summary>What is wrong, or null.</summary>
        internal string Reason;

        /// <summary>What it takes to use the new value; none when it is equal to the old one.</summary>
        internal SettingEffect Effect;

        internal SettingKey(string text, Setting setting, string entry, Setting member)
        {
            Text = text;
            Setting = setting;
            Entry = entry;
            Member = member;
        }
    }
}
