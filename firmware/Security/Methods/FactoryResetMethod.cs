using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Security.Methods
{
    /// <summary>
    /// <c>factoryReset</c>: erases everything but the application, once the device has restarted. Returns
    /// <c>{"factoryReset":"accepted"}</c>.
    /// </summary>
    internal sealed class FactoryResetMethod : IOnce
    {
        private readonly SecurityModule _module;

        internal FactoryResetMethod(SecurityModule module)
        {
            _module = module;
        }

        /// <inheritdoc/>
        public string Name => "factoryReset";

        /// <inheritdoc/>
        public Param[] Params => new[] { new Param("confirm", "the device id") };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            if (!request.Reader.TryGetString(request.Find("confirm"), out string id) || !(id == _module.Device.Identity.DeviceId))
            {
                return RpcError.InvalidParams("confirm", "must be the id of this device");
            }

            if (!_module.Device.Shutdown.CanRestart)
            {
                return RpcError.Conflict(null, "this board cannot restart itself");
            }

            if (!_module.Erase("requested by " + request.From))
            {
                return RpcError.InternalError("the request could not be stored: nothing is erased");
            }

            result.BeginObject();
            result.Member("factoryReset", "accepted");
            result.EndObject();
            return null;
        }
    }
}
