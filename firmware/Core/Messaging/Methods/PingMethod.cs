using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Messaging.Methods
{
    /// <summary><c>ping</c>: is it there, since when, what time is it there.</summary>
    public sealed class PingMethod : IQuery
    {
        private readonly IClock _clock;

        /// <summary>Creates the method.</summary>
        /// <param name="clock">Time.</param>
        public PingMethod(IClock clock)
        {
            _clock = clock;
        }

        /// <inheritdoc/>
        public string Name => "ping";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            result.BeginObject();
            result.Member("uptime", _clock.Uptime / 1000);
            if (_clock.IsSynchronized)
            {
                result.Member("time", _clock.UtcSeconds);
            }

            result.EndObject();
            return null;
        }
    }
}
