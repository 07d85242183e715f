namespace Firmware.Sensing
{
    /// <summary>A low and a high threshold with hysteresis. Quantities are in millionths of the unit.</summary>
    internal sealed class Thresholds
    {
        private readonly long _low;
        private readonly long _high;
        private readonly long _hysteresis;

        private Thresholds(ChannelRule rule)
        {
            // A threshold that is not set lies where no value gets.
            _low = rule.Low;
            _high = rule.High == ChannelRule.Unset ? long.MaxValue : rule.High;
            _hysteresis = rule.Hysteresis;
        }

        /// <summary>Where the last value stood.</summary>
        internal AlarmState State;

        /// <summary>The threshold at which the state changed last.</summary>
        internal long Limit;

        /// <summary>The thresholds of a rule, or null when it has none.</summary>
        internal static Thresholds Of(ChannelRule rule) =>
            rule.Low == ChannelRule.Unset && rule.High == ChannelRule.Unset ? null : new Thresholds(rule);

        /// <summary>Restores the state that was reported before a deep sleep, unless its threshold is gone.</summary>
        internal void Resume(AlarmState state)
        {
            bool isGone = state == AlarmState.High ? _high == long.MaxValue : _low == ChannelRule.Unset;
            State = isGone ? AlarmState.Normal : state;
        }

        /// <summary>Takes a value.</summary>
        /// <returns>Whether the state changed.</returns>
        internal bool Update(long value)
        {
            AlarmState before = State;
            AlarmState after = Judge(value, before);
            if (after == before)
            {
                return false;
            }

            AlarmState crossed = after == AlarmState.Normal ? before : after;
            Limit = crossed == AlarmState.High ? _high : _low;
            State = after;
            return true;
        }

        // The thresholds come before the hysteresis, so that one which is wider than their distance hides neither.
        private AlarmState Judge(long value, AlarmState before)
        {
            if (value >= _high)
            {
                return AlarmState.High;
            }

            if (value <= _low)
            {
                return AlarmState.Low;
            }

            bool stays = before == AlarmState.High ? value > _high - _hysteresis
                : before == AlarmState.Low && value < _low + _hysteresis;
            return stays ? before : AlarmState.Normal;
        }
    }
}
