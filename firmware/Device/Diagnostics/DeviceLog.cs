using System;
using System.Text;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Diagnostics
{
    /// <summary>
    /// The last lines of the log in RAM, bounded in bytes and in lines; the oldest go. Lines to publish wait
    /// in it, a few of them. The bytes are taken as lines come. For the thread of the loop alone.
    /// </summary>
    public sealed class DeviceLog : MessageSource, ILog
    {
        /// <summary>Lines that are kept at most.</summary>
        public const int MaxLines = 64;

        /// <summary>Characters of a line that are kept.</summary>
        public const int MaxText = 160;

        /// <summary>Lines that wait to be published at most; when more come, the oldest of them are not.</summary>
        public const int MaxWaiting = 8;

        // After the memory ran out: room for what is said about it.
        private const int ShedCapacity = 512;

        private const int Step = 256;

        // A line is its level, its seconds of uptime, the length of its text in two bytes, its text.
        private const int SecondsAt = 1;
        private const int SizeAt = 5;
        private const int TextAt = 7;
        private const byte LevelBits = 0x7F;
        private const byte Waits = 0x80; // beside the level: to be published
        private const int MaxLine = 1024;

        private readonly IClock _clock;
        private int _capacity;
        private byte[] _data;
        private int _used;
        private int _waiting;
        private int _shown; // number of what Peek gave

        /// <summary>Creates an empty log.</summary>
        /// <param name="clock">Dates the lines.</param>
        /// <param name="capacity">Bytes, the setting <c>log.size</c>; with 0 nothing is kept and nothing published.</param>
        public DeviceLog(IClock clock, int capacity)
            : base(true, true)
        {
            _clock = clock;
            _capacity = capacity;
        }

        /// <summary>Least level that is published, the setting <c>log.level</c>. May be changed at any time.</summary>
        public LogLevel Published;

        /// <summary>How many lines there are.</summary>
        public int Count;

        /// <summary>Number of the oldest line that is there; the first line of a run is 1.</summary>
        public int First = 1;

        /// <summary>With the topic of the lines, which is made when one is published.</summary>
        internal Topics Topics;

        /// <summary>Lines of this run that were dropped before they were published.</summary>
        public int Lost;

        /// <summary>Whether lines of a level are kept: debug only while it is published, the others always.</summary>
        /// <param name="level">The level.</param>
        /// <returns>True when they are.</returns>
        public bool Keeps(LogLevel level) =>
            level != LogLevel.Off && _capacity > 0 && (level <= LogLevel.Information || level <= Published);

        /// <inheritdoc/>
        public void Write(LogLevel level, string text)
        {
            if (!Keeps(level))
            {
                return;
            }

            try
            {
                Add(level, Encoding.UTF8.GetBytes(OneLine.Of(text, MaxText)));
            }
            catch (Exception)
            {
                // No memory for it: the report of a failure must not fail.
                Lost += level <= Published ? 1 : 0;
            }
        }

        /// <inheritdoc/>
        public override bool Encode(OutgoingMessage message)
        {
            message.Topic = Topics.Log;
            message.Payload = Peek();
            return message.Payload != null;
        }

        /// <inheritdoc/>
        public override void Acknowledged()
        {
            Remove();
            IsWaiting = _waiting > 0;
        }

        /// <inheritdoc/>
        public override void Failed() => IsWaiting = _waiting > 0;

        /// <summary>The next line to publish.</summary>
        /// <returns>A JSON object with <c>n</c>, <c>level</c>, <c>time</c> or <c>uptime</c>, <c>text</c>; null without one.</returns>
        public byte[] Peek()
        {
            if (_waiting == 0)
            {
                return null;
            }

            int at = FirstWaiting(out _shown);
            JsonWriter writer = new JsonWriter(128, MaxLine);
            WriteLine(writer, at, _shown);
            return writer.ToArray();
        }

        /// <summary>The line of the last <see cref="Peek"/> was published; does nothing if it was dropped since.</summary>
        public void Remove()
        {
            if (_waiting > 0)
            {
                int at = FirstWaiting(out int number);
                if (number == _shown)
                {
                    Forget(at);
                }
            }
        }

        /// <summary>Gives its memory back, because there is too little: the lines go, and from now on few are kept.</summary>
        public void Release()
        {
            Lost += _waiting;
            _waiting = 0;
            IsWaiting = false;
            First += Count;
            Count = 0;
            _used = 0;
            _data = null;
            _capacity = _capacity < ShedCapacity ? _capacity : ShedCapacity;
        }

        /// <summary>Where the lines begin, the oldest first; that of line n is at n - <see cref="First"/>.</summary>
        internal int[] Starts()
        {
            int[] starts = new int[Count];
            int at = 0;
            for (int i = 0; i < starts.Length; i++)
            {
                starts[i] = at;
                at += LengthAt(at);
            }

            return starts;
        }

        /// <summary>How grave the line is that begins there.</summary>
        internal LogLevel LevelAt(int at) => (LogLevel)(_data[at] & LevelBits);

        /// <summary>
        /// Writes <c>{"n":12,"level":"warning","time":1795366425,"text":"…"}</c>; <c>uptime</c> in seconds replaces
        /// <c>time</c> while the clock is not synchronized. At most 560 bytes.
        /// </summary>
        internal void WriteLine(JsonWriter writer, int at, int number)
        {
            int length = LengthAt(at) - TextAt;
            long uptime = (uint)Frame.GetInt(_data, at + SecondsAt);
            bool isDated = _clock.IsSynchronized;
            writer.BeginObject();
            writer.Member("n", number);
            writer.Member("level", LogLevelName.Of(LevelAt(at)));
            writer.Member(isDated ? "time" : "uptime", isDated ? _clock.UtcSeconds - (_clock.Uptime / 1000) + uptime : uptime);
            writer.Member("text", length == 0 ? string.Empty : Encoding.UTF8.GetString(_data, at + TextAt, length));
            writer.EndObject();
        }

        private void Add(LogLevel level, byte[] text)
        {
            int length = TextAt + text.Length;
            bool waits = level <= Published;
            if (length > _capacity)
            {
                Lost += waits ? 1 : 0;
                return;
            }

            MakeRoom(length);
            Grow(_used + length);
            if (waits && _waiting == MaxWaiting)
            {
                Forget(FirstWaiting(out _));
                Lost++;
            }

            int at = _used;
            _data[at] = (byte)((int)level | (waits ? Waits : 0));
            Frame.PutInt(_data, at + SecondsAt, (int)(_clock.Uptime / 1000));
            _data[at + SizeAt] = (byte)text.Length;
            _data[at + SizeAt + 1] = (byte)(text.Length >> 8);
            Array.Copy(text, 0, _data, at + TextAt, text.Length);
            _used += length;
            _waiting += waits ? 1 : 0;
            IsWaiting = _waiting > 0;
            Count++;
        }

        // The oldest lines go; the others move up, which is one native copy.
        private void MakeRoom(int length)
        {
            int gone = 0;
            while (Count > 0 && (Count == MaxLines || _used - gone + length > _capacity))
            {
                if ((_data[gone] & Waits) != 0)
                {
                    _waiting--;
                    Lost++;
                }

                gone += LengthAt(gone);
                First++;
                Count--;
            }

            if (gone > 0)
            {
                _used -= gone;
                Array.Copy(_data, gone, _data, 0, _used);
            }
        }

        private void Grow(int length)
        {
            if (_data != null && length <= _data.Length)
            {
                return;
            }

            byte[] data = new byte[length + Step < _capacity ? length + Step : _capacity];
            if (_data != null)
            {
                Array.Copy(_data, data, _used);
            }

            _data = data;
        }

        private int FirstWaiting(out int number)
        {
            int at = 0;
            number = First;
            while ((_data[at] & Waits) == 0)
            {
                at += LengthAt(at);
                number++;
            }

            return at;
        }

        private void Forget(int at)
        {
            _data[at] &= LevelBits;
            _waiting--;
            IsWaiting = _waiting > 0;
        }

        private int LengthAt(int at) => TextAt + _data[at + SizeAt] + (_data[at + SizeAt + 1] << 8);
    }
}
