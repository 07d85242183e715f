using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Settings.Methods
{
    /// <summary>
    /// <c>settings.schema</c>: what can be set, as
    /// <c>{"settings":[{"name":"interval","type":"integer","unit":"s","min":1,"max":86400,"default":10,"effect":"now"}],"next":"interval"}</c>.
    /// <c>next</c> is there when there are more: ask again with it as <c>after</c>.
    /// </summary>
    public sealed class SettingsSchemaMethod : IQuery
    {
        private readonly SettingsCatalog _catalog;

        /// <summary>Creates the method.</summary>
        /// <param name="catalog">The settings that there are.</param>
        public SettingsSchemaMethod(SettingsCatalog catalog)
        {
            _catalog = catalog;
        }

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

            result.MakeRoom(ResultPage.MaxLength);
            result.BeginObject();
            result.Name("settings");
            result.BeginArray();
            for (int i = 0; i < _catalog.Count; i++)
            {
                Setting setting = _catalog[i];
                if (!(setting is SettingTable))
                {
                    Write(setting, setting.Name, page, result);
                    continue;
                }

                Setting whole = ((SettingTable)setting).Entry;
                if (whole != null)
                {
                    Write(whole, setting.Name + ".*", page, result);
                }

                int members = setting.MemberCount;
                for (int j = 0; j < members; j++)
                {
                    Setting member = setting.Member(j);
                    Write(member, setting.Name + ".*." + member.Name, page, result);
                }
            }

            result.EndArray();
            RpcError error = page.Finish();
            result.EndObject();
            return error;
        }

        private static void Write(Setting setting, string name, ResultPage page, JsonWriter result)
        {
            if (!page.Wants(name))
            {
                return;
            }

            result.BeginObject();
            result.Member("name", name);
            WriteShape(setting, result);
            if (setting.Default != null)
            {
                result.Name("default");
                setting.Write(result, setting.Default, false);
            }
            else if (setting.Type == SettingType.Integer)
            {
                result.Name("required");
                result.Boolean(true);
            }

            result.Name("effect");
            result.Constant(Word(setting.Effect));
            result.EndObject();
            page.End(name);
        }

        /// <summary>Type and limits.</summary>
        private static void WriteShape(Setting setting, JsonWriter result)
        {
            result.Name("type");
            result.Constant(TypeOf(setting));
            if (setting.Unit != null)
            {
                result.Member("unit", setting.Unit);
            }

            if (setting.Type == SettingType.Choice)
            {
                result.Name("choices");
                ListSetting.WriteTexts(result, setting.Choices);
            }
            else if (setting.Type != SettingType.Boolean && setting.Type != SettingType.Record)
            {
                WriteLimits(setting, result);
            }

            if (setting.IsSecret)
            {
                result.Name("secret");
                result.Boolean(true);
            }

            if (setting.MemberCount > 0)
            {
                WriteMembers(setting, result);
            }
        }

        private static void WriteLimits(Setting setting, JsonWriter result)
        {
            int scale = setting.Type == SettingType.Number ? Setting.Decimals : 0;
            if (setting.Type <= SettingType.Topic)
            {
                result.Member("min", setting.Min, scale);
            }

            result.Member("max", setting.Max, scale);
            if (scale > 0)
            {
                result.Member("decimals", scale);
            }
        }

        private static void WriteMembers(Setting setting, JsonWriter result)
        {
            int count = setting.MemberCount;
            result.Name("members");
            result.BeginArray();
            for (int i = 0; i < count; i++)
            {
                result.BeginObject();
                Setting member = setting.Member(i);
                result.Member("name", member.Name);
                WriteShape(member, result);
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
                    return "string";
                case SettingType.Table:
                    return "table";
                case SettingType.Record:
                    return "object";
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
