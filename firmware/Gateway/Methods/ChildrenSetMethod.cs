using Firmware.Gateway.Modbus;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Telemetry;

namespace Firmware.Gateway.Methods
{
    /// <summary>
    /// <c>children.set</c>: writes a register. Returns <c>{"queued":true}</c>; the event <c>child-written</c> or
    /// <c>child-fault</c> follows.
    /// </summary>
    internal sealed class ChildrenSetMethod : IMethod
    {
        private readonly GatewayModule _module;

        internal ChildrenSetMethod(GatewayModule module)
        {
            _module = module;
        }

        /// <inheritdoc/>
        public string Name => "children.set";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("channel", "child_channel of a register that may be written; needed"),
            new Param("value", "the number, in the unit of the channel; needed"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            Children children = _module.Children;
            int child = 0;
            int at = 0;
            bool isFound = request.Reader.TryGetString(request.Find("channel"), out string name) && children != null
                && children.TryFind(name, out child, out _, out at)
                && (children.Rules[child].Layout[at + RegisterMap.KindAt] & RegisterMap.Writable) != 0;
            if (!isFound)
            {
                return RpcError.InvalidParams("channel", "must be child_channel of a register with rw");
            }

            byte[] map = children.Rules[child].Layout;
            int value = request.Find("value");
            bool isRight = request.Reader.TryGetFixed(value, map[at + ReadingGroup.DecimalsAt], out long number)
                && number == (int)number && RegisterMap.TryGetBits(map, at, (int)number, out _);
            if (!isRight)
            {
                return RpcError.InvalidParams("value", "must be a number that the register can hold");
            }

            if (!((ChildOutputs)children.Device.AllOutputs).Write(child, at, (int)number, 0))
            {
                return RpcError.NotAvailable(name, "8 writes wait already");
            }

            result.BeginObject();
            result.Name("queued");
            result.Boolean(true);
            result.EndObject();
            return null;
        }
    }
}
