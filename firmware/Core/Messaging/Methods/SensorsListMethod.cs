using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Messaging.Methods
{
    /// <summary>
    /// <c>sensors.list</c>: each sensor that was seen since the start, with its channels:
    /// <c>{"sensors":[{"name":"bme280@76","model":"bme280","present":true,"channels":[{"name":"temperature","unit":"Cel",
    /// "decimals":2,"value":21.37,"age":12,"alarm":"normal","gain":1,"offset":0}]}]}</c>. <c>value</c> and <c>age</c> (s)
    /// are those of the last measurement; without a plausible one there is <c>fault</c> with the reason, or neither while
    /// the sensor is away. When not all fit, <c>next</c> is what to give as <c>after</c> for the rest.
    /// </summary>
    public sealed class SensorsListMethod : IQuery
    {
        // A sensor of four channels with long names takes 1000 bytes; the answer may have 4096.
        private const int FullLength = 2900;

        private readonly Sampler _sampler;
        private readonly IClock _clock;

        /// <summary>Creates the method.</summary>
        /// <param name="sampler">The sensors.</param>
        /// <param name="clock">Judges the age of the values.</param>
        public SensorsListMethod(Sampler sampler, IClock clock)
        {
            _sampler = sampler;
            _clock = clock;
        }

        /// <inheritdoc/>
        public string Name => "sensors.list";

        /// <inheritdoc/>
        public Param[] Params => new[] { new Param("after", "name of a sensor: those behind it; default all") };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            SensorMonitor[] monitors = _sampler.Monitors;
            int i = 0;
            int after = request.Find("after");
            if (after != JsonReader.None)
            {
                i = IndexOf(request.Reader.TryGetString(after, out string name) ? name : null) + 1;
                if (i == 0)
                {
                    return RpcError.InvalidParams("after", "must be the name of a sensor");
                }
            }

            string last = null;
            bool isFull = false;
            result.BeginObject();
            result.Name("sensors");
            result.BeginArray();
            for (; i < monitors.Length && !isFull; i++)
            {
                if (monitors[i].WasSeen)
                {
                    isFull = last != null && result.Length > result.PageSize(FullLength);
                    if (!isFull)
                    {
                        last = monitors[i].Name;
                        WriteSensor(result, monitors[i]);
                    }
                }
            }

            result.EndArray();
            if (isFull)
            {
                result.Member("next", last);
            }

            result.EndObject();
            return null;
        }

        private static string NameOf(AlarmState state) =>
            state == AlarmState.High ? "high" : state == AlarmState.Low ? "low" : "normal";

        private int IndexOf(string name)
        {
            SensorMonitor[] monitors = _sampler.Monitors;
            for (int i = 0; i < monitors.Length; i++)
            {
                if (monitors[i].WasSeen && monitors[i].Name == name)
                {
                    return i;
                }
            }

            return -1;
        }

        private void WriteSensor(JsonWriter result, SensorMonitor monitor)
        {
            result.BeginObject();
            result.Member("name", monitor.Name);
            result.Name("model");
            result.String(monitor.Model);
            result.Name("present");
            result.Boolean(monitor.IsPresent);
            result.Name("channels");
            result.BeginArray();
            for (int i = 0; i < monitor.Channels.Length; i++)
            {
                WriteChannel(result, monitor.Channels[i]);
            }

            result.EndArray();
            result.EndObject();
        }

        private void WriteChannel(JsonWriter result, Channel channel)
        {
            Measurand measurand = channel.Measurand;
            bool isBoolean = measurand.Scale == Measurand.Boolean;
            result.BeginObject();
            result.Member("name", channel.Name);
            result.Member("unit", measurand.Unit.Length == 0 ? null : measurand.Unit);
            if (!isBoolean)
            {
                result.Member("decimals", measurand.Scale);
            }

            if (channel.IsValid)
            {
                result.Member("value", channel.Value, measurand.Scale);
                result.Member("age", (_clock.Uptime - channel.MeasuredAt) / 1000);
            }
            else if (channel.Fault != null)
            {
                result.Name("fault");
                result.String(channel.Fault);
            }

            result.Member("alarm", NameOf(channel.Alarm));
            if (!isBoolean)
            {
                result.Member("gain", channel.Rule.Gain, ChannelRule.Scale);
                result.Member("offset", channel.Rule.Offset, ChannelRule.Scale);
            }

            result.EndObject();
        }
    }
}
