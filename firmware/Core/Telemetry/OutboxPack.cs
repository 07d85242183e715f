using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Makes the oldest pack of the outbox into a message: all waiting readings with its number, each with its time
    /// relative to that of the first, or the oldest of them alone, as the format has it. Works on one buffer, however many
    /// readings wait.
    /// </summary>
    internal sealed class OutboxPack
    {
        private const int BufferSize = 1024;

        private readonly OutboxLog _log;
        private readonly ChannelTable _channels;
        private readonly SenmlPack _senml;
        private readonly IClock _clock;
        private readonly int _boot;
        private byte[] _buffer; // while it works with what is on flash
        private IReadingFormat _format;
        private int _most = int.MaxValue;
        private bool _hasBase;
        private long _base;
        private long _shift;
        private int _datedBoot = -1;
        private bool _isDated;
        private long _datedStart;

        internal OutboxPack(OutboxLog log, ChannelTable channels, SenmlPack senml, int boot, IClock clock)
        {
            _log = log;
            _channels = channels;
            _senml = senml;
            _boot = boot;
            _clock = clock;
            _format = new SenmlReadings(channels, senml);
        }

        /// <summary>Whether a message holds all readings of a pack; otherwise the oldest alone.</summary>
        internal bool HoldsMany => _most > 1;

        /// <summary>Chooses how readings are written from now on.</summary>
        /// <returns>False when they were written so before.</returns>
        internal bool Use(TelemetryFormat format)
        {
            bool isFlat = format == TelemetryFormat.Json;
            if (isFlat != HoldsMany)
            {
                return false;
            }

            _most = isFlat ? 1 : int.MaxValue;
            _format = isFlat ? new FlatReadings(_channels) : (IReadingFormat)new SenmlReadings(_channels, _senml);
            return true;
        }

        /// <summary>Writes the oldest pack.</summary>
        /// <param name="message">Receives it.</param>
        /// <param name="fresh">Frames that are not on flash, behind those that are.</param>
        /// <param name="number">The pack's number.</param>
        /// <param name="unreadable">Readings that could not be read and are gone.</param>
        /// <returns>How many readings are in it; 0 when none waits.</returns>
        internal int Write(OutgoingMessage message, WriteBackBuffer fresh, out int number, out int unreadable)
        {
            try
            {
                int length = FindHead(out unreadable);
                number = 0;
                if (length == 0 && fresh.Count == 0)
                {
                    return 0;
                }

                // Of a pack that is larger than the broker takes the first readings go, and the others in another message
                // with its number.
                int count = Write(message.Writer, fresh, length, _most, out number);
                while (count > 1 && message.Limit != int.MaxValue && !message.Fits(message.Writer.Length))
                {
                    count = Write(message.Writer, fresh, length, count - 1, out number);
                }

                return count;
            }
            finally
            {
                _buffer = null;
            }
        }

        private int Write(JsonWriter writer, WriteBackBuffer fresh, int length, int most, out int number)
        {
            byte[] first = length > 0 ? _buffer : fresh.At(0);
            number = OutboxRecord.SequenceOf(first, 0);
            writer.Clear();
            long seconds = Begin(writer, first, number);

            int count = 0;
            int at = 0;
            for (int size = length == 0 ? 0 : NextOf(number, at, length); size > 0 && count < most; size = NextOf(number, at, length))
            {
                _format.Write(writer, _buffer, at, size, SecondsOf(_buffer, at));
                at += size;
                count++;
            }

            if (count == _log.Count)
            {
                for (int i = 0; i < fresh.Count && count < most; i++)
                {
                    byte[] frame = fresh.At(i);
                    if (frame != first)
                    {
                        if (OutboxRecord.SequenceOf(frame, 0) != number)
                        {
                            break;
                        }

                        seconds = SecondsOf(frame, 0);
                    }

                    _format.Write(writer, frame, 0, frame.Length, seconds);
                    count++;
                }
            }

            _format.End(writer);
            return count;
        }

        /// <summary>Removes the oldest readings from flash.</summary>
        /// <param name="count">How many.</param>
        internal void Remove(int count)
        {
            byte[] buffer = count > 0 ? new byte[BufferSize] : null;
            while (count > 0)
            {
                int length = _log.Peek(buffer);
                int at = 0;
                for (int size = Frame.Check(buffer, at, length); size > 0 && count > 0; size = Frame.Check(buffer, at, length))
                {
                    _log.Remove(size, false);
                    at += size;
                    count--;
                }

                if (at == 0)
                {
                    return;
                }
            }
        }

        // The length of what was read from the oldest reading on; 0 when flash holds none.
        private int FindHead(out int unreadable)
        {
            unreadable = 0;
            while (_log.Count > 0)
            {
                _buffer ??= new byte[BufferSize];
                int length = _log.Peek(_buffer);
                int size = Frame.Check(_buffer, 0, length);
                if (size == 0)
                {
                    unreadable += _log.DropOldest();
                }
                else if (IsLost(0))
                {
                    _log.Remove(size, false);
                    unreadable++;
                }
                else if (OutboxRecord.FlagsOf(_buffer, 0) == OutboxRecord.TimeBase)
                {
                    _log.Remove(size, true);
                }
                else
                {
                    return length;
                }
            }

            return 0;
        }

        private int NextOf(int number, int at, int length)
        {
            int size = Frame.Check(_buffer, at, length);
            return size > 0 && OutboxRecord.SequenceOf(_buffer, at) == number && !IsLost(at) ? size : 0;
        }

        // A reading of a group of which nobody knows the channels any more.
        private bool IsLost(int at) => OutboxRecord.IsGroup(_buffer, at) && _channels.LayoutOf(_buffer[at + OutboxRecord.FirstValue]) == null;

        // The seconds of the first reading, as SecondsOf gives them.
        private long Begin(JsonWriter writer, byte[] first, int number)
        {
            // All readings of a pack are of one run, and all dated by it or none.
            long time = OutboxRecord.TimeOf(first, 0);
            bool isDated = TryGetShift(first, out _shift);
            _base = isDated ? time + _shift : _clock.Uptime / 1000;
            _hasBase = isDated || OutboxRecord.BootOf(first, 0) == _boot;
            ReadingTime known = isDated ? ReadingTime.Dated : _hasBase ? ReadingTime.Relative : ReadingTime.Unknown;
            _format.Begin(writer, number, known, _base);
            return _hasBase ? time + _shift - _base : 0;
        }

        // The offset from a reading's own time to epoch seconds.
        private bool TryGetShift(byte[] data, out long shift)
        {
            shift = 0;
            if ((OutboxRecord.FlagsOf(data, 0) & OutboxRecord.EpochTime) != 0)
            {
                return true;
            }

            int boot = OutboxRecord.BootOf(data, 0);
            if (boot == _boot && _clock.IsSynchronized)
            {
                shift = _clock.UtcSeconds - (_clock.Uptime / 1000);
                return true;
            }

            if (boot != _datedBoot)
            {
                _datedBoot = boot;
                _isDated = _log.TryGetStart(boot, out _datedStart);
            }

            shift = _datedStart;
            return _isDated;
        }

        private long SecondsOf(byte[] data, int at) => _hasBase ? OutboxRecord.TimeOf(data, at) + _shift - _base : 0;
    }
}
