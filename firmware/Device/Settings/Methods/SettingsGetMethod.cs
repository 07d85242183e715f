using System;
using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Settings.Methods
{
    /// <summary>
    /// <c>settings.get</c>: <c>{"revision":12,"values":{"interval":10,"mqtt.version":"3.1.1"},"next":"mqtt.version"}</c>. Of
    /// entries of tables what is set; of secrets whether they are. <c>next</c> is there when there are more: ask
    /// again with it as <c>after</c>.
    /// </summary>
    public sealed class SettingsGetMethod : IQuery
    {
        private readonly SettingsStore _store;

        /// <summary>Creates the method.</summary>
        /// <param name="store">Stores the settings.</param>
        public SettingsGetMethod(SettingsStore store)
        {
            _store = store;
        }

        /// <inheritdoc/>
        public string Name => "settings.get";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("keys", "array of keys or what several begin with, as \"mqtt\"; all when absent"),
            new Param("after", "the \"next\" of the page before"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            DeviceSettings settings = _store.Current;
            SettingsCatalog catalog = settings.Catalog;
            KeySelection selection = KeySelection.Read(request, catalog, false, out RpcError error);
            ResultPage page = new ResultPage(request, result);
            if (selection == null || !page.IsValid)
            {
                return error ?? RpcError.InvalidParams("after", "must be a string");
            }

            result.BeginObject();
            result.Member("revision", _store.Revision);
            result.Name("values");
            result.BeginObject();
            SettingGroup[] groups = catalog.Groups;
            for (int i = 0; i < groups.Length; i++)
            {
                int count = groups[i].Count;
                for (int j = 0; j < count; j++)
                {
                    Write(settings, catalog.Describe(groups[i], j), selection, page, result);
                }
            }

            result.EndObject();
            error = page.Finish();
            result.EndObject();
            return error;
        }

        private static void Write(DeviceSettings settings, Setting setting, KeySelection selection, ResultPage page, JsonWriter result)
        {
            string name = setting.Name;
            if (setting is SettingTable table)
            {
                WriteTable(settings, table, selection, page, result);
            }
            else if ((selection.MeansAll || selection.Means(name)) && page.Wants(name))
            {
                if (setting.Type == SettingType.Integer)
                {
                    result.Member(name, settings.Number(setting));
                }
                else
                {
                    result.Name(name);
                    setting.Write(result, settings.Get(setting), false);
                }

                page.End(name);
            }
        }

        private static void WriteTable(DeviceSettings settings, SettingTable table, KeySelection selection, ResultPage page, JsonWriter result)
        {
            Array entries = (Array)settings.Get(table);
            object blank = table.Create(string.Empty);
            int members = table.MemberCount;
            for (int i = 0; i < entries.Length; i++)
            {
                object entry = entries.GetValue(i);
                string path = table.Name + "." + table.NameOf(entry);
                if (table.Entry != null && (selection.MeansAll || selection.Means(path)) && page.Wants(path))
                {
                    result.Name(path);
                    table.Entry.Write(result, entry, false);
                    page.End(path);
                }

                path += ".";
                for (int j = 0; j < members; j++)
                {
                    object value = table.Get(entry, j);
                    if (SettingTable.AreSame(value, table.Get(blank, j)))
                    {
                        continue;
                    }

                    Setting member = table.Member(j);
                    string key = path + member.Name;
                    if ((selection.MeansAll || selection.Means(key)) && page.Wants(key))
                    {
                        result.Name(key);
                        member.Write(result, value, false);
                        page.End(key);
                    }
                }
            }
        }
    }
}
