using System;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>
    /// The measurements of this run in a ring: when it is full, the newest take the place of the oldest. A value takes nine
    /// bytes of RAM, some values' bytes at a time: uptime in seconds, number of its channel, value. The uptime becomes a time of day when it is read, so
    /// that what was measured before the clock was set is dated too.
    /// </summary>
    public sealed class History
    {
        /// <summary>Bytes of a value.</summary>
        public const int RecordLength = 9;

        // Four values are RecordLength integers: uptime and value of each, then a byte each for the number of the channel.
        private const int GroupValues = 4;
        private const int MaxChannels = 64;
        private const int FewChannels = 4;
        private const int None = -1;

        // So many values take memory together: another block needs none beside it, unlike a larger ring.
        private const int BlockValues = 64;

        private int[][] _blocks;
        private int _capacity;
        private Channel[] _channels = new Channel[FewChannels];

        /// <summary>Creates an empty history; it takes memory as it fills.</summary>
        /// <param name="size">Bytes at most; less than a record keeps nothing.</param>
        public History(int size)
        {
            _capacity = size / RecordLength;
            _blocks = new int[(_capacity + BlockValues - 1) / BlockValues][];
        }

        /// <summary>Whether values are kept: the size was not 0, and the memory was not needed for something else.</summary>
        public bool IsKept => _capacity > 0;

        /// <summary>Number of the newest value; they count from 1 since the start. 0 before the first.</summary>
        public int Newest;

        /// <summary>Number of the oldest value that is still there; more than <see cref="Newest"/> when none is.</summary>
        public int Oldest => !IsKept ? Newest + 1 : Newest <= _capacity ? 1 : Newest - _capacity + 1;

        /// <summary>Channels that it knows: their numbers are less.</summary>
        internal int ChannelCount;

        /// <summary>Keeps what was just measured; takes memory for a new channel only.</summary>
        /// <param name="channels">The channels; those without a plausible value are left out.</param>
        public void Add(Channel[] channels)
        {
            for (int i = 0; i < channels.Length && _capacity > 0; i++)
            {
                Channel channel = channels[i];
                if (channel.IsValid)
                {
                    // Mostly they are known in this order.
                    int number = i < ChannelCount && _channels[i] == channel ? i : NumberOf(channel);
                    if (number != None)
                    {
                        Add(channel, number);
                    }
                }
            }
        }

        /// <summary>Gives the memory back because it is needed elsewhere; nothing is kept from now on.</summary>
        public void Release()
        {
            _capacity = 0;
            _blocks = new int[0][];
            _channels = new Channel[0];
            ChannelCount = 0;
        }

        /// <summary>Seconds of uptime at which a value was measured.</summary>
        /// <param name="number">From <see cref="Oldest"/> to <see cref="Newest"/>.</param>
        internal long SecondsOf(int number) => (uint)BlockOf(number)[PositionOf(number)];

        /// <summary>The number of the channel of a value.</summary>
        internal int ChannelOf(int number)
        {
            int inBlock = (number - 1) % _capacity % BlockValues;
            int channels = BlockOf(number)[(inBlock / GroupValues * RecordLength) + RecordLength - 1];
            return (channels >> (inBlock % GroupValues * 8)) & byte.MaxValue;
        }

        /// <summary>A value, in its channel's fixed point.</summary>
        internal int ValueOf(int number) => BlockOf(number)[PositionOf(number) + 1];

        /// <summary>A channel.</summary>
        internal Channel ChannelAt(int number) => _channels[number];

        private static int[] Allocate(int values)
        {
            try
            {
                return new int[(values + GroupValues - 1) / GroupValues * RecordLength];
            }
            catch (OutOfMemoryException)
            {
                return null;
            }
        }

        private void Add(Channel channel, int number)
        {
            int place = Newest % _capacity;
            int[] block = _blocks[place / BlockValues];
            if (block == null)
            {
                int left = _capacity - place;
                block = Allocate(left < BlockValues ? left : BlockValues);
                _blocks[place / BlockValues] = block;
                if (block == null)
                {
                    // The ring stays as large as it is; without any, nothing is kept.
                    _capacity = Newest;
                    if (!IsKept)
                    {
                        return;
                    }

                    place = 0;
                    block = _blocks[0];
                }
            }

            Newest++;
            int inBlock = place % BlockValues;
            int group = inBlock / GroupValues * RecordLength;
            int inGroup = inBlock % GroupValues;
            int at = group + (inGroup * 2);
            block[at] = (int)(channel.MeasuredAt / 1000);
            block[at + 1] = channel.Value;
            int shift = inGroup * 8;
            at = group + RecordLength - 1;
            block[at] = (block[at] & ~(byte.MaxValue << shift)) | (number << shift);
        }

        private int[] BlockOf(int number) => _blocks[(number - 1) % _capacity / BlockValues];

        private int PositionOf(int number)
        {
            int inBlock = (number - 1) % _capacity % BlockValues;
            return (inBlock / GroupValues * RecordLength) + (inBlock % GroupValues * 2);
        }

        private int NumberOf(Channel channel)
        {
            Channel[] channels = _channels;
            int count = ChannelCount;
            for (int i = 0; i < count; i++)
            {
                if (channels[i] == channel)
                {
                    return i;
                }
            }

            return Learn(channel);
        }

        // Another model in a slot brings new channels: rare, so that there may be room for few.
        private int Learn(Channel channel)
        {
            if (ChannelCount == MaxChannels)
            {
                return None;
            }

            if (ChannelCount == _channels.Length)
            {
                Channel[] more = new Channel[ChannelCount * 2];
                Array.Copy(_channels, more, ChannelCount);
                _channels = more;
            }

            _channels[ChannelCount] = channel;
            return ChannelCount++;
        }
    }
}
