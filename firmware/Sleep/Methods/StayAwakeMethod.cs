using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Sleep.Methods
{
    /// <summary><c>power.stayAwake</c>: keeps a device that sleeps awake for maintenance; 0 lets it sleep.</summary>
    public sealed class StayAwakeMethod : IMethod
    {
        private const int MaxSeconds = 600;

        private readonly IAwake _awake;

        /// <summary>Creates the method.</summary>
        /// <param name="awake">Receives the call.</param>
        public StayAwakeMethod(IAwake awake)
        {
            _awake = awake;
        }

        /// <inheritdoc/>
        public string Name => "power.stayAwake";

        /// <inheritdoc/>
        public Param[] Params => new[] { new Param("seconds", "integer from 0 to 600, from now on") };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            if (!request.Reader.TryGetInt64(request.Find("seconds"), out long seconds) || seconds < 0 || seconds > MaxSeconds)
            {
                return RpcError.InvalidParams("seconds", "must be an integer from 0 to " + MaxSeconds);
            }

            if (_awake.Sleeps)
            {
                _awake.StayAwake((int)seconds);
            }

            result.BeginObject();
            result.Name("sleeps");
            result.Boolean(_awake.Sleeps);
            result.Member("seconds", seconds);
            result.EndObject();
            return null;
        }
    }
}
