using System;
using System.Collections;

namespace Firmware.Settings
{
    /// <summary>The entries of a table while they are changed: those that change are copied, the device's own stay as they are.</summary>
    internal sealed class TableEdit
    {
        internal readonly SettingTable Table;

        internal readonly ArrayList Entries = new ArrayList();

        private readonly object _blank;

        // The entries that this edit alone refers to.
        private readonly ArrayList _own = new ArrayList();

        internal TableEdit(SettingTable table, Array entries)
        {
            Table = table;
            _blank = table.Create(string.Empty);
            for (int i = 0; i < entries.Length; i++)
            {
                Entries.Add(entries.GetValue(i));
            }
        }

        /// <summary>Why <see cref="Open"/> gave null.</summary>
        internal string TooMany => "is over the limit of " + Table.Max;

        /// <summary>The entry of that name, to be changed: a new one when there is none. Null when there are too many.</summary>
        internal object Open(string name)
        {
            object old = Table.Find(Entries, name);
            if (old == null ? Entries.Count == Table.Max : _own.Contains(old))
            {
                return old;
            }

            object entry = Table.Create(name);
            _own.Add(entry);
            if (old == null)
            {
                Entries.Add(entry);
                return entry;
            }

            int count = Table.MemberCount;
            for (int i = 0; i < count; i++)
            {
                Table.Set(entry, i, Table.Get(old, i));
            }

            Entries[Entries.IndexOf(old)] = entry;
            return entry;
        }

        /// <summary>Gives a member of an entry, if there is one, its default.</summary>
        internal void Reset(string name, int member)
        {
            if (Table.Find(Entries, name) != null)
            {
                Table.Set(Open(name), member, Table.Get(_blank, member));
            }
        }

        /// <summary>Takes an entry that is one value, in the place of the one with its name; false when there are too many.</summary>
        internal bool Put(string name, object entry)
        {
            object old = Table.Find(Entries, name);
            if (old != null)
            {
                Entries[Entries.IndexOf(old)] = entry;
            }
            else if (Entries.Count < Table.Max)
            {
                Entries.Add(entry);
            }

            return old != null || Entries.Count > 0 && Entries[Entries.Count - 1] == entry;
        }

        internal void Remove(string name)
        {
            object entry = Table.Find(Entries, name);
            if (entry != null)
            {
                Entries.Remove(entry);
            }
        }

        /// <summary>Removes the entries in which nothing is set.</summary>
        internal void RemoveEmpty()
        {
            for (int i = Entries.Count - 1; i >= 0; i--)
            {
                if (IsEmpty(Entries[i]))
                {
                    Entries.RemoveAt(i);
                }
            }
        }

        /// <summary>The entries in an array of their own type.</summary>
        internal Array ToArray() => Table.Entry == null ? Entries.ToArray(_blank.GetType()) : Entries.ToArray();

        private bool IsEmpty(object entry)
        {
            int count = Table.MemberCount;
            for (int i = 0; i < count; i++)
            {
                if (!SettingTable.AreSame(Table.Get(entry, i), Table.Get(_blank, i)))
                {
                    return false;
                }
            }

            return Table.Entry == null;
        }
    }
}
