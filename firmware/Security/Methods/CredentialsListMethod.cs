using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Security.Methods
{
    /// <summary>
    /// <c>credentials.list</c>: what is stored, without any text of it:
    /// <c>{"credentials":[{"name","kind","sha256","notBefore","notAfter","inUse"}]}</c>, fingerprint and times (seconds since
    /// 1970) those of the first certificate.
    /// </summary>
    internal sealed class CredentialsListMethod : IQuery
    {
        private readonly SecurityModule _module;

        internal CredentialsListMethod(SecurityModule module)
        {
            _module = module;
        }

        /// <inheritdoc/>
        public string Name => "credentials.list";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            string[] names = Texts.New(CredentialStore.MaxCount);
            int count = _module.Credentials.List(names);
            result.BeginObject();
            result.Name("credentials");
            result.BeginArray();
            for (int i = 0; i < count; i++)
            {
                Write(result, names[i], _module.Credentials.Find(names[i]), _module);
            }

            result.EndArray();
            result.EndObject();
            return null;
        }

        /// <summary>Writes one as an object.</summary>
        internal static void Write(JsonWriter result, string name, Credential credential, SecurityModule module)
        {
            result.BeginObject();
            result.Member("name", name);
            result.Member("kind", credential.IsClient ? "client" : "ca");
            result.Member("sha256", credential.Fingerprint);
            result.Member("notBefore", credential.NotBefore);
            result.Member("notAfter", credential.NotAfter);
            result.Name("inUse");
            result.Boolean(module.IsInUse(name));
            result.EndObject();
        }
    }
}
