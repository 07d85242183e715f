using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Rules.Methods
{
    /// <summary>
    /// <c>rules.test</c>: evaluates one rule with given values and does nothing. What has to last counts as having lasted:
    /// <c>{"rule":"heat","state":"active","why":"temperature 18, below 19.5","actions":[{"output":"heater","on":true}]}</c>.
    /// </summary>
    internal sealed class RulesTestMethod : IQuery
    {
        private const int Decimals = 6;

        private readonly RuleEngine _engine;
        private readonly Sampler _sampler;
        private readonly IClock _clock;

        internal RulesTestMethod(RuleEngine engine, Sampler sampler, IClock clock)
        {
            _engine = engine;
            _sampler = sampler;
            _clock = clock;
        }

        /// <inheritdoc/>
        public string Name => "rules.test";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("rule", "its name"),
            new Param("values", "object of channels, or \"device/channel\", with a number, true, false, or null for none; others as they are"),
            new Param("time", "epoch seconds; now when absent"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            JsonReader reader = request.Reader;
            reader.TryGetString(request.Find("rule"), out string name);
            int rule = 0;
            while (_engine != null && rule < _engine.Count && RuleCode.Name(_engine.Rule(rule)) != name)
            {
                rule++;
            }

            if (_engine == null || rule == _engine.Count)
            {
                return RpcError.InvalidParams("rule", "must be the name of a rule");
            }

            int time = request.Find("time");
            long utc = -1;
            if (time != JsonReader.None && (!reader.TryGetInt64(time, out utc) || utc < 0 || utc > uint.MaxValue))
            {
                return RpcError.InvalidParams("time", "must be epoch seconds");
            }

            int values = request.Find("values");
            if (values != JsonReader.None && reader.KindOf(values) != JsonKind.Object)
            {
                return RpcError.InvalidParams("values", "must be an object");
            }

            long now = _clock.Uptime;
            long[] before = _engine.BeginTest(_sampler.Channels, now);
            try
            {
                RpcError error = Take(reader, values, now);
                if (error == null)
                {
                    Write(rule, name, utc, now, result);
                }

                return error;
            }
            finally
            {
                _engine.EndTest(before);
            }
        }

        private RpcError Take(JsonReader reader, int values, long now)
        {
            for (int name = reader.First(values); name != JsonReader.None; name = reader.Next(name))
            {
                reader.TryGetString(name, out string key);
                int input = key == null ? -1 : Find(key);
                if (input < 0)
                {
                    return RpcError.InvalidParams("values", "has a name that no rule uses");
                }

                int token = reader.ValueOf(name);
                long value = RuleEngine.NoValue;
                if (reader.TryGetBoolean(token, out bool flag))
                {
                    value = flag ? 1000000 : 0;
                }
                else if (reader.KindOf(token) != JsonKind.Null && !reader.TryGetFixed(token, Decimals, out value))
                {
                    return RpcError.InvalidParams("values", "must be numbers with at most 6 decimals, true, false or null");
                }

                _engine.Values[input] = value;
            }

            return null;
        }

        private int Find(string key)
        {
            int slash = key.IndexOf('/');
            int device = -1;
            for (int i = 0; slash >= 0 && i < _engine.Devices.Length; i++)
            {
                device = _engine.Devices[i] == key.Substring(0, slash) ? i : device;
            }

            return slash >= 0 && device < 0 ? -1 : _engine.FindInput(device, key.Substring(slash + 1));
        }

        private void Write(int rule, string name, long utc, long now, JsonWriter result)
        {
            int state = _engine.Test(rule, utc, now, out string why);
            result.BeginObject();
            result.Member("rule", name);
            result.Member("state", RuleEngine.StateWord(state));
            result.Member("why", why);
            result.Name("actions");
            result.BeginArray();
            int[] code = _engine.Rule(rule);
            int left = _engine.ActionsOf(rule, state, out int at);
            for (; left > 0; left--)
            {
                RuleWriter.Record(result, code, at, RuleCode.Actions);
                at = RuleCode.Next(code, at);
            }

            result.EndArray();
            result.EndObject();
        }
    }
}
