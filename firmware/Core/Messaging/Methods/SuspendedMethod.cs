using Firmware.Json;

namespace Firmware.Messaging.Methods
{
    /// <summary>A method that is there, but not in safe mode: the asker is told so instead of something misleading.</summary>
    public sealed class SuspendedMethod : IMethod
    {
        private readonly IMethod _method;

        /// <summary>Suspends a method.</summary>
        /// <param name="method">The method.</param>
        public SuspendedMethod(IMethod method)
        {
            _method = method;
        }

        /// <inheritdoc/>
        public string Name => _method.Name;

        /// <inheritdoc/>
        public Param[] Params => _method.Params;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result) =>
            RpcError.NotAvailable(null, "safe mode: only connection and settings work; 'restart' leads out");
    }
}
