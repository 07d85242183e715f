using Firmware.Sampling;
using Firmware.Sensing;
using Firmware.Settings;

namespace Firmware.Inputs.Windows
{
    /// <summary>Rules of channels with a window and a median.</summary>
    internal sealed class WindowedChannelsSetting : ChannelsSetting
    {
        private int First => base.MemberCount;

        /// <inheritdoc/>
        public override int MemberCount => First + 3;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index - First)
            {
                case 0: return Integer("median", SettingEffect.Now, 0, 9, 0, null);
                case 1: return Integer("window", SettingEffect.Now, 0, 86400, 0, "s");
                case 2: return Text("aggregate", SettingEffect.Now, 3, 23, ChannelRule.DefaultAggregate);
                default: return base.Member(index);
            }
        }

        /// <inheritdoc/>
        public override object Get(object entry, int member)
        {
            ChannelRule rule = (ChannelRule)entry;
            switch (member - First)
            {
                case 0: return (long)rule.Median;
                case 1: return (long)rule.Window;
                case 2: return rule.Aggregate;
                default: return base.Get(entry, member);
            }
        }

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
            ChannelRule rule = (ChannelRule)entry;
            switch (member - First)
            {
                case 0: rule.Median = (int)(long)value; break;
                case 1: rule.Window = (int)(long)value; break;
                case 2: rule.Aggregate = (string)value; break;
                default: base.Set(entry, member, value); break;
            }
        }

        /// <inheritdoc/>
        public override int Contradiction(object entry, out string reason)
        {
            ChannelRule rule = (ChannelRule)entry;
            if (rule.Median != 0 && (rule.Median == 1 || (rule.Median & 1) == 0))
            {
                reason = "must be 0, 3, 5, 7 or 9";
                return First;
            }

            if (rule.Aggregate != ChannelRule.DefaultAggregate && (rule.Window == 0 || !ReadingWindow.IsAggregate(rule.Aggregate)))
            {
                reason = rule.Window == 0 ? "needs a window" : ReadingWindow.Requirement;
                return First + 2;
            }

            return base.Contradiction(entry, out reason);
        }

        /// <inheritdoc/>
        public override string Settle(object entry, int member)
        {
            ChannelRule rule = (ChannelRule)entry;
            if (member == First)
            {
                rule.Median = 0;
                return ": 0 is used";
            }

            if (member == First + 2)
            {
                rule.Aggregate = ChannelRule.DefaultAggregate;
                return ": it is not used";
            }

            return base.Settle(entry, member);
        }
    }
}
