using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Messaging.Methods
{
    /// <summary>The part of the history that a request selects.</summary>
    internal sealed class HistoryQuery
    {
        // 9999-12-31T23:59:59Z: far enough, and nothing overflows.
        private const long LastTime = 253402300799;

        /// <summary>Seconds of uptime from which on; negative when that was before the start.</summary>
        internal long From = long.MinValue;

        /// <summary>Seconds of uptime up to which.</summary>
        internal long To;

        /// <summary>Values at most.</summary>
        internal long Limit;

        /// <summary>Number of the value behind which to begin.</summary>
        internal long After;

        /// <summary>Which channels, by their numbers; null for all.</summary>
        internal bool[] Channels;

        /// <summary>Reads a time: epoch seconds, or negative, seconds before now.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">The param.</param>
        /// <param name="clock">Time.</param>
        /// <param name="seconds">Receives seconds of uptime; stays as it is when the param is absent.</param>
        /// <returns>Null, or what is wrong.</returns>
        internal static RpcError ReadTime(Request request, string name, IClock clock, ref long seconds)
        {
            int token = request.Find(name);
            if (token == JsonReader.None)
            {
                return null;
            }

            if (!request.Reader.TryGetInt64(token, out long time) || time < -LastTime || time > LastTime)
            {
                return RpcError.InvalidParams(name, "must be epoch seconds, or negative: seconds before now");
            }

            if (time >= 0 && !clock.IsSynchronized)
            {
                return RpcError.Busy(name, "the clock is not synchronized yet; negative seconds work");
            }

            seconds = time + (clock.Uptime / 1000) - (time < 0 ? 0 : clock.UtcSeconds);
            return null;
        }

        /// <summary>Whether the request selects a value.</summary>
        internal bool Matches(History history, int number)
        {
            long seconds = history.SecondsOf(number);
            return seconds >= From && seconds <= To && (Channels == null || Channels[history.ChannelOf(number)]);
        }
    }
}
