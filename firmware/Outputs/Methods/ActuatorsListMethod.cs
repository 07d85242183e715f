using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Outputs.Methods
{
    /// <summary>
    /// <c>actuators.list</c>: the actuators and their states, by name:
    /// <c>{"relay":{"available":true,"on":true,"safe":false,"limit":600,"seconds":42}}</c>. <c>limit</c> is the longest time
    /// in s in the other state than <c>safe</c>, 0 for any; <c>seconds</c> is left until it goes back, absent when it stays.
    /// One that is not available says why in <c>fault</c> and has no <c>on</c>. One that is no switch has a <c>kind</c>, and
    /// one that takes levels a <c>level</c> in %; <c>earlyEnds</c> is how often it became safe before its minimum time was over.
    /// </summary>
    public sealed class ActuatorsListMethod : IQuery
    {
        private readonly Actuators _actuators;
        private readonly IClock _clock;

        /// <summary>Creates the method.</summary>
        /// <param name="actuators">What there is.</param>
        /// <param name="clock">Time.</param>
        public ActuatorsListMethod(Actuators actuators, IClock clock)
        {
            _actuators = actuators;
            _clock = clock;
        }

        /// <inheritdoc/>
        public string Name => "actuators.list";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            result.BeginObject();
            for (int i = 0; i < _actuators.All.Length; i++)
            {
                Actuator actuator = _actuators.All[i];
                result.Name(actuator.Name);
                result.BeginObject();
                result.Name("available");
                result.Boolean(actuator.IsAvailable);
                if (actuator.IsAvailable)
                {
                    Actuators.WriteState(result, actuator);
                }
                else
                {
                    result.Name("fault");
                    result.String(actuator.Fault);
                }

                if (actuator.Rule.Kind != ActuatorRule.Switch)
                {
                    result.Member("kind", ActuatorsSetting.Kinds[actuator.Rule.Kind]);
                }

                result.Name("safe");
                result.Boolean(actuator.SafeState);
                result.Member("limit", actuator.Limit);
                long left = actuator.SecondsLeft(_clock.Uptime);
                if (left > 0)
                {
                    result.Member("seconds", left);
                }

                if (actuator.EarlyEnds > 0)
                {
                    result.Member("earlyEnds", actuator.EarlyEnds);
                }

                result.EndObject();
            }

            result.EndObject();
            return null;
        }
    }
}
