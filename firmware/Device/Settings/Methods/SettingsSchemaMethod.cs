using Firmware.Json;
using Firmware.Messaging;
using Firmware.Sensing;

namespace Firmware.Settings.Methods
{
    /// <summary>
    /// <c>settings.schema</c>: what can be set, as
    /// <c>{"settings":[{"name":"interval","type":"integer","unit":"s","min":1,"max":86400,"default":10,"effect":"now"}],"next":"interval"}</c>.
    /// <c>next</c> is there when there are more: ask again with it as <c>after</c>.
    /// </summary>
    public sealed class SettingsSchemaMethod : IQuery
    {
        /// <inheritdoc/>
        public string Name => "settings.schema";

        /// <inheritdoc/>
        public Param[] Params => new[] { new Param("after", "the \"next\" of the page before") };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            ResultPage page = new ResultPage(request, result);
            if (!page.IsValid)
            {
                return RpcError.InvalidParams("after", "must be a string");
            }

            SettingsCatalog catalog = new SettingsCatalog();
            DeviceSettings standard = new DeviceSettings(catalog);
            result.BeginObject();
            result.Name("settings");
            result.BeginArray();
            for (int i = 0; i < catalog.Count; i++)
            {
                Setting setting = catalog[i];
                if (setting.Type != SettingType.Rules)
                {
                    Write(setting, setting.Name, standard, page, result);
                    continue;
                }

                for (int j = 0; j < setting.Members.Length; j++)
                {
                    Write(setting.Members[j], setting.Name + ".*." + setting.Members[j].Name, null, page, result);
                }
            }

            result.EndArray();
            RpcError error = page.Finish();
            result.EndObject();
            return error;
        }

        private static void Write(Setting setting, string name, DeviceSettings standard, ResultPage page, JsonWriter result)
        {
            if (!page.Wants(name))
            {
                return;
            }

            result.BeginObject();
            result.Member("name", name);
            WriteShape(setting, result);
            if (setting.HasStandard)
            {
                result.Name("default");
                WriteDefault(setting, standard, result);
            }
            else if (setting.Type == SettingType.Integer)
            {
                result.Name("required");
                result.Boolean(true);
            }

            result.Member("effect", Word(setting.Effect));
            result.EndObject();
            page.End(name);
        }

        private static void WriteDefault(Setting setting, DeviceSettings standard, JsonWriter result)
        {
            if (setting.IsNumeric)
            {
                SettingWriter.WriteNumber(result, setting, setting.Standard);
            }
            else
            {
                SettingWriter.Write(result, setting, standard, false);
            }
        }

        /// <summary>Type and limits.</summary>
        private static void WriteShape(Setting setting, JsonWriter result)
        {
            result.Member("type", TypeOf(setting));
            if (setting.Unit != null)
            {
                result.Member("unit", setting.Unit);
            }

            if (setting.Type == SettingType.Choice)
            {
                result.Name("choices");
                SettingWriter.WriteTexts(result, setting.Choices);
            }
            else if (setting.Type != SettingType.Boolean)
            {
                WriteLimits(setting, result);
            }

            if (setting.IsSecret)
            {
                result.Name("secret");
                result.Boolean(true);
            }

            if (setting.Type == SettingType.Networks || setting.Type == SettingType.Brokers)
            {
                WriteMembers(setting, result);
            }
        }

        private static void WriteLimits(Setting setting, JsonWriter result)
        {
            int scale = setting.Type == SettingType.Number ? ChannelRule.Scale : 0;
            if (setting.Type <= SettingType.Curve)
            {
                result.Name("min");
                result.Fixed(setting.Min, scale);
            }

            result.Name("max");
            result.Fixed(setting.Max, scale);
            if (scale > 0)
            {
                result.Name("decimals");
                result.Number(scale);
            }
        }

        private static void WriteMembers(Setting setting, JsonWriter result)
        {
            Setting[] members = setting.Members;
            result.Name("members");
            result.BeginArray();
            for (int i = 0; i < members.Length; i++)
            {
                result.BeginObject();
                result.Member("name", members[i].Name);
                WriteShape(members[i], result);
                result.EndObject();
            }

            result.EndArray();
        }

        private static string TypeOf(Setting setting)
        {
            switch (setting.Type)
            {
                case SettingType.Integer:
                    return "integer";
                case SettingType.Number:
                    return "number";
                case SettingType.Boolean:
                    return "boolean";
                case SettingType.Choice:
                    return "choice";
                case SettingType.Text:
                case SettingType.Topic:
                case SettingType.Curve:
                    return "string";
                case SettingType.Networks:
                case SettingType.Brokers:
                    return "table";
                default:
                    return "list";
            }
        }

        private static string Word(SettingEffect effect)
        {
            switch (effect)
            {
                case SettingEffect.Now:
                    return "now";
                case SettingEffect.Reconnect:
                    return "reconnect";
                case SettingEffect.Trial:
                    return "trial";
                default:
                    return "restart";
            }
        }
    }
}
