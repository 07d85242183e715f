using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Diagnostics.Methods
{
    /// <summary><c>health</c>: the health of the device, as in its status.</summary>
    public sealed class HealthMethod : IQuery
    {
        private readonly Health _health;

        /// <summary>Creates the method.</summary>
        /// <param name="health">Writes the result.</param>
        public HealthMethod(Health health)
        {
            _health = health;
        }

        /// <inheritdoc/>
        public string Name => "health";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            _health.WriteTo(result);
            return null;
        }
    }
}
