using System;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Readings on their way to the broker. A reading leaves only when the broker has acknowledged it; what is not
    /// acknowledged within the write-back delay goes to flash and survives a restart. One pack is in flight at a time,
    /// oldest first, so order is kept; a pack that is sent again is the same and has the same number.
    /// </summary>
    public sealed partial class Outbox : MessageSource
    {
        /// <summary>Bytes of a pack, about: readings that wait share packs up to this size.</summary>
        public const int PackSize = 1000;

        private const int PackOverhead = 110;
        private const int RecordOverhead = 42;
        private const int Tries = 3; // of a write
        private const long WritePause = 2000; // before flash that takes nothing is tried again

        private readonly IClock _clock;
        private readonly Counters _counters;
        private readonly Sequence _sequence;
        private readonly OutboxLog _log;
        private readonly ChannelTable _channels;
        private readonly OutboxPack _pack;
        private readonly int _boot;
        private readonly WriteBackBuffer _fresh = new WriteBackBuffer();
        private int _openSequence;
        private bool _isDated;
        private bool _hasUndated;
        private int _inFlight;

        /// <summary>Opens the outbox as the last run left it.</summary>
        /// <param name="storage">Where it is kept.</param>
        /// <param name="clock">Time.</param>
        /// <param name="counters">Counts what had to be dropped, and writes that failed.</param>
        /// <param name="sequence">Numbers the packs.</param>
        /// <param name="senml">Writes what is common to all packs.</param>
        /// <param name="options">Capacity, write-back delay.</param>
        public Outbox(IStorage storage, IClock clock, Counters counters, Sequence sequence, SenmlPack senml, OutboxOptions options)
            : base(true, true)
        {
            _clock = clock;
            _counters = counters;
            _sequence = sequence;
            WriteBack = options.WriteBack;
            _channels = new ChannelTable(storage);
            _log = new OutboxLog(storage, _channels, options.Capacity);

            // Not the boot count: when that was lost, a run of the log would be taken for this one, and its readings be dated.
            _boot = (_log.LastBoot + 1) & 0xFFFF;
            sequence.SkipTo(_log.LastNumber + 1);
            _pack = new OutboxPack(_log, _channels, senml, _boot, clock);
            IsWaiting = Count > 0;
        }

        /// <summary>Topic of the packs.</summary>
        public string Topic;

        /// <summary>Readings that wait, those in flight included.</summary>
        public int Count => _log.Readings + _fresh.Count;

        /// <summary>
        /// Number and size of the pack that the next reading may still join, so that it can after a sleep; 0 without one.
        /// </summary>
        public int OpenSequence => Count > 0 && _clock.IsSynchronized ? _openSequence : 0;

        /// <summary>See <see cref="OpenSequence"/>.</summary>
        public int OpenSize;

        /// <summary>How full it is in percent.</summary>
        public int FullPercent => _log.FullPercent;

        /// <summary>Readings that are on flash and would survive a power cut.</summary>
        public int StoredCount => _log.Readings;

        /// <summary>Milliseconds in which a reading may be acknowledged without touching flash.</summary>
        public long WriteBack;

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        public long DueAt => _fresh.Count > 0 ? _fresh.Since + WriteBack : long.MaxValue;

        /// <summary>
        /// Chooses how readings are written from now on, those that wait included; SenML before the first call. In plain
        /// JSON a message holds one reading, and each reading taken from now on has a number of its own; those that were
        /// to share a pack keep their common number.
        /// </summary>
        /// <param name="format">The format.</param>
        public void Use(TelemetryFormat format)
        {
            if (_pack.Use(format))
            {
                _openSequence = 0;
            }
        }

        /// <summary>Goes on with the pack of the run before a sleep.</summary>
        /// <param name="sequence">See <see cref="OpenSequence"/>.</param>
        /// <param name="size">See <see cref="OpenSize"/>.</param>
        public void Continue(int sequence, int size)
        {
            // Only dated readings may share a pack with those of another run, and only the newest on flash can be joined.
            if (sequence != 0 && sequence == _log.NewestNumber && _clock.IsSynchronized)
            {
                _openSequence = sequence;
                OpenSize = size;
            }
        }

        /// <summary>Takes a measurement.</summary>
        /// <param name="channels">The channels; those that are worth sending are taken.</param>
        /// <param name="measuredAt">Uptime in milliseconds.</param>
        /// <returns>Whether there was anything to take.</returns>
        public bool Add(Channel[] channels, long measuredAt)
        {
            int values = 0;
            int size = 0;
            for (int i = 0; i < channels.Length && values < OutboxRecord.MaxValues; i++)
            {
                Channel channel = channels[i];
                if (channel.IsDueForReport)
                {
                    values++;
                    size += channel.TextLength + RecordOverhead;
                }
            }

            if (values == 0)
            {
                return false;
            }

            long now = _clock.Uptime;
            int length = OutboxRecord.Length(values);
            byte[] frame = CreateFrame(size, 0, measuredAt, now, length);
            Fill(frame, channels);
            Keep(frame, now);
            return true;
        }

        /// <summary>Takes a measurement of a group.</summary>
        /// <param name="group">The group, whose layout is kept.</param>
        /// <param name="values">Holds the values of its channels, see <see cref="ReadingGroup.ValueLength"/>.</param>
        /// <param name="from">Where the first begins.</param>
        /// <param name="mask">One bit for each channel whose value is taken.</param>
        /// <param name="now">Uptime in milliseconds, at which they were measured.</param>
        /// <returns>False when there was nothing to take, or no number is left for the group: what was measured is dropped then, and counted.</returns>
        public bool Add(ReadingGroup group, byte[] values, int from, int mask, long now)
        {
            int count = 0;
            for (int rest = mask; rest != 0; rest &= rest - 1)
            {
                count++;
            }

            int number = count == 0 ? ChannelTable.None : _channels.NumberOf(group);
            if (number == ChannelTable.None)
            {
                _counters.ReadingsDropped += count == 0 ? 0 : 1;
                return false;
            }

            int length = OutboxRecord.GroupLength(count);
            int size = group.Layout.Length + (count * (group.Name.Length + ReadingGroup.RecordOverhead));
            byte[] frame = CreateFrame(size, OutboxRecord.Group, now, now, length);
            frame[OutboxRecord.FirstValue] = (byte)number;
            frame[OutboxRecord.FirstValue + 1] = (byte)mask;
            frame[OutboxRecord.FirstValue + 2] = (byte)(mask >> 8);
            int at = OutboxRecord.FirstOfGroup;
            if (mask == (1 << count) - 1)
            {
                Array.Copy(values, from, frame, at, length - at);
                at = length;
            }

            for (; at < length; from += ReadingGroup.ValueLength, mask >>= 1)
            {
                if ((mask & 1) != 0)
                {
                    Array.Copy(values, from, frame, at, ReadingGroup.ValueLength);
                    at += ReadingGroup.ValueLength;
                }
            }

            Keep(frame, now);
            return true;
        }

        /// <summary>Does what time has made due: what was not acknowledged in time goes to flash.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Tick(long now)
        {
            Date();
            if (_fresh.Count > 0 && now - _fresh.Since >= WriteBack)
            {
                Flush();
            }
        }

        /// <summary>Puts everything on flash.</summary>
        public void Flush()
        {
            while (_fresh.Count > 0)
            {
                int written = _log.Append(_fresh);
                if (written == 0)
                {
                    if (!Write(_fresh.At(0)))
                    {
                        // Nothing can be written: what is in RAM stays there, until it is full.
                        _counters.StorageFaults++;
                        _fresh.Since = _clock.Uptime + (WriteBack < WritePause ? WritePause - WriteBack : 0);
                        return;
                    }

                    written = 1;
                }

                _fresh.Remove(written);
            }
        }

        /// <inheritdoc/>
        public override bool Encode(OutgoingMessage message)
        {
            if (Count == 0 || EchoBy != long.MaxValue)
            {
                return false;
            }

            message.Topic = Topic;
            _inFlight = _pack.Write(message, _fresh, out int number, out int unreadable);
            _counters.ReadingsDropped += unreadable;
            if (number == _openSequence)
            {
                // What is measured from now on belongs to another pack.
                _openSequence = 0;
            }

            if (_check != null)
            {
                _check.Length = message.Writer.Length;
            }

            IsWaiting = _inFlight == 0 && Count > 0;
            return _inFlight > 0;
        }

        /// <summary>The broker has the pack: its readings leave.</summary>
        public override void Acknowledged()
        {
            if (_check != null)
            {
                _check.EchoBy = _clock.Uptime + TelemetryCheck.EchoTime;
                IsWaiting = false;
                return;
            }

            RemoveSent();
        }

        private void RemoveSent()
        {
            int stored = _inFlight < _log.Readings ? _inFlight : _log.Readings;
            _pack.Remove(stored);
            _fresh.Remove(_inFlight - stored);
            Failed();
        }

        /// <inheritdoc/>
        public override void TooLarge()
        {
            _counters.ReadingsDropped += _inFlight;
            RemoveSent();
        }

        /// <summary>The pack is sent again.</summary>
        public override void Failed()
        {
            _inFlight = 0;
            IsWaiting = Count > 0;
        }

        private byte[] CreateFrame(int size, int flags, long measuredAt, long now, int length)
        {
            Date();

            // Readings that wait share a pack while it has not been sent, is not full, and lies in one segment of the log.
            if (_openSequence == 0 || OpenSize + size > PackSize || _fresh.Length + length > _log.Remaining)
            {
                _openSequence = _sequence.Take();
                OpenSize = _pack.HoldsMany ? PackOverhead : PackSize;
            }

            OpenSize += size;
            bool isDated = _isDated || _clock.IsSynchronized;
            _hasUndated = _hasUndated || !isDated;
            long time = isDated ? _clock.UtcSeconds - ((now - measuredAt) / 1000) : measuredAt / 1000;
            return OutboxRecord.Create(_openSequence, _boot, (byte)(isDated ? flags | OutboxRecord.EpochTime : flags), time, length);
        }

        private void Fill(byte[] frame, Channel[] channels)
        {
            int at = OutboxRecord.FirstValue;
            for (int i = 0; at < frame.Length; i++)
            {
                Channel channel = channels[i];
                if (channel.IsDueForReport)
                {
                    // A channel without a number gets 255, which none has.
                    frame[at] = (byte)_channels.NumberOf(channel);
                    Frame.PutInt(frame, at + 1, channel.Value);
                    at += OutboxRecord.ValueLength;
                }
            }
        }

        private void Keep(byte[] frame, long now)
        {
            if (_fresh.IsFull)
            {
                Flush();
            }

            if (_fresh.IsFull)
            {
                // Flash cannot be written: the oldest goes.
                _counters.ReadingsDropped++;
                _inFlight -= _inFlight > _log.Readings ? 1 : 0;
                _fresh.Remove(1);
            }

            _fresh.Add(frame, now);
            IsWaiting = true;
        }

        // The first time that the clock is right, readings of this run that lie on flash with its uptime are dated.
        private void Date()
        {
            if (_isDated || !_clock.IsSynchronized)
            {
                return;
            }

            if (Count > 0 && _hasUndated)
            {
                Flush();
                _openSequence = 0;
                long start = _clock.UtcSeconds - (_clock.Uptime / 1000);
                _isDated = Write(OutboxRecord.Create(0, _boot, OutboxRecord.TimeBase, start, OutboxRecord.Length(0)));
            }
            else
            {
                _isDated = true;
            }
        }

        // A write that fails leaves its segment: the second try begins another one. Two that fail in a row cost nothing yet.
        private bool Write(byte[] frame)
        {
            for (int i = 0; i < Tries; i++)
            {
                // The readings of a pack lie in one segment. What must go to another one becomes another pack.
                int number = OutboxRecord.SequenceOf(frame, 0);
                if (number != 0 && number == _log.NewestNumber && !_log.HasRoomFor(frame))
                {
                    if (_inFlight > _log.Readings)
                    {
                        return false;
                    }

                    Renumber();
                }

                // Only now: a reading that the broker gets in time needs no CRC.
                OutboxRecord.Seal(frame);
                bool isWritten = _log.Append(frame, out int dropped);
                _counters.ReadingsDropped += dropped;
                _inFlight = _inFlight > dropped ? _inFlight - dropped : 0;
                if (isWritten)
                {
                    return true;
                }
            }

            return false;
        }

        // The rest of a pack takes the number of the pack behind it, and so on: numbers rise in the order in which packs are
        // sent, without a gap. None of those behind was sent yet.
        private void Renumber()
        {
            int next = _sequence.Take();
            int last = 0;
            for (int i = _fresh.Count - 1; i >= 0; i--)
            {
                byte[] frame = _fresh.At(i);
                int number = OutboxRecord.SequenceOf(frame, 0);
                next = number == last || last == 0 ? next : last;
                last = number;
                OutboxRecord.SetSequence(frame, next);
            }

            _openSequence = 0;
        }
    }
}
