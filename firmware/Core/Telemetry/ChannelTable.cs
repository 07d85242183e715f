using System.Text;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Numbers the channels for the outbox, so that a stored value takes five bytes. Each segment of the log begins with the
    /// numbers that its readings use, under one CRC: readings and names are read together, or are lost together. An entry is
    /// number, scale, length and bytes of the name, length and bytes of the unit.
    /// </summary>
    internal sealed class ChannelTable
    {
        internal const int Capacity = 64;
        internal const int None = -1;

        // So that a segment has room for all entries and its first frame.
        private const int MaxLength = 1536;
        private const int EntryOverhead = 4;

        // Few devices have more, and each of 64 would take 39 bytes.
        private const int FewChannels = 4;

        private string[] _names = Texts.New(FewChannels);
        private string[] _units = Texts.New(FewChannels);
        private int[] _scales = new int[FewChannels];
        private object[] _known = new object[FewChannels]; // a Channel, or a ReadingGroup
        private int _length;
        private string _foundKey;
        private byte[] _found; // the layout that was read last

        /// <summary>Holds the layouts of groups.</summary>
        private readonly IStorage _storage;

        internal ChannelTable(IStorage storage)
        {
            _storage = storage;
        }

        /// <summary>One bit for each number that a new segment begins with: those of this run, and of the newest segment.</summary>
        internal long Used;

        internal string NameOf(int number) => _names[number];

        internal string UnitOf(int number) => _units[number];

        internal int ScaleOf(int number) => _scales[number];

        /// <summary>The channel of this run that has the number, or null.</summary>
        internal Channel ChannelOf(int number) => _known[number] as Channel;

        /// <summary>What the channels of a group are, which may be one of an earlier run; null when that is lost.</summary>
        internal byte[] LayoutOf(int number)
        {
            if (!Has(number) || _scales[number] != ReadingGroup.Scale)
            {
                return null;
            }

            if (_known[number] is ReadingGroup group)
            {
                return group.Layout;
            }

            string key = _units[number];
            if (_foundKey != key)
            {
                _found = CheckedFile.Read(_storage, ReadingGroup.FilePrefix + key);
                _foundKey = _found == null ? null : key; // one that could not be read now may be there
            }

            return _found;
        }

        internal bool Has(int number) => number < _names.Length && _names[number] != null;

        /// <summary>An array for something of each channel, as long as the table is now.</summary>
        /// <param name="labels">What it begins with.</param>
        internal byte[][] Extend(byte[][] labels)
        {
            byte[][] all = new byte[_names.Length][];
            labels.CopyTo(all, 0);
            return all;
        }

        /// <summary>The number of a channel or a group, or None when there is no room for another one.</summary>
        internal int NumberOf(object item)
        {
            object[] known = _known;
            for (int i = 0; i < known.Length; i++)
            {
                if (known[i] == item)
                {
                    return i;
                }
            }

            if (item is ReadingGroup group)
            {
                return Learn(group, group.Name, group.Key, ReadingGroup.Scale);
            }

            Channel channel = (Channel)item;
            return Learn(channel, channel.Name, channel.Measurand.Unit, channel.Measurand.Scale);
        }

        private int Learn(object known, string name, string unit, int scale)
        {
            int number = Find(name, unit, scale, out int length);
            if (number != None)
            {
                if (length != 0)
                {
                    Put(number, name, unit, scale, length);
                }

                _known[number] = known;
                Used |= 1L << number;
            }

            return number;
        }

        /// <summary>Bytes of the entries that a new segment begins with.</summary>
        internal int UsedLength
        {
            get
            {
                int length = 0;
                for (int i = 0; i < _names.Length; i++)
                {
                    length += (Used >> i & 1) == 0 ? 0 : LengthOf(_names[i], _units[i]);
                }

                return length;
            }
        }

        /// <summary>Writes these entries.</summary>
        /// <param name="data">Receives them.</param>
        /// <param name="at">From where on.</param>
        internal void Write(byte[] data, int at)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                if ((Used >> i & 1) != 0)
                {
                    data[at++] = (byte)i;
                    data[at++] = (byte)_scales[i];
                    at = WriteText(data, at, _names[i]);
                    at = WriteText(data, at, _units[i]);
                }
            }
        }

        /// <summary>Takes the entries of a segment.</summary>
        /// <param name="data">Has them.</param>
        /// <param name="at">Where they begin.</param>
        /// <param name="end">Where they end.</param>
        /// <param name="numbers">One bit for each number.</param>
        /// <returns>False when a number stands for another channel in another segment.</returns>
        internal bool Read(byte[] data, int at, int end, out long numbers)
        {
            numbers = 0;
            while (at + EntryOverhead <= end)
            {
                int from = at;
                int number = data[at];
                int scale = data[at + 1];
                at += 2;
                string name = ReadText(data, ref at);
                string unit = ReadText(data, ref at);
                if (at > end || number >= Capacity)
                {
                    return false;
                }

                if (!Has(number))
                {
                    Put(number, name, unit, scale, at - from);
                }
                else if (_names[number] != name || _units[number] != unit || _scales[number] != scale)
                {
                    return false;
                }

                numbers |= 1L << number;
            }

            return true;
        }

        // Its number in an earlier run, and no length; else the first that is free, and the length of the entry.
        private int Find(string name, string unit, int scale, out int length)
        {
            length = 0;
            string[] names = _names;
            int free = None;
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] == null)
                {
                    free = free == None ? i : free;
                }
                else if (names[i] == name && _units[i] == unit && _scales[i] == scale)
                {
                    return i;
                }
            }

            length = LengthOf(name, unit);
            if (length > byte.MaxValue || _length + length > MaxLength)
            {
                return None;
            }

            return free == None && names.Length < Capacity ? names.Length : free;
        }

        // Bytes of an entry: a character may take several.
        private static int LengthOf(string name, string unit) => EntryOverhead + Encoding.UTF8.GetBytes(name + unit).Length;

        private static int WriteText(byte[] data, int at, string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            data[at] = (byte)bytes.Length;
            bytes.CopyTo(data, at + 1);
            return at + 1 + bytes.Length;
        }

        private static string ReadText(byte[] data, ref int at)
        {
            int from = at + 1;
            at = at < data.Length ? from + data[at] : from;
            return at > data.Length ? string.Empty : Encoding.UTF8.GetString(data, from, at - from);
        }

        private void Put(int number, string name, string unit, int scale, int length)
        {
            while (number >= _names.Length)
            {
                Grow(_names.Length + FewChannels);
            }

            _names[number] = name;
            _units[number] = unit;
            _scales[number] = scale;
            _length += length;
        }

        private void Grow(int length)
        {
            string[] names = Texts.New(length);
            string[] units = Texts.New(length);
            int[] scales = new int[length];
            object[] known = new object[length];
            _names.CopyTo(names, 0);
            _units.CopyTo(units, 0);
            _scales.CopyTo(scales, 0);
            _known.CopyTo(known, 0);
            _names = names;
            _units = units;
            _scales = scales;
            _known = known;
        }
    }
}
