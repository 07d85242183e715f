using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>
    /// A key of a request: what it names, its new value, and what is wrong with either. It has numbers and no
    /// descriptions: those of 32 keys would take 10 KB.
    /// </summary>
    internal sealed class SettingKey
    {
        /// <summary>Stands for no setting or no member.</summary>
        internal const int None = -1;

        /// <summary>The key as it was given.</summary>
        internal readonly string Text;

        /// <summary>The number in the catalog of what it names, or of the table in which that is.</summary>
        internal readonly int Slot;

        /// <summary>The name of the table's entry, or null.</summary>
        internal readonly string Entry;

        /// <summary>The number of the entry's member.</summary>
        internal readonly int Member;

        /// <summary>The token of the new value; <see cref="JsonReader.None"/> for the default.</summary>
        internal int Token = JsonReader.None;

        /// <summary>What is wrong, or null.</summary>
        internal string Reason;

        /// <summary>What it takes to use the new value; none when it is equal to the old one.</summary>
        internal SettingEffect Effect;

        internal SettingKey(string text, int slot, string entry, int member)
        {
            Text = text;
            Slot = slot;
            Entry = entry;
            Member = member;
        }
    }
}
