using Firmware.Platform;

namespace Firmware.Telemetry
{
    /// <summary>
    /// A first-in first-out log of frames on flash, in a ring of small files (segments). Only the newest segment is
    /// appended to, a segment is deleted when all in it has gone, and nothing is ever rewritten. A power cut can tear
    /// only the frame that is being written: at the next start it is not whole, and its segment is not appended to again.
    /// A segment begins with a CRC-32 of the rest of its head, the length of the head, its number, and the channels that its
    /// frames name.
    /// </summary>
    internal sealed partial class OutboxLog
    {
        internal const int SegmentSize = 2048;

        private const string FilePrefix = "out";
        private const int CrcLength = 4;
        private const int HeadLengthAt = CrcLength;
        private const int NumberAt = HeadLengthAt + 2;
        private const int ChannelsAt = NumberAt + 4;
        private const int MaxSegments = 64;
        private const int Spare = 2; // segments whose room is left to other files on full flash
        private const int FewSegments = 5;
        private const int MostCutShort = 3;
        private const int Inline = 512; // bytes that a file may have without a block of its own

        private readonly IStorage _storage;
        private readonly ChannelTable _channels;
        private readonly int _most; // segments that are asked for
        private int _segments; // how many may be there: fewer once flash was full, until all is sent
        private int[] _numbers = new int[0]; // 0: no segment there; grows with the slots that are used
        private int[] _frames = new int[0];
        private int[] _marks = new int[0]; // of the frames: time bases, which are no readings
        private int[] _heads = new int[0]; // length of the head
        private long _known; // channels in the head of the newest segment, one bit each
        private bool _dropHelps = true;
        private int _cutShort; // how often in a row a segment could not begin, or not grow when it just had: a sign of full flash
        private int _oldest;
        private int _newest;
        private int _newestLength = SegmentSize;
        private int _headOffset;

        /// <summary>Opens the log as the last run left it.</summary>
        internal OutboxLog(IStorage storage, ChannelTable channels, int capacity)
        {
            _storage = storage;
            _channels = channels;
            _most = capacity / SegmentSize;
            _segments = _most;
            byte[] buffer = Scan(storage.List());
            if (_newest != 0)
            {
                int slot = SlotOf(_newest);
                int length = storage.ReadAt(NameOf(slot), 0, buffer);
                CountFrames(buffer, _heads[slot], length, out int end, out _);
                channels.Read(buffer, ChannelsAt, _heads[slot], out _known);
                channels.Used = _known;
                _newestLength = end == length ? end : SegmentSize;
                NewestNumber = LastNumber;
                _headOffset = _heads[SlotOf(_oldest)];
            }
        }

        /// <summary>What uptime 0 of an earlier run was in epoch seconds. Reads through the whole log.</summary>
        /// <param name="boot">The run.</param>
        /// <param name="start">Epoch seconds.</param>
        /// <returns>False when that run never knew.</returns>
        internal bool TryGetStart(int boot, out long start)
        {
            start = 0;
            byte[] buffer = new byte[SegmentSize];
            for (int slot = 0; slot < _numbers.Length; slot++)
            {
                int length = _marks[slot] == 0 ? 0 : _storage.ReadAt(NameOf(slot), 0, buffer);
                int at = _heads[slot];
                int size;
                while ((size = Frame.Check(buffer, at, length)) > 0)
                {
                    if (OutboxRecord.FlagsOf(buffer, at) == OutboxRecord.TimeBase && OutboxRecord.BootOf(buffer, at) == boot)
                    {
                        start = OutboxRecord.TimeOf(buffer, at);
                        return true;
                    }

                    at += size;
                }
            }

            return false;
        }

        /// <summary>Frames that wait.</summary>
        internal int Count;

        /// <summary>Readings that wait: frames that are no time bases.</summary>
        internal int Readings;

        /// <summary>The largest number of a pack that was found at the start.</summary>
        internal int LastNumber;

        /// <summary>Number of the pack that the frame appended last belongs to; 0 before the first.</summary>
        internal int NewestNumber;

        /// <summary>Number of the run that had appended last when the log was opened; 0 when it was empty.</summary>
        internal int LastBoot;

        /// <summary>Bytes that can be appended before another segment begins.</summary>
        internal int Remaining => SegmentSize - _newestLength;

