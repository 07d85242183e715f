namespace Firmware.Telemetry
{
    /// <content>Finds what the last run left.</content>
    internal sealed partial class OutboxLog
    {
        // Of storage that cannot list its files each name is tried. Gives the buffer that was used; null without a file.
        private byte[] Scan(string[] names)
        {
            byte[] buffer = null;
            int count = names == null ? MaxSegments : names.Length;
            for (int i = 0; i < count; i++)
            {
                int slot = names == null ? i : SlotNamed(names[i]);
                if (slot >= 0)
                {
                    buffer = buffer ?? new byte[SegmentSize];
                    Scan(slot, buffer);
                }
            }

            return buffer;
        }

        private static int SlotNamed(string name)
        {
            int slot = name.IndexOf(FilePrefix) == 0 && name.Length > FilePrefix.Length ? 0 : -1;
            for (int i = FilePrefix.Length; slot >= 0 && i < name.Length; i++)
            {
                int digit = name[i] - '0';
                slot = digit < 0 || digit > 9 ? -1 : (slot * 10) + digit;
                slot = slot < MaxSegments ? slot : -1;
            }

            return slot;
        }

        private void Scan(int slot, byte[] buffer)
        {
            int length = _storage.ReadAt(NameOf(slot), 0, buffer);
            if (length == 0)
            {
                return;
            }

            if (slot >= _numbers.Length)
            {
                Take(slot + 1);
            }

            int head = HeadOf(buffer, length);
            int frames = head == 0 ? 0 : CountFrames(buffer, head, length, out _, out _marks[slot]);
            if (frames == 0)
            {
                _storage.Delete(NameOf(slot));
                return;
            }

            int number = Frame.GetInt(buffer, NumberAt);
            _numbers[slot] = number;
            _heads[slot] = head;
            _frames[slot] = frames;
            Count += frames;
            Readings += frames - _marks[slot];
            _newest = number > _newest ? number : _newest;
            _oldest = _oldest == 0 || number < _oldest ? number : _oldest;
        }

        // Length of the head; 0 when it is damaged.
        private int HeadOf(byte[] buffer, int length)
        {
            int head = buffer[HeadLengthAt] | (buffer[HeadLengthAt + 1] << 8);
            return length > ChannelsAt && head >= ChannelsAt && head <= length
                && Frame.GetInt(buffer, 0) == (int)Crc32.Of(buffer, CrcLength, head - CrcLength)
                && Frame.GetInt(buffer, NumberAt) > 0 && _channels.Read(buffer, ChannelsAt, head, out _)
                ? head : 0;
        }

        private int CountFrames(byte[] buffer, int from, int length, out int end, out int marks)
        {
            int frames = 0;
            marks = 0;
            end = from;
            int size;
            while ((size = Frame.Check(buffer, end, length)) > 0)
            {
                int number = OutboxRecord.SequenceOf(buffer, end);
                LastNumber = number > LastNumber ? number : LastNumber;
                LastBoot = OutboxRecord.BootOf(buffer, end);
                marks += OutboxRecord.FlagsOf(buffer, end) == OutboxRecord.TimeBase ? 1 : 0;
                end += size;
                frames++;
            }

            return frames;
        }
    }
}
