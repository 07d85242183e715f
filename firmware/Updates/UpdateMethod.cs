using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <summary>
    /// <c>update.offer</c>: a signed manifest, whose blocks are downloaded when the gates are open. <c>update.status</c>,
    /// <c>update.cancel</c>, <c>update.confirm</c>, <c>update.revert</c>: each responds with the status that follows.
    /// </summary>
    internal abstract class UpdateMethod : IMethod
    {
        private readonly UpdateModule _updates;

        protected UpdateMethod(UpdateModule updates, string name)
        {
            _updates = updates;
            Name = name;
        }

        /// <inheritdoc/>
        public string Name { get; }

        /// <inheritdoc/>
        public Param[] Params => Name != UpdateModule.OfferName ? Param.None : new[]
        {
            new Param("manifest", "the manifest's text"),
            new Param("signature", "base64"),
            new Param("force", "boolean: now, regardless of canary, hours and delay"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result) => _updates.Invoke(Name, request, result);
    }
}
