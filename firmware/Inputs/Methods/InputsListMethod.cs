using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Inputs.Methods
{
    /// <summary>
    /// <c>inputs.list</c>: each input with its channel's last value:
    /// <c>{"inputs":[{"name":"door","kind":"contact","pin":4,"value":true,"age":12,"on":true,"changes":3}]}</c>. A meter has
    /// <c>pulses</c>, a voltage <c>millivolts</c>, a thermometer <c>address</c> and no pin. Without a value there is <c>fault</c>; <c>channel</c> is its channel's name where
    /// that is another one.
    /// </summary>
    internal sealed class InputsListMethod : IQuery
    {
        private readonly InputModule _module;
        private readonly IClock _clock;

        internal InputsListMethod(InputModule module, IClock clock)
        {
            _module = module;
            _clock = clock;
        }

        /// <inheritdoc/>
        public string Name => "inputs.list";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            InputRule[] rules = _module.Rules;
            result.BeginObject();
            result.Name("inputs");
            result.BeginArray();
            for (int i = 0; i < rules.Length; i++)
            {
                Write(result, rules[i]);
            }

            result.EndArray();
            result.EndObject();
            return null;
        }

        private void Write(JsonWriter result, InputRule rule)
        {
            Input input = Find(rule);
            result.BeginObject();
            result.Member("name", rule.Name);
            result.Member("kind", InputRule.Kinds[rule.Kind]);
            if (input == null)
            {
                result.Member("address", rule.Address);
                WriteValue(result, rule, ChannelAt(rule.Address), "the sensor does not answer");
            }
            else
            {
                result.Member("pin", rule.Pin);
                string fault = !input.IsOpen ? "the pin cannot be used" : _module.HasRead ? Plausibility.NotValid : "not measured yet";
                WriteValue(result, rule, _module.ChannelOf(input), fault);
                input.Write(result);
            }

            result.EndObject();
        }

        private void WriteValue(JsonWriter result, InputRule rule, Channel channel, string fault)
        {
            // Of a name that a sensor had first.
            result.Member("channel", channel == null || channel.Name == rule.Name ? null : channel.Name);
            if (channel != null && channel.IsValid)
            {
                result.Member("value", channel.Value, channel.Measurand.Scale);
                string unit = channel.Measurand.Unit;
                result.Member("unit", unit.Length == 0 ? null : unit);
                result.Member("age", (_clock.Uptime - channel.MeasuredAt) / 1000);
            }
            else
            {
                result.Member("fault", channel == null || channel.Fault == null || channel.Fault == Plausibility.NotValid ? fault : channel.Fault);
            }
        }

        private Input Find(InputRule rule)
        {
            for (int i = 0; i < _module.All.Length; i++)
            {
                if (_module.All[i].Rule == rule)
                {
                    return _module.All[i];
                }
            }

            return null;
        }

        private Channel ChannelAt(string address)
        {
            SensorMonitor[] monitors = _module.Sampler.Monitors;
            for (int i = 0; i < monitors.Length; i++)
            {
                if (monitors[i].Address == address && monitors[i].Channels.Length > 0)
                {
                    return monitors[i].Channels[0];
                }
            }

            return null;
        }
    }
}
