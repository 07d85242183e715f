using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Settings.Methods
{
    /// <summary>
    /// <c>settings.set</c>: changes several settings, all or none:
    /// <c>{"revision":13,"results":{"interval":"applied","broker":"trial","outbox.size":"restart"}}</c>. A wrong key gives
    /// -32602 with <c>results</c> in its data, another revision or a trial -32004, and storage that refuses -32603.
    /// </summary>
    public sealed class SettingsSetMethod : IMethod
    {
        private const int MaxKeys = 32;

        private readonly SettingsCommit _commit;

        /// <summary>Creates the method.</summary>
        /// <param name="store">Stores the settings.</param>
        /// <param name="sink">Receives changed settings.</param>
        public SettingsSetMethod(SettingsStore store, ISettingsSink sink)
        {
            _commit = new SettingsCommit(store, sink);
        }

        /// <inheritdoc/>
        public string Name => "settings.set";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("values", "object of 1 to 32 keys with their new values; null resets a key"),
            new Param("revision", "integer that settings.get gave; refused when it is no longer the current one"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            JsonReader reader = request.Reader;
            int values = request.Find("values");
            int count = values == JsonReader.None || reader.KindOf(values) != JsonKind.Object ? 0 : reader.Count(values);
            if (count < 1 || count > MaxKeys)
            {
                return RpcError.InvalidParams("values", "must be an object of 1 to 32 keys");
            }

            SettingsChange change = _commit.Begin(request, out RpcError error);
            if (change == null)
            {
                return error;
            }

            for (int name = reader.First(values); name != JsonReader.None; name = reader.Next(name))
            {
                reader.TryGetString(name, out string key);
                change.Add(key, reader.ValueOf(name));
            }

            return _commit.End(change, request, result);
        }
    }
}
