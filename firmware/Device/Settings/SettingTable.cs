using System;
using System.Collections;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>
    /// A setting that holds entries by their names, as "channels": the key <c>table.entry.member</c> sets one member. Its
    /// value is an array of the owner's type of entry. Members are numbers, booleans, choices or texts; those of an entry
    /// that are not set are equal to those of a new one.
    /// </summary>
    public abstract class SettingTable : Setting
    {
        /// <summary>What the board's pins can serve, for <see cref="Contradiction"/>; null when that is not known.</summary>
        protected internal PinTable Pins;

        /// <summary>Describes a table.</summary>
        /// <param name="name">The key, without a dot.</param>
        /// <param name="effect">What it takes to use a changed entry.</param>
        /// <param name="max">The most entries.</param>
        /// <param name="none">An empty array of the type of entry.</param>
        protected SettingTable(string name, SettingEffect effect, int max, Array none)
            : base(name, SettingType.Table, effect, 0, max, none)
        {
        }

        /// <summary>
        /// Describes an entry that is one value, set as a whole by the key <c>table.entry</c>; null for entries of members. What
        /// it reads is the entry, with its name; then the table has no members, and its value is an array of objects.
        /// </summary>
        public virtual Setting Entry => null;

        /// <summary>Creates an entry whose members are at their defaults.</summary>
        /// <param name="name">Its name: 1 to 32 of A-Z a-z 0-9 _ -.</param>
        /// <returns>The entry.</returns>
        public abstract object Create(string name);

        /// <summary>The name of an entry.</summary>
        /// <param name="entry">An entry.</param>
        /// <returns>Its name.</returns>
        public abstract string NameOf(object entry);

        /// <summary>A member of an entry.</summary>
        /// <param name="entry">An entry.</param>
        /// <param name="member">0 to <see cref="Setting.MemberCount"/> - 1.</param>
        /// <returns>The value as the member's <see cref="Setting.Read"/> gives it.</returns>
        public abstract object Get(object entry, int member);

        /// <summary>Changes a member of an entry.</summary>
        /// <param name="entry">An entry that only the caller refers to.</param>
        /// <param name="member">0 to <see cref="Setting.MemberCount"/> - 1.</param>
        /// <param name="value">The value as the member's <see cref="Setting.Read"/> gives it.</param>
        public abstract void Set(object entry, int member, object value);

        /// <summary>Finds a member that contradicts another one of its entry.</summary>
        /// <param name="entry">An entry.</param>
        /// <param name="reason">What is wrong with the member, e.g. "must be less than high".</param>
        /// <returns>The member, or -1.</returns>
        public virtual int Contradiction(object entry, out string reason)
        {
            reason = null;
            return -1;
        }

        /// <summary>
        /// Finds a member that contradicts another entry. An entry of the settings file that does cannot be used. Of an entry
        /// that is one value any number that is not negative means all of it.
        /// </summary>
        /// <param name="entry">An entry.</param>
        /// <param name="entries">All entries.</param>
        /// <param name="reason">What is wrong with the member.</param>
        /// <returns>The member, or -1.</returns>
        public virtual int Conflict(object entry, IList entries, out string reason)
        {
            reason = null;
            return -1;
        }

        /// <summary>The GPIO that an entry has for itself: a pin serves one thing.</summary>
        /// <param name="entry">An entry.</param>
        /// <returns>Its number, or -1.</returns>
        public virtual int PinOf(object entry) => PinTable.None;

        /// <summary>Takes a contradiction out of an entry of the settings file.</summary>
        /// <param name="entry">An entry that only the caller refers to.</param>
        /// <param name="member">What <see cref="Contradiction"/> gave.</param>
        /// <returns>What is used now, to follow the reason, e.g. ": neither is used"; null for an entry that cannot be used.</returns>
        public virtual string Settle(object entry, int member) => null;

        /// <inheritdoc/>
        public override object Read(SettingsSource source, int token, string path)
        {
            if (!source.IsObject(token, path))
            {
                return null;
            }

            JsonReader reader = source.Reader;
            TableEdit edit = new TableEdit(this, (Array)Default);
            for (int name = reader.First(token); name != JsonReader.None; name = reader.Next(name))
            {
                string key = source.NameOf(name);
                if (key == null || !TopicLevel.IsValid(key))
                {
                    source.Unknown(path + ".", key);
                    continue;
                }

                // Any name will do: a channel appears only when its sensor answers. Of several with one name the last
                // counts, as for every other key.
                edit.Remove(key);
                if (Entry != null)
                {
                    object whole = Entry.Read(source, reader.ValueOf(name), path + "." + key);
                    if (whole != null && !edit.Put(key, whole))
                    {
                        source.Fault(path + "." + key, edit.TooMany);
                    }

                    continue;
                }

                object entry = edit.Open(key);
                if (entry == null)
                {
                    source.Fault(path + "." + key, edit.TooMany);
                }
                else if (!TryRead(source, reader.ValueOf(name), path + "." + key, entry))
                {
                    edit.Remove(key);
                }
            }

            for (int i = 0; i < edit.Entries.Count; i++)
            {
                object entry = edit.Entries[i];
                int at = Conflict(entry, edit.Entries, out string reason);
                if (at >= 0)
                {
                    // Another one may depend on it.
                    source.Fault(path + "." + NameOf(entry) + (Entry == null ? "." + Member(at).Name : string.Empty), reason);
                    edit.Entries.RemoveAt(i);
                    i = -1;
                }
            }

            return edit.ToArray();
        }

        /// <inheritdoc/>
        public override void Write(JsonWriter writer, object value, bool withSecrets)
        {
            Array entries = (Array)value;
            writer.BeginObject();
            for (int i = 0; i < entries.Length; i++)
            {
                object entry = entries.GetValue(i);
                writer.Name(NameOf(entry));
                WriteEntry(writer, entry, withSecrets);
            }

            writer.EndObject();
        }

        /// <summary>Writes what is set of an entry, or null without one.</summary>
        internal void WriteEntry(JsonWriter writer, object entry, bool withSecrets)
        {
            if (entry == null)
            {
                writer.Null();
                return;
            }

            if (Entry != null)
            {
                Entry.Write(writer, entry, withSecrets);
                return;
            }

            object blank = Create(string.Empty);
            int count = MemberCount;
            writer.BeginObject();
            for (int i = 0; i < count; i++)
            {
                object value = Get(entry, i);
                if (!AreSame(value, Get(blank, i)))
                {
                    Setting member = Member(i);
                    writer.Name(member.Name);
                    member.Write(writer, value, withSecrets);
                }
            }

            writer.EndObject();
        }

        /// <summary>The entry of that name among some, or null.</summary>
        /// <param name="entries">The entries.</param>
        /// <param name="name">The name.</param>
        /// <returns>The entry, or null.</returns>
        protected internal object Find(IList entries, string name)
        {
            int count = entries.Count;
            for (int i = 0; i < count; i++)
            {
                if (NameOf(entries[i]) == name)
                {
                    return entries[i];
                }
            }

            return null;
        }

        /// <summary>Whether two values of a member are equal.</summary>
        internal static bool AreSame(object a, object b) => a is long x && b is long y ? x == y : a == b || (a is string s && s == b as string);

        /// <summary>Reads an entry; false when it cannot be used.</summary>
        private bool TryRead(SettingsSource source, int token, string path, object entry)
        {
            if (!source.IsObject(token, path))
            {
                return false;
            }

            JsonReader reader = source.Reader;
            for (int name = reader.First(token); name != JsonReader.None; name = reader.Next(name))
            {
                string key = source.NameOf(name);
                Setting member = FindMember(key);
                object value = member == null ? null : member.Read(source, reader.ValueOf(name), path + "." + key);
                if (member == null)
                {
                    source.Unknown(path + ".", key);
                }
                else if (value != null)
                {
                    Set(entry, member.Slot, value);
                }
            }

            Pins = source.Pins;
            string settled = string.Empty;
            for (int at = Contradiction(entry, out string reason); at >= 0 && settled != null; at = Contradiction(entry, out reason))
            {
                settled = Settle(entry, at);
                source.Fault(path + "." + Member(at).Name, reason + settled);
            }

            return settled != null;
        }
    }
}
