using System;
using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Settings.Methods
{
    /// <summary>
    /// <c>settings.reset</c>: gives settings their defaults, all or none; responds as <c>settings.set</c> does, with a
    /// result for each setting and each entry of a table that was meant. <c>*</c> is all but what connects the device.
    /// </summary>
    public sealed class SettingsResetMethod : IMethod
    {
        private readonly SettingsCommit _commit;

        /// <summary>Creates the method.</summary>
        /// <param name="store">Stores the settings.</param>
        /// <param name="sink">Receives changed settings.</param>
        public SettingsResetMethod(SettingsStore store, ISettingsSink sink)
        {
            _commit = new SettingsCommit(store, sink);
        }

        /// <inheritdoc/>
        public string Name => "settings.reset";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("keys", "array of keys or what several begin with, as \"mqtt\"; \"*\" is all but wifi, broker, prefix, enrolled"),
            new Param("revision", "integer that settings.get gave; refused when it is no longer the current one"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            SettingsChange change = _commit.Begin(request, out RpcError error);
            if (change == null)
            {
                return error;
            }

            KeySelection selection = KeySelection.Read(request, change.Catalog, true, out error);
            if (selection == null)
            {
                return error;
            }

            SettingsCatalog catalog = change.Catalog;
            for (int i = 0; i < catalog.Count; i++)
            {
                AddMeant(change, catalog[i], selection);
            }

            AddMembers(change, selection);
            return _commit.End(change, request, result);
        }

        /// <summary>Adds a setting, or the entries of a table.</summary>
        private static void AddMeant(SettingsChange change, Setting setting, KeySelection selection)
        {
            if (!(setting is SettingTable table))
            {
                if (selection.Means(setting.Name) || (selection.MeansAll && !setting.SurvivesReset))
                {
                    change.Add(setting.Name, JsonReader.None);
                }

                return;
            }

            Array entries = (Array)change.After.Get(setting);
            for (int i = 0; i < entries.Length; i++)
            {
                string key = setting.Name + "." + table.NameOf(entries.GetValue(i));
                if (selection.MeansAll || selection.Means(key))
                {
                    change.Add(key, JsonReader.None);
                }
            }
        }

        /// <summary>Adds the single members of entries.</summary>
        private static void AddMembers(SettingsChange change, KeySelection selection)
        {
            for (int i = 0; i < selection.Keys.Length; i++)
            {
                SettingKey key = change.Catalog.Resolve(selection.Keys[i]);
                if (key != null && key.Member != SettingKey.None)
                {
                    change.Add(key.Text, JsonReader.None);
                }
            }
        }
    }
}
