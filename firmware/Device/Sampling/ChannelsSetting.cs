using Firmware.Sensing;
using Firmware.Settings;

namespace Firmware.Sampling
{
    /// <summary>Rules of channels, by their names.</summary>
    public class ChannelsSetting : SettingTable
    {
        internal const int Offset = 0;
        internal const int Gain = 1;

        private const int Deadband = 2;
        private const int DeadbandPercent = 3;
        private const int Heartbeat = 4;
        private const int Low = 5;
        private const int High = 6;
        private const int Hysteresis = 7;
        private const int MaxRate = 8;
        private const int Stuck = 9;
        private const int Disagreement = 10;

        // In millionths, as all quantities of a rule.
        private const long One = ChannelRule.One;
        private const long MaxQuantity = 1000000000 * One;

        /// <summary>Describes them.</summary>
        public ChannelsSetting()
            : base("channels", SettingEffect.Now, 16, new ChannelRule[0])
        {
        }

        /// <inheritdoc/>
        public override int MemberCount => Disagreement + 1;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index)
            {
                case Offset: return Quantity("offset", -MaxQuantity, MaxQuantity, 0, null);
                case Gain: return Quantity("gain", One / 10, 10 * One, One, null);
                case Deadband: return Quantity("deadband", 0, MaxQuantity, ChannelRule.Unset, null);
                case DeadbandPercent: return Quantity("deadbandPercent", 0, 100 * One, ChannelRule.Unset, "%");
                case Heartbeat: return Integer("heartbeat", SettingEffect.Now, 1, 86400, ChannelRule.DefaultHeartbeat, "s");
                case Low: return Quantity("low", -MaxQuantity, MaxQuantity, ChannelRule.Unset, null);
                case High: return Quantity("high", -MaxQuantity, MaxQuantity, ChannelRule.Unset, null);
                case Hysteresis: return Quantity("hysteresis", 0, MaxQuantity, 0, null);
                case MaxRate: return Quantity("maxRate", 1, 1000000 * One, ChannelRule.Unset, null);
                case Stuck:
                    Setting samples = Integer("stuck", SettingEffect.Now, 0, 10000, 0, null);
                    samples.ExcludesOne = true;
                    return samples;
                default: return Quantity("disagreement", 0, MaxQuantity, ChannelRule.Unset, null);
            }
        }

        /// <inheritdoc/>
        public override object Create(string name) => new ChannelRule(name);

        /// <inheritdoc/>
        public override string NameOf(object entry) => ((ChannelRule)entry).Name;

        /// <inheritdoc/>
        public override object Get(object entry, int member)
        {
            ChannelRule rule = (ChannelRule)entry;
            switch (member)
            {
                case Offset: return rule.Offset;
                case Gain: return rule.Gain;
                case Deadband: return rule.Deadband;
                case DeadbandPercent: return rule.DeadbandPercent;
                case Heartbeat: return (long)rule.Heartbeat;
                case Low: return rule.Low;
                case High: return rule.High;
                case Hysteresis: return rule.Hysteresis;
                case MaxRate: return rule.MaxRate;
                case Stuck: return (long)rule.Stuck;
                default: return rule.Disagreement;
            }
        }

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
            ChannelRule rule = (ChannelRule)entry;
            long number = (long)value;
            switch (member)
            {
                case Offset: rule.Offset = number; break;
                case Gain: rule.Gain = number; break;
                case Deadband: rule.Deadband = number; break;
                case DeadbandPercent: rule.DeadbandPercent = number; break;
                case Heartbeat: rule.Heartbeat = (int)number; break;
                case Low: rule.Low = number; break;
                case High: rule.High = number; break;
                case Hysteresis: rule.Hysteresis = number; break;
                case MaxRate: rule.MaxRate = number; break;
                case Stuck: rule.Stuck = (int)number; break;
                default: rule.Disagreement = number; break;
            }
        }

        /// <inheritdoc/>
        public override int Contradiction(object entry, out string reason)
        {
            ChannelRule rule = (ChannelRule)entry;
            if (rule.Deadband != ChannelRule.Unset && rule.DeadbandPercent != ChannelRule.Unset)
            {
                reason = "cannot be combined with deadband";
                return DeadbandPercent;
            }

            reason = "must be less than high";
            return rule.Low != ChannelRule.Unset && rule.High != ChannelRule.Unset && rule.Low >= rule.High ? Low : -1;
        }

        /// <inheritdoc/>
        public override string Settle(object entry, int member)
        {
            ChannelRule rule = (ChannelRule)entry;
            if (member == DeadbandPercent)
            {
                rule.DeadbandPercent = ChannelRule.Unset;
                return ", which is used";
            }

            rule.Low = ChannelRule.Unset;
            rule.High = ChannelRule.Unset;
            return ": neither is used";
        }

        private static Setting Quantity(string name, long min, long max, long defaultValue, string unit) =>
            Number(name, SettingEffect.Now, min, max, defaultValue, unit);
    }
}
