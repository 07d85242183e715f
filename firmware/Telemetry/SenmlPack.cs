using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>Writes SenML packs (RFC 8428) in JSON: base name and base time first, then one record a value.</summary>
    public sealed class SenmlPack
    {
        private readonly string _baseName;
        private readonly IClock _clock;

        /// <summary>Creates an encoder.</summary>
        /// <param name="baseName">SenML base name of the device.</param>
        /// <param name="clock">Gives the base time.</param>
        public SenmlPack(string baseName, IClock clock)
        {
            _baseName = baseName;
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
            writer.Name("n");
            writer.RawText("\"seq\"");
            writer.Name("v");
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

        private static void WriteValue(JsonWriter writer, Channel channel)
        {
            writer.Name("n");
            writer.String(channel.Name);
            writer.Name("u");
            writer.String(channel.Measurand.Unit);
            writer.Name("v");
            writer.Fixed(channel.Value, channel.Measurand.Scale);
            writer.EndObject();
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

        private void BeginFirst(JsonWriter writer, long measuredAt)
        {
            writer.BeginObject();
            writer.Name("bn");
            writer.String(_baseName);
            if (_clock.IsSynchronized)
            {
                writer.Name("bt");
                writer.Number(_clock.UtcSeconds - ((_clock.Uptime - measuredAt) / 1000));
            }
        }
    }
}
