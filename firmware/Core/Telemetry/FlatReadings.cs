using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Readings as one flat JSON object for each time of measurement:
    /// <c>{"seq":41,"temperature":21.37,"humidity":45.2,"time":1795366425}</c>. In place of "time" stands "age" in seconds
    /// while the clock is not set, and <c>"timeUnknown":true</c> for a reading of an earlier run whose clock never was.
    /// </summary>
    internal sealed class FlatReadings : IReadingFormat
    {
        private readonly ChannelTable _channels;
        private byte[][] _labels = new byte[0][];
        private ReadingTime _known;
        private long _time;
        private long _age;

        internal FlatReadings(ChannelTable channels)
        {
            _channels = channels;
        }

        /// <summary>Writes the channels' last values without a sequence number: for a response.</summary>
        /// <param name="writer">Receives the object.</param>
        /// <param name="channels">The channels, all with a plausible value; null entries are left out.</param>
        /// <param name="clock">Gives the time: that of the oldest value.</param>
        internal static void WriteLast(JsonWriter writer, Channel[] channels, IClock clock)
        {
            long measuredAt = clock.Uptime;
            writer.BeginObject();
            for (int i = 0; i < channels.Length; i++)
            {
                Channel channel = channels[i];
                if (channel != null)
                {
                    writer.Member(channel.Name, channel.Value, channel.Measurand.Scale);
                    measuredAt = channel.MeasuredAt < measuredAt ? channel.MeasuredAt : measuredAt;
                }
            }

            long age = (clock.Uptime - measuredAt) / 1000;
            WriteTime(writer, clock.IsSynchronized ? ReadingTime.Dated : ReadingTime.Relative, clock.UtcSeconds - age, age);
            writer.EndObject();
        }

        public void Begin(JsonWriter writer, int number, ReadingTime known, long time)
        {
            _known = known;
            _time = time;
            writer.BeginObject();
            writer.Member("seq", number);
        }

        public void Write(JsonWriter writer, byte[] data, int at, int size, long seconds)
        {
            _age = -seconds;
            if (OutboxRecord.IsGroup(data, at))
            {
                WriteGroup(writer, data, at);
                return;
            }

            int last = at + size - OutboxRecord.ValueLength;
            for (int i = at + OutboxRecord.FirstValue; i <= last; i += OutboxRecord.ValueLength)
            {
                int channel = data[i];
                if (_channels.Has(channel))
                {
                    writer.Fragment(LabelOf(channel));
                    writer.Fixed(Frame.GetInt(data, i + 1), _channels.ScaleOf(channel));
                }
            }
        }

        private void WriteGroup(JsonWriter writer, byte[] data, int at)
        {
            int number = data[at + OutboxRecord.FirstValue];
            byte[] layout = _channels.LayoutOf(number);
            int mask = OutboxRecord.MaskOf(data, at);
            at += OutboxRecord.FirstOfGroup;
            for (int place = 0; layout != null && place < layout.Length && mask != 0; place += layout[place], mask >>= 1)
            {
                if ((mask & 1) != 0)
                {
                    writer.Name(_channels.NameOf(number) + "_" + ReadingGroup.NameOf(layout, place));
                    writer.Fixed(Frame.GetInt(data, at), layout[place + ReadingGroup.DecimalsAt]);
                    at += ReadingGroup.ValueLength;
                }
            }
        }

        public void End(JsonWriter writer)
        {
            WriteTime(writer, _known, _time, _age);
            writer.EndObject();
        }

        private static void WriteTime(JsonWriter writer, ReadingTime known, long time, long age)
        {
            switch (known)
            {
                case ReadingTime.Dated:
                    writer.Member("time", time);
                    break;
                case ReadingTime.Relative:
                    writer.Member("age", age);
                    break;
                default:
                    writer.Name("timeUnknown");
                    writer.Boolean(true);
                    break;
            }
        }

        private byte[] LabelOf(int channel)
        {
            if (channel >= _labels.Length)
            {
                _labels = _channels.Extend(_labels);
            }

            return _labels[channel] ??= Encoding.UTF8.GetBytes("\"" + _channels.NameOf(channel) + "\":");
        }
    }
}
