using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Security.Methods
{
    /// <summary><c>credentials.remove</c>: removes one that is not in use. Returns <c>{"removed":true}</c>, false when there was none.</summary>
    internal sealed class CredentialsRemoveMethod : IMethod
    {
        private readonly SecurityModule _module;

        internal CredentialsRemoveMethod(SecurityModule module)
        {
            _module = module;
        }

        /// <inheritdoc/>
        public string Name => "credentials.remove";

        /// <inheritdoc/>
        public Param[] Params => new[] { new Param("name", "the name") };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            request.Reader.TryGetString(request.Find("name"), out string name);
            if (!CredentialStore.IsName(name))
            {
                return RpcError.InvalidParams("name", "must be 1 to 16 of a-z 0-9 -");
            }

            RpcError error = _module.Refusal(name);
            if (error != null)
            {
                return error;
            }

            bool isThere = _module.Credentials.Find(name) != null;
            if (!_module.Credentials.Remove(name))
            {
                return RpcError.InternalError("the credential could not be removed");
            }

            if (isThere)
            {
                _module.ReportChange("removed " + name);
            }

            result.BeginObject();
            result.Name("removed");
            result.Boolean(isThere);
            result.EndObject();
            return null;
        }
    }
}
