using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Security.Methods
{
    /// <summary>
    /// <c>credentials.set</c>: stores certificates, with a private key for the device's own, sent in parts. Each part gives
    /// <c>{"name":"client-2","received":1,"parts":2}</c>, the last one what is stored. Nothing of the text is ever shown.
    /// </summary>
    internal sealed class CredentialsSetMethod : IOnce
    {
        private const int MaxPart = 3072;
        private const int MaxParts = 4;

        private readonly SecurityModule _module;

        internal CredentialsSetMethod(SecurityModule module)
        {
            _module = module;
        }

        /// <inheritdoc/>
        public string Name => "credentials.set";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("name", "1 to 16 of a-z 0-9 -"), new Param("kind", "\"ca\" or \"client\""), new Param("part", "from 0, default 0"),
            new Param("parts", "1 to 4, default 1"), new Param("data", "PEM, at most 3072 bytes in each part"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            JsonReader reader = request.Reader;
            reader.TryGetString(request.Find("name"), out string name);
            reader.TryGetString(request.Find("kind"), out string kind);
            bool isClient = kind == "client";
            long part = 0;
            long parts = 1;
            int partToken = request.Find("part");
            int partsToken = request.Find("parts");
            if (!CredentialStore.IsName(name))
            {
                return RpcError.InvalidParams("name", "must be 1 to 16 of a-z 0-9 -");
            }

            if (!isClient && !(kind == "ca"))
            {
                return RpcError.InvalidParams("kind", "must be \"ca\" or \"client\"");
            }

            if (partsToken != JsonReader.None && (!reader.TryGetInt64(partsToken, out parts) || parts < 1 || parts > MaxParts))
            {
                return RpcError.InvalidParams("parts", "must be an integer from 1 to 4");
            }

            if (partToken != JsonReader.None && (!reader.TryGetInt64(partToken, out part) || part < 0 || part >= parts))
            {
                return RpcError.InvalidParams("part", "must be an integer from 0, and less than parts");
            }

            if (!reader.TryGetBytes(request.Find("data"), out byte[] data) || data.Length < 1 || data.Length > MaxPart)
            {
                return RpcError.InvalidParams("data", "must be a string of 1 to 3072 bytes");
            }

            try
            {
                return Take(name, isClient, (int)part, (int)parts, data, result);
            }
            finally
            {
                CredentialCheck.Wipe(data);
            }
        }

        private RpcError Take(string name, bool isClient, int part, int parts, byte[] data, JsonWriter result)
        {
            SecurityModule module = _module;
            CredentialStore store = module.Credentials;
            RpcError error = module.Refusal(name);
            if (error != null)
            {
                return error;
            }

            if (part == 0)
            {
                if (store.Find(name) == null && store.List(Texts.New(CredentialStore.MaxCount)) == CredentialStore.MaxCount)
                {
                    return RpcError.Conflict("name", "8 credentials are stored: remove one first");
                }

                store.DeleteParts();
                module.PartName = name;
                module.IsPartOfClient = isClient;
                module.Parts = parts;
                module.Received = 0;
            }

            if (!(module.PartName == name) || module.IsPartOfClient != isClient || module.Parts != parts || module.Received != part)
            {
                return RpcError.Conflict("part", "is not the next one: begin with part 0");
            }

            if (!store.Append(data))
            {
                return Drop(RpcError.InternalError("the part could not be stored"));
            }

            if (++module.Received == parts)
            {
                IClock clock = module.Device.Clock;
                string reason = store.Keep(name, isClient, clock.IsSynchronized ? clock.UtcSeconds : 0, out bool isStored);
                if (reason != null || !isStored)
                {
                    return Drop(reason != null ? RpcError.InvalidParams("data", reason) : RpcError.InternalError("the credential could not be stored"));
                }

                module.PartName = null;
                module.ReportChange("stored " + name);
                CredentialsListMethod.Write(result, name, store.Find(name), module);
                return null;
            }

            result.BeginObject();
            result.Member("name", name);
            result.Member("received", module.Received);
            result.Member("parts", parts);
            result.EndObject();
            return null;
        }

        private RpcError Drop(RpcError error)
        {
            _module.PartName = null;
            _module.Credentials.DeleteParts();
            return error;
        }
    }
}
