using Firmware.Json;

namespace Firmware.Telemetry
{
    /// <summary>Readings of the outbox as SenML packs: those that wait together share one.</summary>
    internal sealed class SenmlReadings : IReadingFormat
    {
        private readonly ChannelTable _channels;
        private readonly SenmlPack _senml;
        private readonly byte[][] _labels = new byte[ChannelTable.Capacity][];

        internal SenmlReadings(ChannelTable channels, SenmlPack senml)
        {
            _channels = channels;
            _senml = senml;
        }

        public bool HoldsMany => true;

        public void Begin(JsonWriter writer, int number, ReadingTime known, long time)
        {
            writer.BeginArray();
            _senml.BeginFirst(writer, known == ReadingTime.Dated, time);
            _senml.EndFirst(writer, number);
            if (known == ReadingTime.Unknown)
            {
                // A run that never knew the time took it: without this mark it would count as taken now.
                writer.BeginObject();
                writer.Name("n");
                writer.String("time-unknown");
                writer.Name("vb");
                writer.Boolean(true);
                writer.EndObject();
            }
        }

        public void Write(JsonWriter writer, byte[] data, int at, int size, long seconds)
        {
            int values = OutboxRecord.ValuesOf(size);
            for (int i = 0; i < values; i++)
            {
                int channel = OutboxRecord.ChannelOf(data, at, i);
                if (_channels.Has(channel))
                {
                    writer.BeginObject();
                    SenmlPack.WriteRelativeTime(writer, seconds);
                    writer.Fragment(LabelOf(channel));
                    writer.Fixed(OutboxRecord.ValueOf(data, at, i), _channels.ScaleOf(channel));
                    writer.EndObject();
                }
            }
        }

        public void End(JsonWriter writer) => writer.EndArray();

        private byte[] LabelOf(int channel)
        {
            byte[] label = _labels[channel];
            if (label == null)
            {
                label = SenmlPack.LabelOf(_channels.NameOf(channel), _channels.UnitOf(channel));
                _labels[channel] = label;
            }

            return label;
        }
    }
}
