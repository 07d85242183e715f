using Firmware.Json;

namespace Firmware.Sensing
{
    /// <summary>
    /// Calibrates the values of one channel and refuses those that cannot be true for what came before. The range is
    /// that of the datasheet and was checked before, on the sensor's own value; so is what is stuck, since a gain below
    /// one could make different values equal. The rate of change is that of the calibrated value, which its owner sees.
    /// </summary>
    internal class ReadingCheck
    {
        // Requests can ask for measurements in quick succession: they are one sample, and take one second to change in.
        private const long SampleGap = 500;
        private const long ShortestChange = 1000;

        // After an hour any change is possible. So no channel is refused permanently, and nothing overflows.
        private const long LongestChange = 3600000;
        private const long Minute = 60000;

        private readonly long _gain;
        private readonly long _offset;
        private readonly long _maxRate;
        private readonly int _stuck;
        private readonly int _scale;

        private long _goodAt;

        internal ReadingCheck(ChannelRule rule, int scale)
        {
            _gain = rule.Gain;
            _offset = OffsetOf(rule.Offset, scale);
            _maxRate = rule.MaxRate;
            _stuck = rule.Stuck;
            _scale = scale;
        }

        /// <summary>The calibrated value of the last <see cref="Judge"/> that refused nothing.</summary>
        internal int Value;

        /// <summary>Whether there was a plausible value.</summary>
        internal bool HasGood;

        /// <summary>The sensor's own value of the last sample, if <see cref="EqualSamples"/> is not 0.</summary>
        internal int Sample;

        /// <summary>How many samples in a row were equal to it.</summary>
        internal int EqualSamples;

        /// <summary>Uptime in milliseconds of the last of them.</summary>
        internal long SampledAt;

        /// <summary>Goes on with the last plausible value from before a deep sleep.</summary>
        internal void ResumeGood(int good, long goodAt)
        {
            HasGood = true;
            Value = good;
            _goodAt = goodAt;
        }

        /// <summary>Goes on counting equal samples.</summary>
        internal void ResumeSamples(int sample, int equal, long sampledAt)
        {
            Sample = sample;
            EqualSamples = equal;
            SampledAt = sampledAt;
        }

        /// <summary>The check of a rule, or null when it leaves every value as it is. A boolean has no calibration and no rate, and may stay what it is.</summary>
        /// <param name="rule">The channel's rule.</param>
        /// <param name="scale">The channel's scale.</param>
        internal static ReadingCheck Of(ChannelRule rule, int scale)
        {
            bool isIdle = scale == FixedPoint.Boolean || (rule.Gain == ChannelRule.One && rule.Offset == 0 && rule.MaxRate == ChannelRule.Unset && rule.Stuck == 0);
            return isIdle ? null : new ReadingCheck(rule, scale);
        }

        /// <summary>Takes a value.</summary>
        /// <param name="raw">What the sensor measured.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>Why it cannot be true, or null.</returns>
        internal string Judge(int raw, long now)
        {
            if (_stuck != 0 && IsStuck(raw, now))
            {
                return Plausibility.Stuck;
            }

            long value = Calibrate(Smooth(raw));
            if (value < int.MinValue || value > int.MaxValue)
            {
                return Plausibility.OutOfRange;
            }

            if (HasGood && _maxRate != ChannelRule.Unset && IsTooFast(value - Value, now - _goodAt))
            {
                return Plausibility.TooFast;
            }

            HasGood = true;
            Value = (int)value;
            _goodAt = now;
            return null;
        }

        /// <summary>What counts as measured.</summary>
        internal virtual int Smooth(int raw) => raw;

        /// <summary>What the sensor gave before says nothing of what it will give.</summary>
        internal virtual void Forget()
        {
        }

        // In the scale of raw times gain. An offset that does not fit there is beyond every value: its sum is refused.
        private static long OffsetOf(long offset, int scale)
        {
            long power = FixedPoint.Powers[scale];
            long limit = long.MaxValue / 2 / power;
            return (offset > limit ? limit : offset < -limit ? -limit : offset) * power;
        }

        private bool IsStuck(int raw, long now)
        {
            if (EqualSamples == 0 || raw != Sample)
            {
                Sample = raw;
                SampledAt = now;
                EqualSamples = 1;
            }
            else if (EqualSamples < _stuck && now - SampledAt >= SampleGap)
            {
                SampledAt = now;
                EqualSamples++;
            }

            return EqualSamples >= _stuck;
        }

        private long Calibrate(int raw)
        {
            long value = (raw * _gain) + _offset;
            return (value < 0 ? value - (ChannelRule.One / 2) : value + (ChannelRule.One / 2)) / ChannelRule.One;
        }

        private bool IsTooFast(long change, long time)
        {
            if (time >= LongestChange)
            {
                return false;
            }

            long most = _maxRate * (time < ShortestChange ? ShortestChange : time) / Minute;
            return Millionths.Of(change < 0 ? -change : change, _scale) > most;
        }
    }
}
