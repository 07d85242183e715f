using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>Writes SenML packs (RFC 8428) in JSON: base name and base time first, then one record a value.</summary>
    public sealed class SenmlPack
    {
        private readonly Encoding _utf8 = Encoding.UTF8;
        private readonly byte[] _baseName;
        private readonly byte[] _baseTime;
        private readonly byte[] _sequence;
        private readonly IClock _clock;

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

        /// <summary>Writes a pack of readings without a sequence number: for a response.</summary>
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

                bool hasBegun = first;
                if (first)
                {
                    bool isDated = _clock.IsSynchronized;
                    long now = _clock.Uptime;
                    baseTime = isDated ? channel.MeasuredAt : now;
                    BeginFirst(writer, isDated, isDated ? _clock.UtcSeconds - ((now - baseTime) / 1000) : 0);
                    first = false;
                }

                long seconds = (channel.MeasuredAt - baseTime) / 1000;
                if (seconds != 0)
                {
                    if (!hasBegun)
                    {
                        writer.BeginObject();
                        hasBegun = true;
                    }

                    writer.Member("t", seconds);
                }

                // The label begins with the brace.
                writer.Record(LabelOf(channel), hasBegun ? 1 : 0, channel.Value, channel.Measurand.Scale);
            }

            writer.EndArray();
        }

        /// <summary>Begins the first record: base name, and base time if there is one.</summary>
        internal void BeginFirst(JsonWriter writer, bool hasTime, long time)
        {
            writer.Fragment(_baseName);
            if (hasTime)
            {
                writer.Fragment(_baseTime);
                writer.Number(time);
            }
        }

        /// <summary>Ends the first record as that of the pack's number.</summary>
        internal void EndFirst(JsonWriter writer, int sequence)
        {
            writer.Record(_sequence, 0, sequence, 0);
        }

        /// <summary>The text of a record before its value: name, unit, and the name of the value's member.</summary>
        internal static byte[] LabelOf(string name, string unit, int scale)
        {
            JsonWriter label = new JsonWriter(64, 256);
            label.BeginObject();
            label.Member("n", name);
            label.Member("u", unit.Length == 0 ? null : unit);
            label.Name(scale == Measurand.Boolean ? "vb" : "v");
            return label.ToArray();
        }

        /// <summary>The same of a channel, which keeps it.</summary>
        internal static byte[] LabelOf(Channel channel) =>
            channel.Label ?? (channel.Label = LabelOf(channel.Name, channel.Measurand.Unit, channel.Measurand.Scale));
    }
}
