using System;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Sleep
{
    /// <summary>
    /// What survives a deep sleep: one small file, written once a cycle just before it. It is replaced as one step, so that
    /// a power cut leaves the one of the cycle before; one that cannot be read is as good as none: everything is sent once.
    /// </summary>
    /// <remarks>
    /// A file holds a version, numbers of 1 to 10 bytes each, and a CRC-32: about 130 bytes with three channels and 450 with
    /// sixteen, so 37 KB a day at an interval of 5 minutes. On littlefs (256 KB in blocks of 4 KB, 100 000 erases each) a
    /// replacement takes two erases at most: 576 a day, spread over 64 blocks, are 30 years.
    /// </remarks>
    public sealed class WakeRecord
    {
        /// <summary>Channels that are remembered; further ones send everything.</summary>
        public const int MaxChannels = 16;

        private const string File = "wake";
        private const int Drifts = 14;
        private const int Thrifts = Drifts + SleepDrift.Size;
        private const int Energies = Thrifts + RadioBackoff.Size;
        private const int Channels = Energies + EnergyTotals.Size;
        private const int MaxNumbers = Channels + (MaxChannels * ChannelMemory.Size);

        private readonly SleepDrift _drift = new SleepDrift();
        private readonly RadioBackoff _thrift = new RadioBackoff();
        private readonly EnergyTotals _energy = new EnergyTotals();
        private long[] _rows = new long[0];
        private int _rowCount;
        private long _slept = long.MaxValue;

        private WakeRecord()
        {
        }

        /// <summary>Whether there was none to go on from.</summary>
        public bool IsFresh { get; private set; } = true;

        /// <summary>Cycles up to now.</summary>
        public long Cycle { get; set; }

        /// <summary>Boot count of the last run.</summary>
        public int BootCount { get; set; }

        /// <summary>UTC in milliseconds at which the sleep began, by the clock of then.</summary>
        public long SleptAt { get; set; }

        /// <summary>Whether that clock was ever set from the network; otherwise it only counts on.</summary>
        public bool IsSynchronized { get; set; }

        /// <summary>UTC in milliseconds for which the wake was planned.</summary>
        public long PlannedAt { get; set; }

        /// <summary>Nominal milliseconds that the timer was set to.</summary>
        public long Requested { get; set; }

        /// <summary>Wakes since the radio was last used with success.</summary>
        public int WakesSinceRadio { get; set; }

        /// <summary>Sequence number of the next pack.</summary>
        public int NextSequence { get; set; }

        /// <summary>The first sequence number that is not reserved: to go on with when this record may be an old one.</summary>
        public int SequenceEnd { get; set; }

        /// <summary>Number of the pack that the next reading may still join, 0 without one.</summary>
        public int OpenSequence { get; set; }

        /// <summary>Its size in bytes.</summary>
        public int OpenSize { get; set; }

        /// <summary>UTC in milliseconds at which the broker was last reached, 0: never.</summary>
        public long MailboxAt { get; set; }

        /// <summary>UTC in milliseconds at which the clock was last set, 0: never.</summary>
        public long SyncedAt { get; set; }

        /// <summary>The battery.</summary>
        public BatteryState Battery { get; set; }

        /// <summary>A bit for each slot of which the loss of the sensor was told.</summary>
        public int LostSensors { get; set; }

        /// <summary>What is known of the sleep timer.</summary>
        public SleepDrift Drift => _drift;

        /// <summary>The attempts to reach the broker.</summary>
        public RadioBackoff Thrift => _thrift;

        /// <summary>What the cycles took.</summary>
        public EnergyTotals Energy => _energy;

        /// <summary>UTC in milliseconds at uptime 0 after a sleep that the timer ended, as far as known.</summary>
        public long WokeAt => SleptAt + _drift.Elapsed(Requested);

        /// <summary>Reads it.</summary>
        /// <param name="storage">Keeps it.</param>
        /// <returns>The record of the cycle before, or a fresh one.</returns>
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

        /// <summary>Writes it.</summary>
        /// <param name="storage">Keeps it.</param>
        /// <returns>False when it could not be written: the old one stays.</returns>
        public bool Save(IStorage storage)
        {
            int rows = _rowCount * ChannelMemory.Size;
            long[] numbers = new long[Channels + rows];
            numbers[0] = Cycle;
            numbers[1] = BootCount;
            numbers[2] = SleptAt;
            numbers[3] = IsSynchronized ? 1 : 0;
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
            _drift.Save(numbers, Drifts);
            _thrift.Save(numbers, Thrifts);
            _energy.Save(numbers, Energies);
            Array.Copy(_rows, 0, numbers, Channels, rows);
            return storage.Replace(File, WakeRecordFile.Encode(numbers));
        }

        /// <summary>Gives the channels what they knew before the sleep: before the first measurement of a wake.</summary>
        /// <param name="channels">All channels.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="slept">Milliseconds that the sleep took; <see cref="long.MaxValue"/> when nobody knows.</param>
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
                }
            }
        }

        /// <summary>Keeps what the channels know, and what channels knew that are not there in this wake.</summary>
        /// <param name="channels">All channels.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Remember(Channel[] channels, long now)
        {
            long[] rows = new long[MaxChannels * ChannelMemory.Size];
            int count = 0;
            for (; count < channels.Length && count < MaxChannels; count++)
            {
                ChannelMemory.Save(rows, count * ChannelMemory.Size, channels[count], now);
            }

            long time = _slept < long.MaxValue - now ? _slept + now : long.MaxValue;
            int present = count;
            for (int i = 0; i < _rowCount && count < MaxChannels; i++)
            {
                int from = i * ChannelMemory.Size;
                if (Find(rows, present, _rows[from]) < 0)
                {
                    int to = count++ * ChannelMemory.Size;
                    Array.Copy(_rows, from, rows, to, ChannelMemory.Size);
                    ChannelMemory.Age(rows, to, time);
                }
            }

            _rows = rows;
            _rowCount = count;
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
            IsSynchronized = numbers[3] != 0;
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
            _drift.Load(numbers, Drifts);
            _thrift.Load(numbers, Thrifts);
            _energy.Load(numbers, Energies);
            _rowCount = (count - Channels) / ChannelMemory.Size;
            _rows = new long[count - Channels];
            Array.Copy(numbers, Channels, _rows, 0, _rows.Length);
        }
    }
}
