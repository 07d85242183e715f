using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Settings.Methods;

namespace Firmware.Tests.Fakes
{
    /// <summary>The methods over a store, and a device that records the changes it receives. JSON is single-quoted.</summary>
    public sealed class SettingsMethodRig : ISettingsSink
    {
        public SettingsMethodRig()
            : this("{}")
        {
        }

        public SettingsMethodRig(string file)
            : this(new MemoryStorage(), file)
        {
        }

        public SettingsMethodRig(MemoryStorage storage, string file)
            : this(storage, file, AllSettings.Catalog())
        {
        }

        public SettingsMethodRig(MemoryStorage storage, string file, SettingsCatalog catalog)
        {
            Storage = storage;
            if (file != null)
            {
                storage.Put(DeviceSettings.File, SingleQuoted.Text(file));
            }

            Store = new SettingsStore(storage, Counters, catalog);
            Store.Load();
            Methods = new IMethod[]
            {
                new SettingsGetMethod(Store),
                new SettingsSetMethod(Store, this),
                new SettingsResetMethod(Store, this),
                new SettingsSchemaMethod(catalog),
            };
        }

        public MemoryStorage Storage { get; }

        public Counters Counters { get; } = new Counters();

        public SettingsStore Store { get; }

        public IMethod[] Methods { get; }

        /// <summary>Effects and client of each change that the device received.</summary>
        public string Changes { get; private set; } = string.Empty;

        /// <summary>The settings that the device received last.</summary>
        public DeviceSettings Used { get; private set; }

        /// <summary>The error of the last call, or null.</summary>
        public RpcError Error { get; private set; }

        public void Apply(DeviceSettings settings, SettingEffect effects, Request request)
        {
            Used = settings;
            Changes += (int)effects + request.From + " ";
        }

        public string Get(string parameters) => Call(0, parameters);

        public string Set(string values) => Call(1, "{'values':" + values + "}");

        public string Reset(string keys) => Call(2, "{'keys':" + keys + "}");

        /// <summary>The result, or code, param and reason of the error and the results in it.</summary>
        public string Call(int method, string parameters)
        {
            MethodRig rig = new MethodRig(Methods[method]);
            string result = rig.Call(parameters);
            Error = rig.Error;
            if (Error == null)
            {
                return Quotes.Single(result);
            }

            string detail = Error.Detail == null ? string.Empty : " " + Error.DetailName + Quotes.Single(Utf8.Text(Error.Detail));
            return Error.Code + " " + Error.Param + ": " + Quotes.Single(Error.Reason) + detail;
        }

        /// <summary>The same device after a restart.</summary>
        public SettingsMethodRig Restart() => new SettingsMethodRig(Storage, null);
    }
}
