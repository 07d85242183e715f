using System;
using System.Collections;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>Some keys that change together: all of them or none.</summary>
    internal sealed class SettingsChange
    {
        private const int MaxKey = 64;
        private const int MaxShown = 16;

        internal readonly SettingsCatalog Catalog;

        /// <summary>Items are <see cref="SettingKey"/>.</summary>
        internal readonly ArrayList Keys = new ArrayList();

        /// <summary>The changed settings; good for nothing if a key was wrong.</summary>
        internal readonly DeviceSettings After;

        /// <summary>What it takes to use all the new values, once they were applied.</summary>
        internal SettingEffect Effects;

        private readonly SettingsComparison _comparison = new SettingsComparison();
        private readonly DeviceSettings _before;
        private readonly SettingsSource _source;

        // A TableEdit for each table that is touched.
        private readonly ArrayList _tables = new ArrayList();

        /// <param name="before">The settings in use.</param>
        /// <param name="reader">Holds the new values.</param>
        internal SettingsChange(DeviceSettings before, JsonReader reader)
        {
            _before = before;
            Catalog = before.Catalog;
            _source = new SettingsSource(reader, before, Catalog.Pins);
            After = before.Copy();
        }

        /// <summary>Adds a key that is to have a value, or its default for null.</summary>
        internal void Add(string text, int token)
        {
            SettingKey key = text == null || text.Length > MaxKey ? null : Catalog.Resolve(text);
            if (key == null)
            {
                // It may be a text that was pasted in the wrong place.
                string shown = text == null ? "?" : text.Length > MaxKey ? text.Substring(0, MaxShown) + "..." : text;
                key = new SettingKey(shown, SettingKey.None, null, SettingKey.None) { Reason = "is not a setting" };
            }
            else
            {
                key.Token = token == JsonReader.None || _source.Reader.KindOf(token) == JsonKind.Null ? JsonReader.None : token;
            }

            // A second one would be a second member of the response.
            SettingKey same = Find(key.Text);
            if (same == null)
            {
                Keys.Add(key);
            }
            else
            {
                same.Reason = same.Reason ?? "is given twice";
            }
        }

        /// <summary>Changes all keys; gives the first that is wrong, or null.</summary>
        internal SettingKey Apply()
        {
            // Removals go first: so a channel can be removed and set again in one request.
            for (int i = 0; i < Keys.Count; i++)
            {
                SettingKey key = (SettingKey)Keys[i];
                if (key.Reason == null && key.Token == JsonReader.None)
                {
                    Reset(key);
                }
            }

            for (int i = 0; i < Keys.Count; i++)
            {
                SettingKey key = (SettingKey)Keys[i];
                if (key.Reason == null && key.Token != JsonReader.None)
                {
                    Set(key);
                }
            }

            TakeTables();
            return Judge();
        }

        private SettingKey Judge()
        {
            for (int i = 0; i < Keys.Count; i++)
            {
                SettingKey key = (SettingKey)Keys[i];
                if (key.Reason != null)
                {
                    return key;
                }

                key.Effect = EffectOf(key);
                Effects |= key.Effect;
            }

            return null;
        }

        private SettingEffect EffectOf(SettingKey key)
        {
            Setting setting = Catalog[key.Slot];
            object before = _before.Get(setting);
            object after = After.Get(setting);
            bool isSame;
            if (key.Entry == null)
            {
                isSame = _comparison.AreEqual(setting, before, after);
            }
            else
            {
                SettingTable table = (SettingTable)setting;
                before = table.Find((IList)before, key.Entry);
                after = table.Find((IList)after, key.Entry);
                isSame = key.Member == SettingKey.None
                    ? _comparison.AreEntriesEqual(table, before, after)
                    : SettingTable.AreSame(ValueOf(table, before, key.Member), ValueOf(table, after, key.Member));
            }

            return isSame ? SettingEffect.None : setting.Effect;
        }

        private static object ValueOf(SettingTable table, object entry, int member) =>
            table.Get(entry ?? table.Create(string.Empty), member);

        private SettingKey Find(string text)
        {
            for (int i = 0; i < Keys.Count; i++)
            {
                if (((SettingKey)Keys[i]).Text == text)
                {
                    return (SettingKey)Keys[i];
                }
            }

            return null;
        }

        private void Reset(SettingKey key)
        {
            Setting setting = Catalog[key.Slot];
            if (!(setting is SettingTable table))
            {
                After.Set(setting, setting.Default);
                return;
            }

            TableEdit edit = EditOf(table);
            if (key.Entry == null)
            {
                edit.Entries.Clear();
            }
            else if (key.Member == SettingKey.None)
            {
                edit.Remove(key.Entry);
            }
            else
            {
                edit.Reset(key.Entry, key.Member);
            }
        }

        private void Set(SettingKey key)
        {
            Setting setting = Catalog[key.Slot];
            SettingTable table = setting as SettingTable;
            bool isWhole = table != null && key.Entry != null && table.Entry != null;
            if (table != null && key.Member == SettingKey.None && !isWhole)
            {
                key.Reason = "accepts only null: set its members one at a time";
                return;
            }

            _source.Faults.Clear();
            object value = (table == null ? setting : isWhole ? table.Entry : table.Member(key.Member)).Read(_source, key.Token, key.Text);
            key.Reason = FaultOf(key.Text);
            if (value == null)
            {
                return;
            }

            if (table == null)
            {
                After.Set(setting, value);
                return;
            }

            TableEdit edit = EditOf(table);
            object entry = isWhole ? null : edit.Open(key.Entry);
            if (isWhole && edit.Put(key.Entry, value))
            {
                return;
            }

            if (entry == null)
            {
                key.Reason = edit.TooMany;
            }
            else
            {
                table.Set(entry, key.Member, value);
            }
        }

        /// <summary>What was wrong first: with its path, when that is deeper than the key.</summary>
        private string FaultOf(string key)
        {
            if (_source.Faults.Count == 0)
            {
                return null;
            }

            SettingsFault fault = (SettingsFault)_source.Faults[0];
            return fault.Path == key ? fault.Reason : fault.Path + " " + fault.Reason;
        }

        private TableEdit EditOf(SettingTable table)
        {
            for (int i = 0; i < _tables.Count; i++)
            {
                if (((TableEdit)_tables[i]).Table.Slot == table.Slot)
                {
                    return (TableEdit)_tables[i];
                }
            }

            TableEdit edit = new TableEdit(table, (Array)_before.Get(table));
            _tables.Add(edit);
            return edit;
        }

        private void TakeTables()
        {
            for (int i = 0; i < _tables.Count; i++)
            {
                TableEdit edit = (TableEdit)_tables[i];
                edit.RemoveEmpty();
                for (int j = 0; j < edit.Entries.Count; j++)
                {
                    Check(edit.Table, edit.Entries[j], edit.Entries);
                }

                After.Set(edit.Table, edit.ToArray());
            }

            for (int i = 0; i < _tables.Count; i++)
            {
                TableEdit edit = (TableEdit)_tables[i];
                for (int j = 0; j < edit.Entries.Count; j++)
                {
                    CheckPin(edit.Table, edit.Entries[j]);
                }
            }
        }

        private void CheckPin(SettingTable table, object entry)
        {
            int pin = KeyOf(table, table.NameOf(entry)) == null ? PinTable.None : table.PinOf(entry);
            for (int i = 0; pin != PinTable.None && i < Catalog.Count; i++)
            {
                SettingTable other = Catalog[i] as SettingTable;
                IList entries = other == null ? null : (IList)After.Get(other);
                for (int j = 0; entries != null && j < entries.Count; j++)
                {
                    object owner = entries[j];
                    if (other.PinOf(owner) == pin && (other.Slot != table.Slot || other.NameOf(owner) != table.NameOf(entry)))
                    {
                        Refuse(table, entry, "pin", "is " + pin + ", which " + other.Name + "." + other.NameOf(owner) + " has");
                        return;
                    }
                }
            }
        }

        /// <summary>Tells a key of an entry that contradicts itself: the contradicting member or, if it was not given, the last.</summary>
        private void Check(SettingTable table, object entry, IList entries)
        {
            table.Pins = Catalog.Pins;
            int at = table.Contradiction(entry, out string reason);
            at = at < 0 ? table.Conflict(entry, entries, out reason) : at;
            if (at < 0)
            {
                return;
            }

            Refuse(table, entry, table.Entry == null ? table.Member(at).Name : null, reason);
        }

        // The last one of an entry; null when nothing was given for it.
        private SettingKey KeyOf(SettingTable table, string entry)
        {
            SettingKey key = null;
            for (int i = Keys.Count - 1; key == null && i >= 0; i--)
            {
                SettingKey candidate = (SettingKey)Keys[i];
                key = candidate.Entry == entry && candidate.Slot == table.Slot ? candidate : null;
            }

            return key;
        }

        private void Refuse(SettingTable table, object entry, string of, string reason)
        {
            string name = table.NameOf(entry);
            string member = table.Name + "." + name + (of == null ? string.Empty : "." + of);
            SettingKey key = Find(member) ?? KeyOf(table, name);
            for (int i = Keys.Count - 1; key == null && i >= 0; i--)
            {
                // Nothing was given for the entry: what it depends on has changed.
                SettingKey candidate = (SettingKey)Keys[i];
                key = candidate.Slot == table.Slot ? candidate : null;
            }

            if (key != null && key.Reason == null)
            {
                key.Reason = key.Text == member || of == null ? reason : member + " " + reason;
            }
        }
    }
}
