using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Outputs.Methods
{
    /// <summary>
    /// <c>actuators.set</c>: switches a relay or an LED, for a while or permanently. Returns <c>{"on":true,"seconds":600}</c>;
    /// <c>seconds</c> is left until it returns to its safe state, absent when it stays. Errors: -32602 for an unknown name
    /// (the reason lists the known ones), -32002 when the board refused the pin or its driver failed.
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
            new Param("on", "boolean; needed"),
            new Param("seconds", "1 to 86400: back to the safe state then, or after its limit if that is shorter; default its limit"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            Actuator actuator = request.Reader.TryGetString(request.Find("name"), out string name) ? _actuators.Find(name) : null;
            if (actuator == null)
            {
                return RpcError.InvalidParams("name", "unknown actuator; there are: " + Known());
            }

            if (!request.Reader.TryGetBoolean(request.Find("on"), out bool on))
            {
                return RpcError.InvalidParams("on", "must be true or false");
            }

            long seconds = 0;
            int token = request.Find("seconds");
            if (token != JsonReader.None)
            {
                if (!request.Reader.TryGetInt64(token, out seconds) || seconds < 1 || seconds > MaxSeconds)
                {
                    return RpcError.InvalidParams("seconds", "must be an integer from 1 to 86400");
                }

                if (on == actuator.SafeState)
                {
                    return RpcError.InvalidParams("seconds", "not allowed for the safe state");
                }
            }

            if (!_actuators.Set(actuator, on, (int)seconds))
            {
                return RpcError.NotAvailable(actuator.Name, actuator.Fault);
            }

            Write(actuator, result);
            return null;
        }

        private void Write(Actuator actuator, JsonWriter result)
        {
            result.BeginObject();
            result.Name("on");
            result.Boolean(actuator.IsOn);
            long left = actuator.SecondsLeft(_clock.Uptime);
            if (left > 0)
            {
                result.Member("seconds", left);
            }

            result.EndObject();
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
