using System;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Sleep
{
    /// <summary>
    /// State that survives a deep sleep: one small file, written once a cycle right before the sleep. It is replaced
    /// atomically, so that a power cut leaves that of the cycle before. When it cannot be read, all channels publish once.
    /// </summary>
    /// <remarks>
    /// The file takes about 130 bytes with three channels and 450 with sixteen: 37 KB a day at an interval of 5 minutes. On
    /// littlefs (256 KB in blocks of 4 KB, 100 000 erases each) a replacement takes at most two erases: 576 a day, spread
    /// over 64 blocks, last 30 years. Plain data is in fields: each property would take two more methods.
    /// </remarks>
    public sealed class WakeRecord
    {
        /// <summary>Rows that are stored: one for a channel, one for its window, one for its median. Channels beyond publish after each wake.</summary>
        public const int MaxChannels = 16;

        /// <summary>A time that is not known.</summary>
        public const long UnknownTime = -1;

        private const string File = "wake";
        private const int Meters = 15;
        private const int Drifts = Meters + WakeContext.MeterSize;
        private const int Backoffs = Drifts + SleepDrift.Size;
        private const int Energies = Backoffs + RadioBackoff.Size;
        private const int Channels = Energies + EnergyTotals.Size;
        private const int MaxNumbers = Channels + (MaxChannels * ChannelMemory.Size);

        // A pin that wakes again and again, as a contact that chatters or a wire that catches noise: so many wakes in a row,
        // then one in so many milliseconds. Each uses the radio.
        private const int PinBurst = 8;
        private const long PinInterval = 300000;

        private long[] _rows = new long[0];
        private int _rowCount;
        private long _slept = long.MaxValue;

        /// <summary>Has further rows; null without it.</summary>
        internal IAggregation Aggregation;

        private WakeRecord()
        {
        }

        /// <summary>Whether there was no valid file.</summary>
        public bool IsFresh = true;

        /// <summary>Cycles completed.</summary>
        public long Cycle;

        /// <summary>Number of the last run.</summary>
        public int BootCount;

        /// <summary>UTC in milliseconds at which the sleep began, by the clock at that time.</summary>
        public long SleptAt;

        /// <summary>Whether that clock was ever set from the network.</summary>
        public bool IsSynchronized;

        /// <summary>UTC in milliseconds for which the wake was planned.</summary>
        public long PlannedAt;

        /// <summary>Nominal milliseconds that the sleep timer was set to.</summary>
        public long Requested;

        /// <summary>Wakes since the broker was last reached.</summary>
        public int WakesSinceRadio;

        /// <summary>Number of the next telemetry pack.</summary>
        public int NextSequence;

        /// <summary>The first pack number that is not reserved, to continue with when this record may be an old one.</summary>
        public int SequenceEnd;

        /// <summary>Number of the pack that the next reading may still join; 0 without one.</summary>
        public int OpenSequence;

        /// <summary>Bytes of that pack.</summary>
        public int OpenSize;

        /// <summary>UTC in milliseconds at which the broker was last reached; 0: never; <see cref="UnknownTime"/> when the clock was not set.</summary>
        public long MailboxAt;

        /// <summary>UTC in milliseconds at which the clock was last set from the network; 0: never.</summary>
        public long SyncedAt;

        /// <summary>State of the battery.</summary>
        public BatteryState Battery;

        /// <summary>1 when the run found no sensor and has reported it.</summary>
        public int LostSensors;

        /// <summary>Whether telemetry reaches subscribers: one of the values in <see cref="WakeContext"/>.</summary>
        public int Telemetry;

        /// <summary>Milliseconds for which the wakes of the pin so far are enough, those of the burst included.</summary>
        internal long PinDebt;

        /// <summary>Milliseconds for which the pin does not end a sleep; 0 when it does.</summary>
        internal long PinPause => PinDebt > PinBurst * PinInterval ? PinDebt - (PinBurst * PinInterval) : 0;

        /// <summary>See <see cref="WakeContext.Meter"/>.</summary>
        internal readonly long[] Meter = new long[WakeContext.MeterSize];

        /// <summary>Drift of the sleep timer.</summary>
        public readonly SleepDrift Drift = new SleepDrift();

        /// <summary>Failed attempts to reach the broker.</summary>
        public readonly RadioBackoff Backoff = new RadioBackoff();

        /// <summary>Charge of the cycles.</summary>
        public readonly EnergyTotals Energy = new EnergyTotals();

        /// <summary>Reads the record.</summary>
        /// <param name="storage">Has the file.</param>
        /// <returns>The record of the cycle before, or a new one.</returns>
        public static WakeRecord Load(IStorage storage)
        {
            WakeRecord record = new WakeRecord();
            byte[] file = storage.Read(File);
            long[] numbers = new long[MaxNumbers];
            int count = file == null ? 0 : WakeRecordFile.Decode(file, numbers);
            if (count >= Channels && (count - Channels) % ChannelMemory.Size == 0)
            {
                record.Take(numbers, count);
            }

            return record;
        }

        /// <summary>Writes the record.</summary>
        /// <param name="storage">Receives the file.</param>
        /// <returns>False when it cannot be written: the old file stays.</returns>
        public bool Save(IStorage storage)
        {
            int rows = _rowCount * ChannelMemory.Size;
            long[] numbers = new long[Channels + rows];
            numbers[0] = Cycle;
            numbers[1] = BootCount;
            numbers[2] = SleptAt;
            numbers[3] = (Telemetry << 1) | (IsSynchronized ? 1 : 0);
            numbers[4] = PlannedAt;
            numbers[5] = Requested;
            numbers[6] = WakesSinceRadio;
            numbers[7] = NextSequence;
            numbers[8] = SequenceEnd;
            numbers[9] = MailboxAt;
            numbers[10] = SyncedAt;
            numbers[11] = ((long)LostSensors << 2) | (long)Battery;
            numbers[12] = OpenSequence;
            numbers[13] = OpenSize;
            numbers[14] = PinDebt;
            Meter.CopyTo(numbers, Meters);
            Drift.Save(numbers, Drifts);
            Backoff.Save(numbers, Backoffs);
            Energy.Save(numbers, Energies);
            Array.Copy(_rows, 0, numbers, Channels, rows);
            return storage.Replace(File, WakeRecordFile.Encode(numbers));
        }

        /// <summary>Restores the channels. Call it before the first measurement of a wake.</summary>
        /// <param name="channels">All channels.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="slept">Duration of the sleep in milliseconds; <see cref="long.MaxValue"/> when it is not known.</param>
        public void Recall(Channel[] channels, long now, long slept)
        {
            _slept = slept;
            long time = slept < long.MaxValue - now ? slept + now : long.MaxValue;
            for (int i = 0; i < channels.Length; i++)
            {
                int at = Find(_rows, _rowCount, ChannelMemory.KeyOf(channels[i]));
                if (at >= 0)
                {
                    ChannelMemory.Load(_rows, at, channels[i], now, time);
                    if (Aggregation != null)
                    {
                        Aggregation.Load(_rows, _rowCount, channels[i], now, time);
                    }
                }
            }
        }

        /// <summary>Stores the channels. Those that are absent in this wake keep what was stored before.</summary>
        /// <param name="channels">All channels.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Remember(Channel[] channels, long now)
        {
            long[] rows = new long[MaxChannels * ChannelMemory.Size];
            int count = 0;
            for (int i = 0; i < channels.Length && count < MaxChannels; i++)
            {
                ChannelMemory.Save(rows, count * ChannelMemory.Size, channels[i], now);
                count++;
                if (Aggregation != null)
                {
                    count = Aggregation.Save(rows, count, channels[i], now);
                }
            }

            long time = _slept < long.MaxValue - now ? _slept + now : long.MaxValue;
            int present = count;
            bool isAbsent = false;
            for (int i = 0; i < _rowCount && count < MaxChannels; i++)
            {
                int from = i * ChannelMemory.Size;
                long key = _rows[from];
                isAbsent = ChannelMemory.IsFirst(key) ? Find(rows, present, key) < 0 : isAbsent;
                if (isAbsent && !ChannelMemory.IsOfPresent(key))
                {
                    int to = count++ * ChannelMemory.Size;
                    Array.Copy(_rows, from, rows, to, ChannelMemory.Size);
                    ChannelMemory.Age(rows, to, time);
                }
            }

            _rows = rows;
            _rowCount = count;
        }

        /// <summary>Keeps what was stored: no sensor was looked for in this wake.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        internal void Keep(long now)
        {
            long time = _slept < long.MaxValue - now ? _slept + now : long.MaxValue;
            for (int at = 0; at < _rowCount * ChannelMemory.Size; at += ChannelMemory.Size)
            {
                if (!ChannelMemory.IsOfPresent(_rows[at]))
                {
                    ChannelMemory.Age(_rows, at, time);
                }
            }
        }

        /// <summary>Computes the time since the broker was last reached; without a clock, from the number of wakes.</summary>
        /// <param name="clock">The clock.</param>
        /// <param name="interval">Seconds from one wake to the next.</param>
        /// <returns>Milliseconds; -1 when the broker was never reached.</returns>
        public long SinceMailbox(IClock clock, int interval) => MailboxAt == 0 ? -1
            : MailboxAt > 0 && clock.IsSynchronized ? clock.UtcMilliseconds - MailboxAt
            : WakesSinceRadio * interval * 1000L;

        /// <summary>Sets the clock as far as the sleep is known. Call it before anything is dated.</summary>
        /// <param name="clock">The clock.</param>
        /// <param name="wake">How this run began.</param>
        /// <returns>Milliseconds that the sleep took; <see cref="long.MaxValue"/> when that is not known.</returns>
        public long SetClock(IClock clock, WakeContext wake)
        {
            if (!wake.IsSleepEnd)
            {
                // Nothing can be learned before the next synchronization. A restart keeps the clock, a power cut does not.
                Drift.Interrupt(0);
                IsSynchronized = clock.IsSynchronized;
                PinDebt = 0;
                return long.MaxValue;
            }

            long nominal = Requested;
            bool isMeasured = true;
            if (wake.IsPin)
            {
                // The clock of the chip continues with the oscillator of the sleep, where the platform keeps it.
                long counted = clock.UtcMilliseconds - clock.Uptime - SleptAt;
                bool isCounted = clock.IsSynchronized && IsSynchronized && counted >= 0 && counted <= nominal + (nominal / 10) + 1000;
                if (!isCounted)
                {
                    Drift.Interrupt(Drift.Elapsed(nominal));
                }

                isMeasured = isCounted;
                nominal = isCounted ? counted : nominal / 2;
            }

            Drift.Add(nominal);
            long slept = Drift.Elapsed(nominal);

            // What is not known may have been no time at all.
            PassPin(isMeasured ? slept : 0);
            if (wake.IsPin)
            {
                PinDebt = PinDebt > PinBurst * PinInterval ? (PinBurst + 1) * PinInterval : PinDebt + PinInterval;
            }

            if (IsSynchronized)
            {
                clock.SetUtc(SleptAt + slept + clock.Uptime, false);
            }

            return slept;
        }

        /// <summary>Lets time go by for the wakes of the pin.</summary>
        /// <param name="milliseconds">How much.</param>
        internal void PassPin(long milliseconds) => PinDebt = PinDebt > milliseconds ? PinDebt - milliseconds : 0;

        /// <summary>Computes what this wake comes before. Call it after <see cref="SetClock"/>.</summary>
        /// <param name="wake">Receives the times.</param>
        internal void Plan(WakeContext wake)
        {
            if (wake.IsSleepEnd)
            {
                wake.PlannedAt = PlannedAt - SleptAt - wake.Slept;
                wake.DueAt = Drift.Elapsed(Requested) - wake.Slept;
            }
        }

        private static int Find(long[] rows, int count, long key)
        {
            for (int i = 0; i < count; i++)
            {
                if (rows[i * ChannelMemory.Size] == key)
                {
                    return i * ChannelMemory.Size;
                }
            }

            return -1;
        }

        private void Take(long[] numbers, int count)
        {
            IsFresh = false;
            Cycle = numbers[0];
            BootCount = (int)numbers[1];
            SleptAt = numbers[2];
            IsSynchronized = (numbers[3] & 1) != 0;
            Telemetry = (int)numbers[3] >> 1;
            PlannedAt = numbers[4];
            Requested = numbers[5];
            WakesSinceRadio = (int)numbers[6];
            NextSequence = (int)numbers[7];
            SequenceEnd = (int)numbers[8];
            MailboxAt = numbers[9];
            SyncedAt = numbers[10];
            LostSensors = (int)(numbers[11] >> 2);
            Battery = (BatteryState)(numbers[11] & 3);
            OpenSequence = (int)numbers[12];
            OpenSize = (int)numbers[13];
            PinDebt = numbers[14];
            Array.Copy(numbers, Meters, Meter, 0, WakeContext.MeterSize);
            Drift.Load(numbers, Drifts);
            Backoff.Load(numbers, Backoffs);
            Energy.Load(numbers, Energies);
            _rowCount = (count - Channels) / ChannelMemory.Size;
            _rows = new long[count - Channels];
            Array.Copy(numbers, Channels, _rows, 0, _rows.Length);
        }
    }
}
