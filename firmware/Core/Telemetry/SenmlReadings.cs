using Firmware.Json;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>Readings of the outbox as SenML packs: those that wait together share one.</summary>
    internal sealed class SenmlReadings : IReadingFormat
    {
        private readonly ChannelTable _channels;
        private readonly SenmlPack _senml;
        private byte[][] _labels = new byte[0][];

        internal SenmlReadings(ChannelTable channels, SenmlPack senml)
        {
            _channels = channels;
            _senml = senml;
        }

        public void Begin(JsonWriter writer, int number, ReadingTime known, long time)
        {
            writer.BeginArray();
            _senml.BeginFirst(writer, known == ReadingTime.Dated, time);
            _senml.EndFirst(writer, number);
            if (known == ReadingTime.Unknown)
            {
                // A run that never knew the time took it: without this mark it would count as taken now.
                writer.BeginObject();
                writer.Member("n", "time-unknown");
                writer.Name("vb");
                writer.Boolean(true);
                writer.EndObject();
            }
        }

        public void Write(JsonWriter writer, byte[] data, int at, int size, long seconds)
        {
            byte[][] labels = _labels;
            int last = at + size - OutboxRecord.ValueLength;
            for (int i = at + OutboxRecord.FirstValue; i <= last; i += OutboxRecord.ValueLength)
            {
                // As few calls as may be: each costs as much as a dozen instructions on the device.
                int channel = data[i];
                byte[] label = (channel < labels.Length ? labels[channel] : null) ?? Learn(channel);
                if (label != null)
                {
                    int from = 0;
                    if (seconds != 0)
                    {
                        writer.BeginObject();
                        writer.Member("t", seconds);
                        from = 1; // behind the label's brace
                    }

                    writer.Record(label, from, Frame.GetInt(data, i + 1), _channels.ScaleOf(channel));
                }
            }
        }

        public void End(JsonWriter writer) => writer.EndArray();

        // The text of a record before its value; null when it is unknown.
        private byte[] Learn(int channel)
        {
            if (!_channels.Has(channel))
            {
                return null;
            }

            if (channel >= _labels.Length)
            {
                _labels = _channels.Extend(_labels);
            }

            Channel present = _channels.ChannelOf(channel);
            return _labels[channel] = present == null
                ? SenmlPack.LabelOf(_channels.NameOf(channel), _channels.UnitOf(channel), _channels.ScaleOf(channel))
                : SenmlPack.LabelOf(present);
        }
    }
}
