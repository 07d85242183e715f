using System;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Settings
{
    /// <summary>Writes values of settings as <see cref="SettingParser"/> reads them.</summary>
    internal static class SettingWriter
    {
        internal static void Write(JsonWriter writer, Setting setting, DeviceSettings settings, bool withSecrets)
        {
            object value = settings.Get(setting.Field);
            switch (setting.Type)
            {
                case SettingType.Topic:
                case SettingType.Curve:
                    writer.String((string)value);
                    break;
                case SettingType.Names:
                case SettingType.Hosts:
                    WriteTexts(writer, (string[])value);
                    break;
                case SettingType.Networks:
                    NetworkList.Write(writer, (WifiNetwork[])value, withSecrets);
                    break;
                case SettingType.Brokers:
                    BrokerList.Write(writer, (BrokerAddress[])value, withSecrets);
                    break;
                case SettingType.Rules:
                    WriteRules(writer, setting, (Array)value);
                    break;
                default:
                    WriteNumber(writer, setting, (long)value);
                    break;
            }
        }

        /// <summary>Writes a value that is kept as a number.</summary>
        internal static void WriteNumber(JsonWriter writer, Setting setting, long value)
        {
            switch (setting.Type)
            {
                case SettingType.Boolean:
                    writer.Boolean(value != 0);
                    break;
                case SettingType.Choice:
                    writer.String(setting.Choices[(int)value]);
                    break;
                default:
                    writer.Fixed(value, setting.Type == SettingType.Number ? ChannelRule.Scale : 0);
                    break;
            }
        }

        internal static void WriteTexts(JsonWriter writer, string[] texts)
        {
            writer.BeginArray();
            for (int i = 0; i < texts.Length; i++)
            {
                writer.String(texts[i]);
            }

            writer.EndArray();
        }

        internal static void WritePassword(JsonWriter writer, string password, bool withSecrets)
        {
            bool isSet = !string.IsNullOrEmpty(password);
            if (!withSecrets)
            {
                writer.Name("passwordSet");
                writer.Boolean(isSet);
            }
            else if (isSet)
            {
                writer.Name("password");
                writer.String(password);
            }
        }

        /// <summary>Writes what is set of a rule, or null without one.</summary>
        internal static void WriteRule(JsonWriter writer, Setting setting, object rule)
        {
            if (rule == null)
            {
                writer.Null();
                return;
            }

            Setting[] members = setting.Members;
            writer.BeginObject();
            for (int i = 0; i < members.Length; i++)
            {
                long value = RuleFields.Get(rule, members[i].Field);
                if (value != members[i].Standard)
                {
                    writer.Name(members[i].Name);
                    WriteNumber(writer, members[i], value);
                }
            }

            writer.EndObject();
        }

        private static void WriteRules(JsonWriter writer, Setting setting, Array rules)
        {
            writer.BeginObject();
            for (int i = 0; i < rules.Length; i++)
            {
                object rule = rules.GetValue(i);
                writer.Name(RuleFields.NameOf(rule));
                WriteRule(writer, setting, rule);
            }

            writer.EndObject();
        }
    }
}
