using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Sleep.Methods
{
    /// <summary><c>power.endOfQueue</c>: the client has no further request, so the device may sleep at once.</summary>
    public sealed class EndOfQueueMethod : IMethod
    {
        private readonly IAwake _awake;

        /// <summary>Creates the method.</summary>
        /// <param name="awake">Receives the call.</param>
        public EndOfQueueMethod(IAwake awake)
        {
            _awake = awake;
        }

        /// <inheritdoc/>
        public string Name => "power.endOfQueue";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            _awake.EndOfQueue();
            result.BeginObject();
            result.Name("sleeps");
            result.Boolean(_awake.Sleeps);
            result.EndObject();
            return null;
        }
    }
}
