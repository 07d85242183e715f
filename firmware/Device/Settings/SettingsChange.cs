using System;
using System.Collections;
using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>Some keys that change together: all of them or none.</summary>
    internal sealed class SettingsChange
    {
        private const int MaxKey = 64;
        private const int MaxShown = 16;

        internal readonly SettingsCatalog Catalog = new SettingsCatalog();

        /// <summary>Items are <see cref="SettingKey"/>.</summary>
        internal readonly ArrayList Keys = new ArrayList();

        /// <summary>The changed settings; good for nothing if a key was wrong.</summary>
        internal readonly DeviceSettings After;

        /// <summary>What it takes to use all the new values, once they were applied.</summary>
        internal SettingEffect Effects;

        private readonly SettingsComparison _comparison = new SettingsComparison();
        private readonly DeviceSettings _before;
        private readonly SettingsSource _source;

        // "channels" and "actuators", as soon as one of them is touched.
        private readonly RuleTable[] _tables = new RuleTable[2];

        /// <param name="before">The settings in use.</param>
        /// <param name="reader">Holds the new values.</param>
        internal SettingsChange(DeviceSettings before, JsonReader reader)
        {
            _before = before;
            _source = new SettingsSource(reader, before);
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
                key = new SettingKey(shown, null, null, null) { Reason = "is not a setting" };
            }
            else
            {
                key.Token = token == JsonReader.None || _source.Reader.KindOf(token) == JsonKind.Null ? JsonReader.None : token;
                key.Reason = Find(text) == null ? null : "is given twice";
            }

            Keys.Add(key);
        }

        /// <summary>Changes all keys; gives the first that is wrong, or null.</summary>
        internal SettingKey Apply()
        {
            // What is forgotten goes first: so a channel can be forgotten and set anew in one request.
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
            Setting setting = key.Setting;
            bool isSame;
            if (key.Rule == null)
            {
                isSame = _comparison.AreEqual(setting, _before, After);
            }
            else
            {
                object before = RuleTable.Find((Array)_before.Get(setting.Field), key.Rule);
                object after = RuleTable.Find((Array)After.Get(setting.Field), key.Rule);
                isSame = key.Member == null
                    ? _comparison.AreRulesEqual(setting, before, after)
                    : ValueOf(key.Member, before) == ValueOf(key.Member, after);
            }

            return isSame ? SettingEffect.None : setting.Effect;
        }

        private static long ValueOf(Setting member, object rule) => rule == null ? member.Standard : RuleFields.Get(rule, member.Field);

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
            if (key.Setting.Type != SettingType.Rules)
            {
                After.Reset(key.Setting);
                return;
            }

            RuleTable table = TableOf(key.Setting);
            object rule = key.Member == null ? null : table.Find(key.Rule);
            if (key.Rule == null)
            {
                table.Rules.Clear();
            }
            else if (key.Member == null)
            {
                table.Remove(key.Rule);
            }
            else if (rule != null)
            {
                RuleFields.Set(rule, key.Member.Field, key.Member.Standard);
            }
        }

        private void Set(SettingKey key)
        {
            if (key.Member != null)
            {
                SetMember(key);
                return;
            }

            if (key.Setting.Type == SettingType.Rules)
            {
                key.Reason = "can only be null: set its properties, each by itself";
                return;
            }

            _source.Faults.Clear();
            SettingParser.Read(_source, key.Setting, key.Token, After);
            key.Reason = FaultOf(key.Text);
        }

        private void SetMember(SettingKey key)
        {
            _source.Faults.Clear();
            if (!_source.TryNumber(key.Member, key.Token, key.Text, out long value))
            {
                key.Reason = FaultOf(key.Text);
                return;
            }

            RuleTable table = TableOf(key.Setting);
            object rule = table.Find(key.Rule) ?? table.Add(key.Rule);
            if (rule == null)
            {
                key.Reason = table.TooMany;
                return;
            }

            RuleFields.Set(rule, key.Member.Field, value);
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

        private RuleTable TableOf(Setting setting)
        {
            int index = setting.Field == SettingField.Channels ? 0 : 1;
            return _tables[index] ??= new RuleTable(setting, (Array)_before.Get(setting.Field));
        }

        private void TakeTables()
        {
            for (int i = 0; i < _tables.Length; i++)
            {
                RuleTable table = _tables[i];
                if (table != null)
                {
                    table.RemoveEmpty();
                    for (int j = 0; j < table.Rules.Count; j++)
                    {
                        Check(table, table.Rules[j]);
                    }

                    After.Set(table.Setting.Field, table.ToArray());
                }
            }
        }

        /// <summary>Tells a key of a rule that contradicts itself: that which is at odds or, if it was not given, the last.</summary>
        private void Check(RuleTable table, object rule)
        {
            int field = RuleTable.Contradiction(rule, out string reason);
            if (field < 0)
            {
                return;
            }

            string name = RuleFields.NameOf(rule);
            string path = table.Setting.Name + "." + name;
            string member = path + "." + table.Setting.Members[field].Name;
            SettingKey key = Find(member);
            for (int i = Keys.Count - 1; key == null && i >= 0; i--)
            {
                SettingKey candidate = (SettingKey)Keys[i];
                key = candidate.Rule == name && candidate.Setting == table.Setting ? candidate : null;
            }

            if (key != null && key.Reason == null)
            {
                key.Reason = key.Text == member ? reason : member + " " + reason;
            }
        }
    }
}