        /// <summary>Whether a frame can be appended before another segment begins.</summary>
        internal bool HasRoomFor(byte[] frame) => frame.Length <= Remaining && (_channels.Used & ~_known) == 0;

        /// <summary>Appends a frame. When there is no room, the oldest segment goes.</summary>
        /// <param name="frame">The frame.</param>
        /// <param name="dropped">How many frames had to go.</param>
        /// <returns>False when it could not be written.</returns>
        internal bool Append(byte[] frame, out int dropped)
        {
            dropped = 0;
            if (HasRoomFor(frame))
            {
                if (_storage.Append(NameOf(SlotOf(_newest)), frame, frame.Length))
                {
                    return Added(frame);
                }

                CutShort();
            }

            // The beginning of a segment takes no block of its own, so that it succeeds on full flash too: the next write tells.
            bool mayDrop = Count > 0 && _dropHelps;
            return ((_cutShort < MostCutShort || !mayDrop) && Begin(frame, ref dropped))
                || (++_cutShort >= MostCutShort && mayDrop && BeginAfterDrop(frame, ref dropped));
        }

        /// <summary>Appends the oldest frames in one write, as many as fit into the newest segment: flash wears with each write.</summary>
        /// <param name="fresh">The frames.</param>
        /// <returns>How many were appended: fewer when the write failed in part; 0 when this is not possible.</returns>
        internal int Append(WriteBackBuffer fresh)
        {
            int room = Remaining < WriteBackBuffer.Bytes ? Remaining : WriteBackBuffer.Bytes;
            int count = 0;
            int length = 0;
            while (count < fresh.Count && length + fresh.At(count).Length <= room)
            {
                length += fresh.At(count++).Length;
            }

            if (count == 0 || !HasRoomFor(fresh.At(0)))
            {
                return 0;
            }

            byte[] all = new byte[length];
            int at = 0;
            for (int i = 0; i < count; i++)
            {
                byte[] frame = fresh.At(i);
                OutboxRecord.Seal(frame);
                frame.CopyTo(all, at);
                at += frame.Length;
            }

            string name = NameOf(SlotOf(_newest));
            bool isWritten = _storage.Append(name, all, length);
            if (!isWritten)
            {
                // All of it may be there: what is once more in another segment would be sent twice after a restart.
                length = _storage.ReadAt(name, _newestLength, all);
            }

            int done = 0;
            for (at = 0; done < count && (isWritten || Frame.Check(all, at, length) != 0); done++)
            {
                byte[] frame = fresh.At(done);
                at += frame.Length;
                Added(frame);
            }

            if (done < count)
            {
                CutShort();
            }

            return done;
        }

        /// <summary>How much of its segments are there, in percent.</summary>
        internal int FullPercent => _newest == 0 ? 0 : (_newest - _oldest + 1) * 100 / _segments;

        /// <summary>Reads frames from the oldest on: as many bytes as fit; frames of one segment only.</summary>
        /// <param name="buffer">Receives them.</param>
        /// <returns>How many bytes.</returns>
        internal int Peek(byte[] buffer) => Count == 0 ? 0 : _storage.ReadAt(NameOf(SlotOf(_oldest)), _headOffset, buffer);

        /// <summary>Removes the oldest frame.</summary>
        /// <param name="length">Its length, as read.</param>
        /// <param name="isMark">Whether it is a time base.</param>
        internal void Remove(int length, bool isMark)
        {
            int slot = SlotOf(_oldest);
            _headOffset += length;
            _frames[slot]--;
            _marks[slot] -= isMark ? 1 : 0;
            Count--;
            Readings -= isMark ? 0 : 1;
            if (_frames[slot] == 0)
            {
                DeleteOldest();
            }
        }

        /// <summary>Gives up the oldest segment: what is in it cannot be read.</summary>
        /// <returns>How many readings are gone.</returns>
        internal int DropOldest()
        {
            int slot = SlotOf(_oldest);
            int dropped = _frames[slot] - _marks[slot];
            Count -= _frames[slot];
            Readings -= dropped;
            DeleteOldest();
            return dropped;
        }

        private void Take(int slots)
        {
            int[] numbers = new int[slots];
            int[] frames = new int[slots];
            int[] marks = new int[slots];
            int[] heads = new int[slots];
            _numbers.CopyTo(numbers, 0);
            _frames.CopyTo(frames, 0);
            _marks.CopyTo(marks, 0);
            _heads.CopyTo(heads, 0);
            _numbers = numbers;
            _frames = frames;
            _marks = marks;
            _heads = heads;
        }

