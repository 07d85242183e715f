using Firmware.Json;
using Firmware.Messaging;
using Firmware.Shutdown;

namespace Firmware.Diagnostics.Methods
{
    /// <summary><c>restart</c>: the device says that it will, then it does. It also leaves safe mode.</summary>
    public sealed class RestartMethod : IOnce
    {
        private const string Why = "restart";

        private readonly ShutdownModule _restart;

        /// <summary>Creates the method.</summary>
        /// <param name="restart">Restarts when the response is out; null when the board cannot.</param>
        public RestartMethod(ShutdownModule restart)
        {
            _restart = restart;
        }

        /// <inheritdoc/>
        public string Name => "restart";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            if (!_restart.CanRestart)
            {
                return RpcError.NotAvailable(null, "this board cannot restart itself");
            }

            _restart.RequestRestart(Why);
            result.BeginObject();
            result.Member("restart", "accepted");
            result.EndObject();
            return null;
        }
    }
}
