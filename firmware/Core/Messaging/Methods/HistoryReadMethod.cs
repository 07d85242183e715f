using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Messaging.Methods
{
    /// <summary>
    /// <c>history.read</c>: what was measured since the start, the oldest first, as a SenML pack, page by page:
    /// <c>{"pack":[{"bn":"urn:dev:mac:…_","bt":1795366425,"n":"temperature","u":"Cel","v":21.37},…],"next":41}</c>.
    /// Without <c>bt</c> the times are relative to now, because the clock was not set yet. <c>next</c> is what to give as
    /// <c>after</c>, with the same other params, for what follows; absent when that was all. Errors: -32602; -32000 for a
    /// time of day that the device does not know yet; -32002 when no history is kept; -32004 when <c>after</c> is of
    /// another run.
    /// </summary>
    public sealed class HistoryReadMethod : IQuery
    {
        private const int DefaultLimit = 50;
        private const int MaxLimit = 100;

        // A record takes 80 bytes at most, the rest of the response 200: the writer needs 3 KB, not 4.
        private const int FullLength = 2850;

        private readonly History _history;
        private readonly Sampler _sampler;
        private readonly IClock _clock;
        private readonly string _baseName;

        /// <summary>Creates the method.</summary>
        /// <param name="history">What was measured.</param>
        /// <param name="sampler">Knows the channels that may be named.</param>
        /// <param name="clock">Dates the values.</param>
        /// <param name="baseName">SenML base name of the device.</param>
        public HistoryReadMethod(History history, Sampler sampler, IClock clock, string baseName)
        {
            _history = history;
            _sampler = sampler;
            _clock = clock;
            _baseName = baseName;
        }

        /// <inheritdoc/>
        public string Name => "history.read";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("from", "epoch seconds, or negative: seconds before now; default the oldest"),
            new Param("to", "the same; default the newest"),
            new Param("channels", "array of channel names; all when absent"),
            new Param("limit", "values at most, 1 to 100, default 50; there may be fewer in a page"),
            new Param("after", "'next' of the previous page"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            if (!_history.IsKept)
            {
                return RpcError.NotAvailable("history", "no readings are kept: 'history.size' is 0, or memory was low");
            }

            HistoryQuery query = new HistoryQuery { Limit = DefaultLimit, To = long.MaxValue };
            RpcError error = ReadTimes(request, query) ?? ReadPage(request, query);
            if (error == null && request.Find("channels") != JsonReader.None)
            {
                error = ReadChannels(request.Reader, request.Find("channels"), query);
            }

            if (error == null)
            {
                Write(query, result);
            }

            return error;
        }

        private RpcError ReadTimes(Request request, HistoryQuery query)
        {
            RpcError error = HistoryQuery.ReadTime(request, "from", _clock, ref query.From)
                ?? HistoryQuery.ReadTime(request, "to", _clock, ref query.To);
            return error == null && query.From > query.To ? RpcError.InvalidParams("to", "must not be before 'from'") : error;
        }

        private RpcError ReadPage(Request request, HistoryQuery query)
        {
            int limit = request.Find("limit");
            if (limit != JsonReader.None && (!request.Reader.TryGetInt64(limit, out query.Limit) || query.Limit < 1 || query.Limit > MaxLimit))
            {
                return RpcError.InvalidParams("limit", "must be an integer from 1 to 100");
            }

            int after = request.Find("after");
            if (after == JsonReader.None)
            {
                return null;
            }

            if (!request.Reader.TryGetInt64(after, out query.After) || query.After < 0)
            {
                return RpcError.InvalidParams("after", "must be 'next' of the previous page");
            }

            return query.After > _history.Newest ? RpcError.Conflict("after", "is from another run: start again without it") : null;
        }

        private RpcError ReadChannels(JsonReader request, int names, HistoryQuery query)
        {
            if (request.KindOf(names) != JsonKind.Array || request.Count(names) == 0)
            {
                return RpcError.InvalidParams("channels", "must be an array of channel names");
            }

            bool[] wanted = new bool[_history.ChannelCount];
            for (int token = request.First(names); token != JsonReader.None; token = request.Next(token))
            {
                bool isKnown = request.TryGetString(token, out string name) && _sampler.Find(name) != null;
                for (int i = 0; name != null && i < wanted.Length; i++)
                {
                    bool isNamed = _history.ChannelAt(i).Name == name;
                    wanted[i] = wanted[i] || isNamed;
                    isKnown = isKnown || isNamed;
                }

                if (!isKnown)
                {
                    return RpcError.InvalidParams("channels", "unknown channel; 'sensors.list' lists them");
                }
            }

            query.Channels = wanted;
            return null;
        }

        private void Write(HistoryQuery query, JsonWriter result)
        {
            int number = query.After < _history.Oldest ? _history.Oldest : (int)query.After + 1;
            long count = 0;
            int last = 0;
            bool isMore = false;
            long baseTime = 0;
            int length = result.Length;
            result.BeginObject();
            result.Name("pack");
            result.BeginArray();
            for (; number <= _history.Newest && !isMore; number++)
            {
                if (!query.Matches(_history, number))
                {
                    continue;
                }

                isMore = count == query.Limit || result.Length - length > result.PageSize(FullLength);
                if (!isMore)
                {
                    baseTime = count == 0 ? BaseTime(number) : baseTime;
                    WriteRecord(result, number, baseTime, count == 0);
                    count++;
                    last = number;
                }
            }

            result.EndArray();
            if (isMore)
            {
                result.Member("next", last);
            }

            result.EndObject();
        }

        // Without a time of day, RFC 8428 section 4.5.3 takes small times as relative to now.
        private long BaseTime(int number) => _clock.IsSynchronized ? _history.SecondsOf(number) : _clock.Uptime / 1000;

        private void WriteRecord(JsonWriter result, int number, long baseTime, bool isFirst)
        {
            Channel channel = _history.ChannelAt(_history.ChannelOf(number));
            result.BeginObject();
            if (isFirst)
            {
                result.Member("bn", _baseName);
                if (_clock.IsSynchronized)
                {
                    result.Member("bt", baseTime + _clock.UtcSeconds - (_clock.Uptime / 1000));
                }
            }

            result.Member("n", channel.Name);
            Measurand measurand = channel.Measurand;
            result.Member("u", measurand.Unit.Length == 0 ? null : measurand.Unit);
            result.Member(measurand.Scale == Measurand.Boolean ? "vb" : "v", _history.ValueOf(number), measurand.Scale);
            long time = _history.SecondsOf(number) - baseTime;
            if (time != 0)
            {
                result.Member("t", time);
            }

            result.EndObject();
        }
    }
}
