using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Outputs.Methods
{
    /// <summary>
    /// <c>actuators.set</c>: drives an output, for a while or permanently. Returns <c>{"on":true,"level":40,"seconds":600}</c>;
    /// <c>level</c> only where there are levels, of which <c>on</c> means the last above 0, at first 100; <c>seconds</c> is left until it returns to its safe state, absent when it stays.
    /// Errors: -32602 for an unknown name (the reason lists the known ones), -32002 when the board refused the pin or its
    /// driver failed, -32004 for what an interlock or a minimum time forbids, with <c>retryAfter</c> where time helps.
    /// </summary>
    public sealed class ActuatorsSetMethod : IMethod
    {
        private const int MaxSeconds = 86400;

        private readonly Actuators _actuators;
        private readonly IClock _clock;

        /// <summary>Creates the method.</summary>
        /// <param name="actuators">What there is.</param>
        /// <param name="clock">Time.</param>
        public ActuatorsSetMethod(Actuators actuators, IClock clock)
        {
            _actuators = actuators;
            _clock = clock;
        }

        /// <inheritdoc/>
        public string Name => "actuators.set";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("name", "the actuator's name; needed"),
            new Param("on", "boolean; needed without level, or the time of a pulse"),
            new Param("level", "0 to 100 %, instead of on"),
            new Param("seconds", "1 to 86400: back to the safe state then, or after its limit if that is shorter; default its limit"),
            new Param("ms", "1 to 60000, instead of seconds"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            Actuator actuator = request.Reader.TryGetString(request.Find("name"), out string name) ? _actuators.Find(name) : null;
            if (actuator == null)
            {
                return RpcError.InvalidParams("name", "unknown actuator; there are: " + Known());
            }

            RpcError error = ReadLevel(request, actuator, out int level);
            long milliseconds = 0;
            error = error ?? ReadTime(request, actuator, level, out milliseconds);
            return error ?? Drive(actuator, level, milliseconds, result);
        }

        private static RpcError ReadLevel(Request request, Actuator actuator, out int level)
        {
            int token = request.Find("level");
            level = Actuator.FullLevel;
            if (token == JsonReader.None)
            {
                token = request.Find("on");
                if (request.Reader.TryGetBoolean(token, out bool on))
                {
                    level = on ? actuator.OnLevel : 0;
                    return null;
                }

                bool isPulse = actuator.Rule.Kind == ActuatorRule.Pulse && token == JsonReader.None
                    && (request.Find("ms") != JsonReader.None || request.Find("seconds") != JsonReader.None);
                return isPulse ? null : RpcError.InvalidParams("on", "must be true or false");
            }

            if (!actuator.HasLevels)
            {
                return RpcError.InvalidParams("level", "this actuator is only on or off");
            }

            if (request.Find("on") != JsonReader.None)
            {
                return RpcError.InvalidParams("level", "not together with on");
            }

            bool isRight = request.Reader.TryGetInt64(token, out long value) && value >= 0 && value <= Actuator.FullLevel;
            level = (int)value;
            return isRight ? null : RpcError.InvalidParams("level", "must be an integer from 0 to 100");
        }

        private static RpcError ReadTime(Request request, Actuator actuator, int level, out long milliseconds)
        {
            int inSeconds = request.Find("seconds");
            int token = request.Find("ms");
            milliseconds = 0;
            if (inSeconds == JsonReader.None && token == JsonReader.None)
            {
                return null;
            }

            string param = token == JsonReader.None ? "seconds" : "ms";
            if (inSeconds != JsonReader.None && token != JsonReader.None)
            {
                return RpcError.InvalidParams(param, "not together with seconds");
            }

            long unit = token == JsonReader.None ? 1000 : 1;
            long max = unit == 1 || actuator.Rule.Kind == ActuatorRule.Pulse ? ActuatorRule.MaxPulse / unit : MaxSeconds;
            if (!request.Reader.TryGetInt64(unit == 1 ? token : inSeconds, out long length) || length < 1 || length > max)
            {
                return RpcError.InvalidParams(param, "must be an integer from 1 to " + max.ToString());
            }

            milliseconds = length * unit;
            return level == actuator.SafeLevel ? RpcError.InvalidParams(param, "not allowed for the safe state") : null;
        }

        private RpcError Drive(Actuator actuator, int level, long milliseconds, JsonWriter result)
        {
            string refusal = _actuators.Request(actuator, level, milliseconds, "request", out long retryAt);
            long now = _clock.Uptime;
            if (refusal != null)
            {
                long left = retryAt == 0 ? 0 : retryAt <= now ? 1 : (retryAt - now + 999) / 1000;
                return actuator.Fault == refusal ? RpcError.NotAvailable(actuator.Name, refusal) : RpcError.Conflict(actuator.Name, refusal, (int)left);
            }

            result.BeginObject();
            Actuators.WriteState(result, actuator);
            long seconds = actuator.SecondsLeft(now);
            if (seconds > 0)
            {
                result.Member("seconds", seconds);
            }

            result.EndObject();
            return null;
        }

        private string Known()
        {
            string names = string.Empty;
            for (int i = 0; i < _actuators.All.Length; i++)
            {
                names += (i == 0 ? string.Empty : ", ") + _actuators.All[i].Name;
            }

            return names.Length == 0 ? "none, the setting 'actuators' names them" : names;
        }
    }
}