        private static string NameOf(int slot) => FilePrefix + slot;

        private int SlotOf(int number)
        {
            for (int slot = 0; slot < _numbers.Length; slot++)
            {
                if (_numbers[slot] == number)
                {
                    return slot;
                }
            }

            return 0;
        }

        // A write has failed, perhaps in the middle of a frame: the next one begins another segment.
        private void CutShort()
        {
            _cutShort = _newestLength <= Inline ? _cutShort + 1 : 0;
            _newestLength = SegmentSize;
        }

        private bool Added(byte[] frame)
        {
            bool isMark = OutboxRecord.FlagsOf(frame, 0) == OutboxRecord.TimeBase;
            int slot = SlotOf(_newest);
            _newestLength += frame.Length;
            _cutShort = _newestLength <= Inline ? _cutShort : 0;
            _frames[slot]++;
            _marks[slot] += isMark ? 1 : 0;
            Count++;
            Readings += isMark ? 0 : 1;
            NewestNumber = OutboxRecord.SequenceOf(frame, 0);
            _dropHelps = true;
            return true;
        }

        private bool BeginAfterDrop(byte[] frame, ref int dropped)
        {
            // Storage that fails as a whole must not cost what is on it; full storage gives room when the oldest goes.
            if (!_storage.Delete(NameOf(SlotOf(_oldest))))
            {
                return false;
            }

            dropped += DropOldest();
            bool isMany = _newest - _oldest >= FewSegments;
            for (int i = 0; isMany && _oldest != _newest && i < Spare; i++)
            {
                dropped += DropOldest();
            }

            _dropHelps = Begin(frame, ref dropped);
            if (_dropHelps && isMany)
            {
                // From now on the oldest goes before flash is full.
                _segments = _newest - _oldest + 1;
                _cutShort = 0;
            }

            return _dropHelps;
        }

        // Head and first frame are one write.
        private bool Begin(byte[] frame, ref int dropped)
        {
            int slot = FreeSlot();
            while (slot < 0)
            {
                dropped += DropOldest();
                slot = FreeSlot();
            }

            int head = ChannelsAt + _channels.UsedLength;
            byte[] first = new byte[head + frame.Length];
            _channels.Write(first, ChannelsAt);
            first[HeadLengthAt] = (byte)head;
            first[HeadLengthAt + 1] = (byte)(head >> 8);
            Frame.PutInt(first, NumberAt, _newest + 1);
            Frame.PutInt(first, 0, (int)Crc32.Of(first, CrcLength, head - CrcLength));
            System.Array.Copy(frame, 0, first, head, frame.Length);
            if (!_storage.Delete(NameOf(slot)) || !_storage.Append(NameOf(slot), first, first.Length))
            {
                return false;
            }

            if (slot >= _numbers.Length)
            {
                Take(slot + 1);
            }

            _newest++;
            _numbers[slot] = _newest;
            _frames[slot] = 0;
            _marks[slot] = 0;
            _heads[slot] = head;
            _known = _channels.Used;
            _newestLength = head;
            if (Count == 0)
            {
                _oldest = _newest;
                _headOffset = head;
            }

            return Added(frame);
        }

        // -1 when as many segments are there as may be.
        private int FreeSlot()
        {
            int free = _numbers.Length;
            int used = 0;
            for (int slot = free - 1; slot >= 0; slot--)
            {
                if (_numbers[slot] == 0)
                {
                    free = slot;
                }
                else
                {
                    used++;
                }
            }

            return used < _segments ? free : -1;
        }

        private void DeleteOldest()
        {
            int slot = SlotOf(_oldest);
            _storage.Delete(NameOf(slot));
            _numbers[slot] = 0;
            _frames[slot] = 0;
            _marks[slot] = 0;
            if (_oldest == _newest)
            {
                _newestLength = SegmentSize;
                _cutShort = 0;
                _segments = _most;
            }

            _oldest = NextAfter(_oldest);
            _headOffset = _heads[SlotOf(_oldest)];
        }

        private int NextAfter(int number)
        {
            int next = _newest;
            for (int slot = 0; slot < _numbers.Length; slot++)
            {
                int candidate = _numbers[slot];
                if (candidate > number && candidate < next)
                {
                    next = candidate;
                }
            }

            return next;
        }
    }
}
