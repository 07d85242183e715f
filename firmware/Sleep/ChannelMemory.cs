using Firmware.Connectivity;
using Firmware.Sensing;

namespace Firmware.Sleep
{
    /// <summary>
    /// State of a channel that survives a sleep, as a row of numbers: what was published and reported, and the values that
    /// the next one is checked against. Times are stored as ages, so that setting the clock changes nothing.
    /// </summary>
    internal static class ChannelMemory
    {
        /// <summary>Numbers in the row of a channel.</summary>
        internal const int Size = Channel.StateLength;

        private const int Key = 0;
        private const int Flags = 1;
        private const int SentValue = 2;
        private const int SentAge = 3;
        private const int Value = 4;
        private const int ValueAge = 5;
        private const int Sample = 6;
        private const int EqualSamples = 7;
        private const int SampleAge = 8;

        // Of the keys of further rows: see IAggregation.
        private const long OfPresent = 1L << 33;

        private const int IsValid = 1;
        private const int HasNews = 2;
        private const int IsFaulty = 4;
        private const int Disagrees = 8;
        private const int HasGood = 16;
        private const int AlarmShift = 5;
        private const int AlarmMask = 3;

        // 24 days: longer than any period that is compared with an age.
        private const long OldestAge = int.MaxValue;

        /// <summary>Identifies a channel by name and scale: a value at another scale means something else.</summary>
        internal static long KeyOf(Channel channel) => Jitter.SeedOf(channel.Name, channel.Measurand.Scale);

        /// <summary>Writes the row of a channel.</summary>
        internal static void Save(long[] row, int at, Channel channel, long now)
        {
            ReadingCheck check = channel.Check;
            row[at + Key] = KeyOf(channel);
            row[at + Flags] = (channel.IsValid ? IsValid : 0)
                | (channel.HasNews ? HasNews : 0)
                | (channel.Fault != null ? IsFaulty : 0)
                | (channel.Disagrees ? Disagrees : 0)
                | (check != null && check.HasGood ? HasGood : 0)
                | ((int)channel.Alarm << AlarmShift);
            row[at + SentValue] = channel.SentValue;
            row[at + SentAge] = Older(now - channel.SentAt, 0);
            row[at + Value] = channel.Value;
            row[at + ValueAge] = Older(now - channel.MeasuredAt, 0);
            row[at + EqualSamples] = 0;
            if (check != null && check.EqualSamples > 0)
            {
                row[at + Sample] = check.Sample;
                row[at + EqualSamples] = check.EqualSamples;
                row[at + SampleAge] = Older(now - check.SampledAt, 0);
            }
        }

        /// <summary>Whether a row is the first of its channel.</summary>
        internal static bool IsFirst(long key) => key == (int)key;

        /// <summary>Whether a row is of no use once its sensor was absent.</summary>
        internal static bool IsOfPresent(long key) => (key ^ (int)key) == OfPresent;

        /// <summary>Adds elapsed time to the ages in the row of a channel that is absent in this wake.</summary>
        internal static void Age(long[] row, int at, long time)
        {
            row[at + SentAge] = Older(row[at + SentAge], time);
            row[at + ValueAge] = Older(row[at + ValueAge], time);
            row[at + SampleAge] = Older(row[at + SampleAge], time);
        }

        /// <summary>Restores a channel from its row.</summary>
        /// <param name="row">The rows of all channels.</param>
        /// <param name="at">Index of the first number of the row.</param>
        /// <param name="channel">The channel to restore.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="time">Milliseconds since the row was written.</param>
        internal static void Load(long[] row, int at, Channel channel, long now, long time)
        {
            int flags = (int)row[at + Flags];
            int value = (int)row[at + Value];
            long measuredAt = now - Older(row[at + ValueAge], time);
            channel.Resume((flags & IsValid) != 0, (flags & IsFaulty) != 0, value, measuredAt, (AlarmState)((flags >> AlarmShift) & AlarmMask));
            channel.HasNews = (flags & HasNews) != 0;
            channel.Disagrees = (flags & Disagrees) != 0;
            channel.SentValue = (int)row[at + SentValue];
            channel.SentAt = now - Older(row[at + SentAge], time);
            ReadingCheck check = channel.Check;
            if (check == null)
            {
                return;
            }

            if ((flags & HasGood) != 0)
            {
                check.ResumeGood(value, measuredAt);
            }

            check.ResumeSamples((int)row[at + Sample], (int)row[at + EqualSamples], now - Older(row[at + SampleAge], time));
        }

        private static long Older(long age, long time)
        {
            long known = age < 0 ? 0 : age < OldestAge ? age : OldestAge;
            return time < OldestAge - known ? known + time : OldestAge;
        }
    }
}
