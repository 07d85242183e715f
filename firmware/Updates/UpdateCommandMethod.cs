using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Updates.Methods
{
    /// <summary><c>update.status</c>, <c>update.cancel</c>, <c>update.confirm</c>, <c>update.revert</c>: each tells where updates stand then.</summary>
    public sealed class UpdateCommandMethod : IMethod
    {
        private readonly IUpdateControl _updates;
        private readonly UpdateCommand _command;

        /// <summary>Creates a method.</summary>
        /// <param name="updates">Does it.</param>
        /// <param name="command">What.</param>
        /// <param name="name">The method's name.</param>
        public UpdateCommandMethod(IUpdateControl updates, UpdateCommand command, string name)
        {
            _updates = updates;
            _command = command;
            Name = name;
        }

        /// <inheritdoc/>
        public string Name { get; }

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            RpcError error = _updates.Do(_command);
            if (error == null)
            {
                _updates.WriteStatus(result);
            }

            return error;
        }
    }
}
