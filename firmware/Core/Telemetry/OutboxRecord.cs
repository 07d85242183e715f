namespace Firmware.Telemetry
{
    /// <summary>
    /// One measurement as a frame of the outbox: number of its pack, time, and five bytes a value. The layout is part of
    /// what is on flash: a change needs another file name.
    /// </summary>
    internal static class OutboxRecord
    {
        /// <summary>Time is the epoch, not the uptime of a run.</summary>
        internal const byte EpochTime = 1;

        /// <summary>No reading: says what uptime 0 of a run was in epoch seconds, for its earlier readings.</summary>
        internal const byte TimeBase = 2;

        /// <summary>Values of a group: its number, a mask of its channels, then only the values.</summary>
        internal const byte Group = 4;

        internal const int MaxValues = 48;

        /// <summary>Where the first value stands in a frame: number of its channel, then the value as an integer.</summary>
        internal const int FirstValue = Frame.Overhead + 11;

        /// <summary>Bytes from a value to the next.</summary>
        internal const int ValueLength = 5;

        /// <summary>Where the first value of a group stands, behind number and mask.</summary>
        internal const int FirstOfGroup = FirstValue + 3;

        private const int SequenceAt = Frame.Overhead;
        private const int BootAt = SequenceAt + 4;
        private const int FlagsAt = BootAt + 2;
        private const int TimeAt = FlagsAt + 1;

        internal static int Length(int values) => FirstValue + (values * ValueLength);

        internal static int GroupLength(int values) => FirstOfGroup + (values * ReadingGroup.ValueLength);

        internal static byte[] Create(int sequence, int boot, byte flags, long time, int length)
        {
            byte[] frame = new byte[length];
            Frame.PutInt(frame, SequenceAt, sequence);
            frame[BootAt] = (byte)boot;
            frame[BootAt + 1] = (byte)(boot >> 8);
            frame[FlagsAt] = flags;
            Frame.PutInt(frame, TimeAt, (int)time);
            return frame;
        }

        internal static void Seal(byte[] frame) => Frame.Seal(frame, 0, frame.Length - Frame.Overhead);

        internal static int SequenceOf(byte[] data, int at) => Frame.GetInt(data, at + SequenceAt);

        internal static void SetSequence(byte[] frame, int sequence) => Frame.PutInt(frame, SequenceAt, sequence);

        internal static int BootOf(byte[] data, int at) => data[at + BootAt] | (data[at + BootAt + 1] << 8);

        internal static bool IsGroup(byte[] data, int at) => (data[at + FlagsAt] & Group) != 0;

        internal static int MaskOf(byte[] data, int at) => data[at + FirstValue + 1] | (data[at + FirstValue + 2] << 8);

        internal static byte FlagsOf(byte[] data, int at) => data[at + FlagsAt];

        /// <summary>Seconds; unsigned on flash, so that it lasts until 2106.</summary>
        internal static long TimeOf(byte[] data, int at) => (uint)Frame.GetInt(data, at + TimeAt);
    }
}
