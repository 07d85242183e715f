using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Diagnostics.Methods
{
    /// <summary><c>log.read</c>: the last lines of the log, the newest first.</summary>
    public sealed class LogReadMethod : IQuery
    {
        private const int DefaultLimit = 20;
        private const int MaxLimit = 50;
        private const int MaxBytes = 2500; // a writer of 3 KB holds them and a line too many

        private readonly DeviceLog _log;

        /// <summary>Creates the method.</summary>
        /// <param name="log">The log.</param>
        public LogReadMethod(DeviceLog log)
        {
            _log = log;
        }

        /// <inheritdoc/>
        public string Name => "log.read";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("level", "least level: error, warning, information or debug; default debug, all"),
            new Param("limit", "lines, 1 to 50; default 20; fewer when they are long"),
            new Param("before", "number of a line: only older ones; \"next\" of the answer before"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            JsonReader reader = request.Reader;
            LogLevel least = LogLevel.Debug;
            int level = request.Find("level");
            if (level != JsonReader.None && (!reader.TryGetString(level, out string name) || !LogLevelName.TryParse(name, out least)))
            {
                return RpcError.InvalidParams("level", "must be error, warning, information or debug");
            }

            if (!TryGet(request, "limit", DefaultLimit, MaxLimit, out int limit))
            {
                return RpcError.InvalidParams("limit", "must be an integer from 1 to 50");
            }

            if (!TryGet(request, "before", int.MaxValue, int.MaxValue, out int before))
            {
                return RpcError.InvalidParams("before", "must be the number of a line");
            }

            Write(result, least, limit, before);
            return null;
        }

        private static bool TryGet(Request request, string name, int absent, int max, out int value)
        {
            value = absent;
            int token = request.Find(name);
            if (token == JsonReader.None)
            {
                return true;
            }

            bool isGood = request.Reader.TryGetInt64(token, out long number) && number > 0 && number <= max;
            value = isGood ? (int)number : absent;
            return isGood;
        }

        private void Write(JsonWriter result, LogLevel least, int limit, int before)
        {
            int[] starts = _log.Starts();
            int first = _log.First;
            int last = before - first < starts.Length ? before - first : starts.Length;
            int end = result.Length + result.PageSize(MaxBytes);
            int next = 0;
            int shown = 0;
            result.BeginObject();
            result.Name("lines");
            result.BeginArray();
            for (int i = last - 1; i >= 0 && next == 0; i--)
            {
                if (_log.LevelAt(starts[i]) > least)
                {
                    continue;
                }

                int length = result.Length;
                if (shown < limit)
                {
                    _log.WriteLine(result, starts[i], first + i);
                }

                if (shown == limit || result.Length > end)
                {
                    result.Truncate(length);
                    next = first + i + 1;
                }

                shown++;
            }

            result.EndArray();
            WriteIfAny(result, "next", next);
            WriteIfAny(result, "unpublished", _log.Lost);
            result.EndObject();
        }

        private static void WriteIfAny(JsonWriter result, string name, int value)
        {
            if (value != 0)
            {
                result.Member(name, value);
            }
        }
    }
}
