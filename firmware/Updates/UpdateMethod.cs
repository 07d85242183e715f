using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <summary>
    /// <c>update.offer</c>: a signed manifest, whose blocks are downloaded when the gates are open. <c>update.status</c>,
    /// <c>update.cancel</c>, <c>update.confirm</c>, <c>update.revert</c>: each responds with the status that follows.
    /// </summary>
    internal sealed class UpdateMethod : IMethod
    {
        private readonly UpdateModule _updates;
        private readonly UpdateCommand _command;

        internal UpdateMethod(UpdateModule updates, UpdateCommand command, string name)
        {
            _updates = updates;
            _command = command;
            Name = name;
        }

        /// <inheritdoc/>
        public string Name { get; }

        /// <inheritdoc/>
        public Param[] Params => _command != UpdateCommand.Offer ? Param.None : new[]
        {
            new Param("manifest", "the manifest's text"),
            new Param("signature", "base64"),
            new Param("force", "boolean: now, whatever canary, hours and delay say"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result) => _updates.Invoke(_command, request, result);
    }
}
