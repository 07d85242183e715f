using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Messaging.Methods
{
    /// <summary><c>read</c>: a fresh measurement, as a SenML pack or a flat JSON object.</summary>
    public sealed class ReadMethod : IQuery
    {
        private const long MaxAgeLimit = 86400;

        private readonly Sampler _sampler;
        private readonly SenmlPack _pack;
        private readonly IClock _clock;
        private TelemetryFormat _format;

        /// <summary>Creates the method.</summary>
        /// <param name="sampler">Measures.</param>
        /// <param name="pack">Writes the readings.</param>
        /// <param name="clock">Judges the age of a reading.</param>
        public ReadMethod(Sampler sampler, SenmlPack pack, IClock clock)
        {
            _sampler = sampler;
            _pack = pack;
            _clock = clock;
        }

        /// <inheritdoc/>
        public string Name => "read";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("channels", "array of channel names; all when absent"),
            new Param("maxAge", "seconds, 0 to 86400: a reading this young is good enough; default 0 measures now"),
        };

        /// <summary>Chooses how readings are written from now on; SenML before the first call.</summary>
        /// <param name="format">The format, that of the telemetry.</param>
        public void Use(TelemetryFormat format) => _format = format;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            long maxAge = 0;
            int age = request.Find("maxAge");
            if (age != JsonReader.None && (!request.Reader.TryGetInt64(age, out maxAge) || maxAge < 0 || maxAge > MaxAgeLimit))
            {
                return RpcError.InvalidParams("maxAge", "must be an integer from 0 to 86400");
            }

            int names = request.Find("channels");
            Channel[] channels = _sampler.Measured;
            if (names != JsonReader.None)
            {
                RpcError error = Select(request.Reader, names, out channels);
                if (error != null)
                {
                    return error;
                }
            }

            if (!AreFresh(channels, maxAge * 1000))
            {
                _sampler.Measure();
            }

            return Write(channels, names != JsonReader.None, result);
        }

        private RpcError Select(JsonReader request, int names, out Channel[] channels)
        {
            channels = null;
            if (request.KindOf(names) != JsonKind.Array || request.Count(names) == 0 || request.Count(names) > _sampler.Channels.Length)
            {
                return RpcError.InvalidParams("channels", "must be an array of different channel names");
            }

            Channel[] selected = new Channel[request.Count(names)];
            int count = 0;
            for (int name = request.First(names); name != JsonReader.None; name = request.Next(name))
            {
                Channel channel = request.TryGetString(name, out string text) ? _sampler.Find(text) : null;
                if (channel == null)
                {
                    return RpcError.InvalidParams("channels", "unknown channel; there are: " + Known());
                }

                for (int i = 0; i < count; i++)
                {
                    if (selected[i] == channel)
                    {
                        return RpcError.InvalidParams("channels", "a channel is named twice");
                    }
                }

                selected[count++] = channel;
            }

            channels = selected;
            return null;
        }

        private RpcError Write(Channel[] channels, bool allNeeded, JsonWriter result)
        {
            Channel[] valid = new Channel[channels.Length];
            int count = 0;
            for (int i = 0; i < channels.Length; i++)
            {
                if (channels[i].IsValid)
                {
                    valid[count++] = channels[i];
                }
                else if (allNeeded)
                {
                    return RpcError.NotAvailable(channels[i].Name, channels[i].Fault ?? "the sensor does not answer");
                }
            }

            if (count == 0)
            {
                return RpcError.NotAvailable(null, "no sensor answers");
            }

            if (_format == TelemetryFormat.Json)
            {
                FlatReadings.WriteLast(result, valid, _clock);
            }
            else
            {
                _pack.WriteReadings(result, valid);
            }

            return null;
        }

        private bool AreFresh(Channel[] channels, long maxAge)
        {
            long now = _clock.Uptime;
            for (int i = 0; i < channels.Length; i++)
            {
                if (!channels[i].IsValid || now - channels[i].MeasuredAt > maxAge)
                {
                    return false;
                }
            }

            return maxAge > 0;
        }

        private string Known()
        {
            string text = string.Empty;
            for (int i = 0; i < _sampler.Channels.Length; i++)
            {
                text += (i == 0 ? string.Empty : ", ") + _sampler.Channels[i].Name;
            }

            return text;
        }
    }
}
