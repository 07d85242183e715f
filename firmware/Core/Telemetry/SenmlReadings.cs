using System.Text;
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
        private int _group = ChannelTable.None; // the one whose prefix is kept
        private byte[] _prefix;
        private byte[] _unit; // until there is a group: null
        private byte[] _value;

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
            if (OutboxRecord.IsGroup(data, at))
            {
                WriteGroup(writer, data, at, seconds);
                return;
            }

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

        private void WriteGroup(JsonWriter writer, byte[] data, int at, long seconds)
        {
            int number = data[at + OutboxRecord.FirstValue];
            byte[] layout = _channels.LayoutOf(number);
            int mask = OutboxRecord.MaskOf(data, at);
            if (layout != null && _group != number)
            {
                LearnGroup(number);
            }

            byte[] prefix = _prefix;
            at += OutboxRecord.FirstOfGroup;
            for (int place = 0; layout != null && place < layout.Length && mask != 0; place += layout[place], mask >>= 1)
            {
                if ((mask & 1) == 0)
                {
                    continue;
                }

                int from = 0;
                if (seconds != 0)
                {
                    writer.BeginObject();
                    writer.Member("t", seconds);
                    from = 1; // behind the prefix's brace
                }

                int name = layout[place + ReadingGroup.NameLengthAt];
                int unit = place + ReadingGroup.NameAt + name;
                writer.Part(prefix, from, prefix.Length - from);
                writer.Part(layout, place + ReadingGroup.NameAt, name);
                if (layout[unit] != 0)
                {
                    writer.Part(_unit, 0, _unit.Length);
                    writer.Part(layout, unit + 1, layout[unit]);
                }

                writer.Record(_value, 0, Frame.GetInt(data, at), layout[place + ReadingGroup.DecimalsAt]);
                at += ReadingGroup.ValueLength;
            }
        }

        // The text of a record before the name of its channel in the group: kept for one, since each of 16 would take 36 bytes.
        private void LearnGroup(int number)
        {
            _unit ??= Encoding.UTF8.GetBytes("\",\"u\":\"");
            _value ??= Encoding.UTF8.GetBytes("\",\"v\":");
            _prefix = Encoding.UTF8.GetBytes("{\"n\":\"" + _channels.NameOf(number) + "_");
            _group = number;
        }

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
