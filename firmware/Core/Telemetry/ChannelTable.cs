using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Numbers the channels for the outbox, so that a stored value takes five bytes. The numbers are kept on flash: a
    /// reading may be sent by a later run.
    /// </summary>
    internal sealed class ChannelTable
    {
        internal const int Capacity = 64;
        internal const int None = -1;

        private const string File = "channels";

        // Few devices have more, and each of 64 would take 39 bytes.
        private const int FewChannels = 4;

        private readonly IStorage _storage;
        private string[] _names = Texts.New(FewChannels);
        private string[] _units = Texts.New(FewChannels);
        private int[] _scales = new int[FewChannels];
        private Channel[] _known = new Channel[FewChannels];
        private int _count;
        private bool _isSaved = true;

        internal ChannelTable(IStorage storage)
        {
            _storage = storage;
            byte[] file = storage.Read(File);
            if (file != null)
            {
                Load(Encoding.UTF8.GetString(file, 0, file.Length).Split('\n'));
            }
        }

        internal string NameOf(int number) => _names[number];

        internal string UnitOf(int number) => _units[number];

        internal int ScaleOf(int number) => _scales[number];

        /// <summary>The channel of this run that has the number, or null.</summary>
        internal Channel ChannelOf(int number) => _known[number];

        internal bool Has(int number) => number < _count;

        /// <summary>An array for something of each channel, as long as the table is now.</summary>
        /// <param name="labels">What it begins with.</param>
        internal byte[][] Extend(byte[][] labels)
        {
            byte[][] all = new byte[_names.Length][];
            labels.CopyTo(all, 0);
            return all;
        }

        /// <summary>The number of a channel, or None when there is no room for another one.</summary>
        internal int NumberOf(Channel channel)
        {
            Channel[] known = _known;
            int count = _count;
            for (int i = 0; i < count; i++)
            {
                if (known[i] == channel)
                {
                    return i;
                }
            }

            int number = Find(channel);
            if (number == None && _count < Capacity)
            {
                number = _count;
                Put(channel.Name, channel.Measurand.Unit, channel.Measurand.Scale);
                _isSaved = false;
            }

            if (number != None)
            {
                _known[number] = channel;
            }

            return number;
        }

        private int Find(Channel channel)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_names[i] == channel.Name && _units[i] == channel.Measurand.Unit && _scales[i] == channel.Measurand.Scale)
                {
                    return i;
                }
            }

            return None;
        }

        private void Load(string[] lines)
        {
            for (int i = 0; i + 2 < lines.Length && _count < Capacity; i += 3)
            {
                byte[] scale = Encoding.UTF8.GetBytes(lines[i + 2]);
                if (!FixedPoint.TryParse(scale, 0, scale.Length, 0, out long value) || value < 0 || value > FixedPoint.MaxScale)
                {
                    return;
                }

                Put(lines[i], lines[i + 1], (int)value);
            }
        }

        private void Put(string name, string unit, int scale)
        {
            if (_count == _names.Length)
            {
                Grow(_count * 2);
            }

            _names[_count] = name;
            _units[_count] = unit;
            _scales[_count] = scale;
            _count++;
        }

        private void Grow(int length)
        {
            string[] names = Texts.New(length);
            string[] units = Texts.New(length);
            int[] scales = new int[length];
            Channel[] known = new Channel[length];
            _names.CopyTo(names, 0);
            _units.CopyTo(units, 0);
            _scales.CopyTo(scales, 0);
            _known.CopyTo(known, 0);
            _names = names;
            _units = units;
            _scales = scales;
            _known = known;
        }

        /// <summary>Keeps the numbers: before a reading that uses them goes to flash.</summary>
        /// <returns>False when they could not be written.</returns>
        internal bool Save()
        {
            if (_isSaved)
            {
                return true;
            }

            string text = string.Empty;
            for (int i = 0; i < _count; i++)
            {
                text += _names[i] + "\n" + _units[i] + "\n" + _scales[i] + "\n";
            }

            _isSaved = _storage.Replace(File, Encoding.UTF8.GetBytes(text));
            return _isSaved;
        }
    }
}
