using Firmware.Json;

namespace Firmware.Messaging.Methods
{
    /// <summary>A method that does not run in safe mode: the client gets an error that says so.</summary>
    public sealed class SuspendedMethod : IQuery
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
            RpcError.NotAvailable(null, "safe mode: only connection, settings and updates work; call 'restart' to leave it");
    }
}
