using Firmware.Connectivity;
using Firmware.Sensing;

namespace Firmware.Sleep
{
    /// <summary>
    /// What a channel has to know in the next wake, as a row of numbers: what was sent and told, and the values that the
    /// next one is checked against. Times are kept as ages, so that setting the clock changes nothing.
    /// </summary>
    internal static class ChannelMemory
    {
        /// <summary>How many numbers a channel is kept as.</summary>
        internal const int Size = 9;

        private const int Key = 0;
        private const int Flags = 1;
        private const int SentValue = 2;
        private const int SentAge = 3;
        private const int Value = 4;
        private const int ValueAge = 5;
        private const int Sample = 6;
        private const int EqualSamples = 7;
        private const int SampleAge = 8;

        private const int IsValid = 1;
        private const int HasNews = 2;
        private const int IsFaulty = 4;
        private const int Disagrees = 8;
        private const int HasGood = 16;
        private const int AlarmShift = 5;
        private const int AlarmMask = 3;

        // 24 days: all that is judged by age is long over.
        private const long OldestAge = int.MaxValue;

        /// <summary>Tells channels apart; one of another scale has nothing to do with the one of its name.</summary>
        internal static long KeyOf(Channel channel) => Jitter.SeedOf(channel.Name, channel.Measurand.Scale);

        /// <summary>Keeps a channel.</summary>
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

        /// <summary>Time has passed for a channel that is not there to be kept anew.</summary>
        internal static void Age(long[] row, int at, long time)
        {
            row[at + SentAge] = Older(row[at + SentAge], time);
            row[at + ValueAge] = Older(row[at + ValueAge], time);
            row[at + SampleAge] = Older(row[at + SampleAge], time);
        }

        /// <summary>Gives a channel what was kept of it.</summary>
        /// <param name="row">Numbers.</param>
        /// <param name="at">Where the channel's begin.</param>
        /// <param name="channel">The channel.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="time">Milliseconds since it was kept.</param>
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
