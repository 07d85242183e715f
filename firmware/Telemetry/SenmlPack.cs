using System;
using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>Writes SenML packs (RFC 8428) in JSON: base name and base time first, then one record a value.</summary>
    public sealed class SenmlPack
    {
        private const int MaxKnown = 32;

        private readonly Encoding _utf8 = Encoding.UTF8;
        private readonly byte[] _baseName;
        private readonly byte[] _baseTime;
        private readonly byte[] _sequence;
        private readonly IClock _clock;
        private Channel[] _known = new Channel[0];
        private byte[][] _labels = new byte[0][];

        /// <summary>Creates an encoder. What is the same in every pack is made into bytes once.</summary>
        /// <param name="baseName">SenML base name of the device.</param>
        /// <param name="clock">Gives the base time.</param>
        public SenmlPack(string baseName, IClock clock)
        {
            _baseName = _utf8.GetBytes("{\"bn\":\"" + baseName + "\",");
            _baseTime = _utf8.GetBytes("\"bt\":");
            _sequence = _utf8.GetBytes("\"n\":\"seq\",\"v\":");
            _clock = clock;
        }

        /// <summary>Writes a telemetry pack: the sequence number, then every plausible value.</summary>
        /// <param name="writer">Receives the pack.</param>
        /// <param name="sequence">Number of the pack.</param>
        /// <param name="channels">The channels; those without a plausible value are left out.</param>
        /// <param name="measuredAt">Uptime in milliseconds of the measurement: the base time.</param>
        public void WriteTelemetry(JsonWriter writer, int sequence, Channel[] channels, long measuredAt)
        {
            writer.BeginArray();
            BeginFirst(writer, measuredAt);
            writer.Fragment(_sequence);
            writer.Number(sequence);
            writer.EndObject();
            long baseTime = _clock.IsSynchronized ? measuredAt : _clock.Uptime;
            for (int i = 0; i < channels.Length; i++)
            {
                if (channels[i].IsValid)
                {
                    // A sensor that came back was measured later than the others.
                    writer.BeginObject();
                    WriteRelativeTime(writer, channels[i].MeasuredAt - baseTime);
                    WriteValue(writer, channels[i]);
                }
            }

            writer.EndArray();
        }

        /// <summary>Writes a pack of readings without a sequence number: the answer to a question.</summary>
        /// <param name="writer">Receives the pack.</param>
        /// <param name="channels">The channels, all with a plausible value; null entries are left out.</param>
        public void WriteReadings(JsonWriter writer, Channel[] channels)
        {
            writer.BeginArray();
            bool first = true;
            long baseTime = 0;
            for (int i = 0; i < channels.Length; i++)
            {
                Channel channel = channels[i];
                if (channel == null)
                {
                    continue;
                }

                if (first)
                {
                    baseTime = _clock.IsSynchronized ? channel.MeasuredAt : _clock.Uptime;
                    BeginFirst(writer, baseTime);
                    first = false;
                }
                else
                {
                    writer.BeginObject();
                }

                WriteRelativeTime(writer, channel.MeasuredAt - baseTime);
                WriteValue(writer, channel);
            }

            writer.EndArray();
        }

        private static void WriteRelativeTime(JsonWriter writer, long milliseconds)
        {
            long seconds = milliseconds / 1000;
            if (seconds != 0)
            {
                writer.Name("t");
                writer.Number(seconds);
            }
        }

        private void WriteValue(JsonWriter writer, Channel channel)
        {
            writer.Fragment(LabelOf(channel));
            writer.Fixed(channel.Value, channel.Measurand.Scale);
            writer.EndObject();
        }

        private void BeginFirst(JsonWriter writer, long measuredAt)
        {
            writer.Fragment(_baseName);
            if (_clock.IsSynchronized)
            {
                writer.Fragment(_baseTime);
                writer.Number(_clock.UtcSeconds - ((_clock.Uptime - measuredAt) / 1000));
            }
        }

        private byte[] LabelOf(Channel channel)
        {
            Channel[] known = _known;
            for (int i = 0; i < known.Length; i++)
            {
                if (known[i] == channel)
                {
                    return _labels[i];
                }
            }

            return Learn(channel);
        }

        // A channel is new once in its life; another model in its slot makes a few more.
        private byte[] Learn(Channel channel)
        {
            JsonWriter label = new JsonWriter(64, 256);
            label.BeginObject();
            label.Name("n");
            label.String(channel.Name);
            label.Name("u");
            label.String(channel.Measurand.Unit);
            label.Name("v");
            byte[] bytes = new byte[label.Length - 1];
            Array.Copy(label.Buffer, 1, bytes, 0, bytes.Length);

            int count = _known.Length < MaxKnown ? _known.Length : 0;
            Channel[] known = new Channel[count + 1];
            byte[][] labels = new byte[count + 1][];
            Array.Copy(_known, known, count);
            Array.Copy(_labels, labels, count);
            known[count] = channel;
            labels[count] = bytes;
            _known = known;
            _labels = labels;
            return bytes;
        }
    }
}
