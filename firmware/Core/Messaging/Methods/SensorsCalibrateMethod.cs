using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Messaging.Methods
{
    /// <summary>
    /// <c>sensors.calibrate</c>: makes a channel show the true value, from now on and after a restart. With
    /// <c>reference</c>, the true value now, it measures a few times and sets the offset; with <c>offset</c>, <c>gain</c>
    /// or both it takes these. Returns <c>{"channel":"temperature","offset":-0.35,"gain":1,"value":21.02}</c>; <c>value</c>
    /// is measured again and absent when that failed. Errors: -32602 for an unknown channel or a number out of range,
    /// -32002 when <c>reference</c> is given and the sensor does not respond, and those of the settings.
    /// </summary>
    public sealed class SensorsCalibrateMethod : IMethod
    {
        private const string OffsetRange = "must be a number from -1000000000 to 1000000000 with at most 6 decimals";

        private readonly Sampler _sampler;
        private readonly ICalibrationStore _store;

        /// <summary>Creates the method.</summary>
        /// <param name="sampler">The sensors.</param>
        /// <param name="store">Keeps the calibration.</param>
        public SensorsCalibrateMethod(Sampler sampler, ICalibrationStore store)
        {
            _sampler = sampler;
            _store = store;
        }

        /// <inheritdoc/>
        public string Name => "sensors.calibrate";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("channel", "the channel's name; needed"),
            new Param("reference", "the true value now, in the channel's unit; not together with offset or gain"),
            new Param("offset", "what is added after the gain, in the channel's unit"),
            new Param("gain", "what the sensor's value is multiplied with, 0.1 to 10"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            Channel channel = request.Reader.TryGetString(request.Find("channel"), out string name) ? _sampler.Find(name) : null;
            if (channel == null)
            {
                return RpcError.InvalidParams("channel", "unknown channel; 'sensors.list' lists them");
            }

            if (channel.Measurand.Scale == Measurand.Boolean)
            {
                return RpcError.InvalidParams("channel", "is true or false: there is nothing to calibrate");
            }

            long gain = channel.Rule.Gain;
            RpcError error = request.Find("reference") == JsonReader.None
                ? ReadNumbers(request, channel, out long offset, out gain)
                : Measure(request, channel, out offset);
            error = error ?? _store.Save(channel.Name, offset, gain);
            if (error == null)
            {
                Write(channel, offset, gain, result);
            }

            return error;
        }

        private static RpcError ReadNumbers(Request request, Channel channel, out long offset, out long gain)
        {
            offset = channel.Rule.Offset;
            gain = channel.Rule.Gain;
            int offsetToken = request.Find("offset");
            int gainToken = request.Find("gain");
            if (offsetToken == JsonReader.None && gainToken == JsonReader.None)
            {
                return RpcError.InvalidParams("reference", "give reference, offset or gain");
            }

            if (offsetToken != JsonReader.None
                && (!request.Reader.TryGetFixed(offsetToken, ChannelRule.Scale, out offset) || !IsOffset(offset)))
            {
                return RpcError.InvalidParams("offset", OffsetRange);
            }

            bool isGain = gainToken == JsonReader.None
                || (request.Reader.TryGetFixed(gainToken, ChannelRule.Scale, out gain) && gain >= Calibration.MinGain && gain <= Calibration.MaxGain);
            return isGain ? null : RpcError.InvalidParams("gain", "must be a number from 0.1 to 10 with at most 6 decimals");
        }

        private static bool IsOffset(long offset) => offset >= -Calibration.MaxOffset && offset <= Calibration.MaxOffset;

        private RpcError Measure(Request request, Channel channel, out long offset)
        {
            offset = 0;
            if (request.Find("offset") != JsonReader.None || request.Find("gain") != JsonReader.None)
            {
                return RpcError.InvalidParams("reference", "cannot be combined with offset or gain");
            }

            if (!request.Reader.TryGetFixed(request.Find("reference"), ChannelRule.Scale, out long reference)
                || !Calibration.IsInRange(channel, reference))
            {
                return RpcError.InvalidParams("reference", "must be a number in the sensor's range with at most 6 decimals");
            }

            if (!Calibration.TryFindOffset(_sampler, channel, reference, out offset))
            {
                return RpcError.NotAvailable(channel.Name, channel.Fault ?? "the sensor does not answer");
            }

            return IsOffset(offset) ? null : RpcError.InvalidParams("reference", "is too far from the measured value");
        }

        private void Write(Channel channel, long offset, long gain, JsonWriter result)
        {
            result.BeginObject();
            result.Member("channel", channel.Name);
            result.Member("offset", offset, ChannelRule.Scale);
            result.Member("gain", gain, ChannelRule.Scale);
            if (_sampler.Measure(channel))
            {
                result.Member("value", channel.Value, channel.Measurand.Scale);
            }

            result.EndObject();
        }
    }
}
