using System;
using System.Collections;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Settings
{
    /// <summary>Reads the value of a setting, wherever it comes from.</summary>
    internal static class SettingParser
    {
        /// <summary>Reads a value. What is wrong is a fault and leaves the setting, or the part of it, as it was.</summary>
        internal static void Read(SettingsSource source, Setting setting, int token, DeviceSettings settings)
        {
            object value = Value(source, setting, token);
            if (value != null)
            {
                settings.Set(setting.Field, value);
            }
        }

        private static object Value(SettingsSource source, Setting setting, int token)
        {
            switch (setting.Type)
            {
                case SettingType.Topic:
                    return source.Topic(token, setting.Name, setting.Max);
                case SettingType.Curve:
                    return source.Curve(token, setting.Name, (int)setting.Max);
                case SettingType.Names:
                    return Names(source, setting, token);
                case SettingType.Hosts:
                    return Hosts(source, setting, token);
                case SettingType.Networks:
                    return NetworkList.Read(source, setting, token);
                case SettingType.Brokers:
                    return BrokerList.Read(source, setting, token);
                case SettingType.Rules:
                    return Rules(source, setting, token);
                default:
                    return source.TryNumber(setting, token, setting.Name, out long number) ? (object)number : null;
            }
        }

        private static string[] Names(SettingsSource source, Setting setting, int token)
        {
            if (!source.IsArray(token, setting.Name, setting.Max))
            {
                return null;
            }

            JsonReader reader = source.Reader;
            ArrayList names = new ArrayList();
            int index = 0;
            for (int item = reader.First(token); item != JsonReader.None; item = reader.Next(item))
            {
                if (!reader.TryGetString(item, out string name) || !TopicLevel.IsValid(name))
                {
                    source.Fault(setting.Name + "[" + index + "]", "must be 1 to 32 of A-Z a-z 0-9 _ -");
                }
                else if (name != "all" && !names.Contains(name))
                {
                    names.Add(name);
                }

                index++;
            }

            return (string[])names.ToArray(typeof(string));
        }

        private static string[] Hosts(SettingsSource source, Setting setting, int token)
        {
            if (!source.IsArray(token, setting.Name, setting.Max))
            {
                return null;
            }

            string[] hosts = Texts.New(source.Reader.Count(token));
            int index = 0;
            for (int item = source.Reader.First(token); item != JsonReader.None; item = source.Reader.Next(item))
            {
                hosts[index] = source.Text(item, setting.Name + "[" + index + "]", 1, 253);
                if (hosts[index] == null)
                {
                    return null;
                }

                index++;
            }

            return hosts;
        }

        // Whether there is such a channel shows only when its sensor answers, perhaps in a year: any name will do.
        private static Array Rules(SettingsSource source, Setting setting, int token)
        {
            if (!source.IsObject(token, setting.Name))
            {
                return null;
            }

            RuleTable table = new RuleTable(setting, new object[0]);
            for (int name = source.Reader.First(token); name != JsonReader.None; name = source.Reader.Next(name))
            {
                string key = source.NameOf(name);
                if (key == null || !TopicLevel.IsValid(key))
                {
                    source.Unknown(setting.Name + ".", key);
                    continue;
                }

                // Of several with one name the last counts, as for every other key.
                table.Remove(key);
                string path = setting.Name + "." + key;
                object rule = table.Add(key);
                if (rule == null)
                {
                    source.Fault(path, table.TooMany);
                }
                else if (!source.IsObject(source.Reader.ValueOf(name), path) || !IsRule(source, setting, source.Reader.ValueOf(name), path, rule))
                {
                    table.Remove(key);
                }
            }

            return table.ToArray();
        }

        /// <summary>Reads a rule; false if it cannot be used.</summary>
        private static bool IsRule(SettingsSource source, Setting setting, int token, string path, object rule)
        {
            Setting[] members = setting.Members;
            for (int name = source.Reader.First(token); name != JsonReader.None; name = source.Reader.Next(name))
            {
                string key = source.NameOf(name);
                int index = Setting.IndexOf(members, key);
                if (index < 0)
                {
                    source.Unknown(path + ".", key);
                }
                else if (source.TryNumber(members[index], source.Reader.ValueOf(name), path + "." + key, out long value))
                {
                    RuleFields.Set(rule, members[index].Field, value);
                }
            }

            return IsReconciled(source, path + ".", rule);
        }

        /// <summary>Takes what contradicts the rest out of a rule; false if it needs more than that.</summary>
        private static bool IsReconciled(SettingsSource source, string path, object rule)
        {
            int field = RuleTable.Contradiction(rule, out string reason);
            if (field == RuleFields.Pin && !(rule is ChannelRule))
            {
                source.Fault(path + "pin", reason);
                return false;
            }

            for (; field >= 0; field = RuleTable.Contradiction(rule, out reason))
            {
                bool isLow = field == RuleFields.Low;
                source.Fault(path + (isLow ? "low" : "deadbandPercent"), reason + (isLow ? ": neither is used" : ", which is used"));
                RuleFields.Set(rule, field, ChannelRule.Unset);
                RuleFields.Set(rule, isLow ? RuleFields.High : field, ChannelRule.Unset);
            }

            return true;
        }
    }
}
