using System.Collections;
using Firmware.Settings;

namespace Firmware.Gateway
{
    /// <summary>Children by their names.</summary>
    internal sealed class ChildrenSetting : SettingTable
    {
        internal const int MaxChildren = 16;

        private const int Address = 0;
        private const int Baud = 1;
        private const int Parity = 2;
        private const int Interval = 3;
        private const int Registers = 4;
        private const int Like = 5;

        private const SettingEffect Restart = SettingEffect.Restart;

        internal ChildrenSetting(string name)
            : base(name, Restart, MaxChildren, new ChildRule[0])
        {
        }

        /// <inheritdoc/>
        public override int MemberCount => Like + 1;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index)
            {
                case Address: return Integer("address", Restart, 1, ChildRule.MaxAddress, 0, null);
                case Baud: return Integer("baud", Restart, ChildRule.MinBaud, ChildRule.MaxBaud, ChildRule.DefaultBaud, null);
                case Parity: return Choice("parity", Restart, new string[] { "none", "odd", "even" });
                case Interval: return Integer("interval", Restart, 1, 86400, ChildRule.DefaultInterval, "s");
                case Registers: return new RegistersSetting("registers");
                default: return Text("like", Restart, 0, 32, string.Empty);
            }
        }

        /// <inheritdoc/>
        public override object Create(string name) => new ChildRule(name);

        /// <inheritdoc/>
        public override string NameOf(object entry) => ((ChildRule)entry).Name;

        /// <inheritdoc/>
        public override object Get(object entry, int member)
        {
            ChildRule rule = (ChildRule)entry;
            switch (member)
            {
                case Address: return (long)rule.Address;
                case Baud: return (long)rule.Baud;
                case Parity: return (long)rule.Parity;
                case Interval: return (long)rule.Interval;
                case Registers: return rule.Like.Length == 0 ? rule.Layout : null;
                default: return rule.Like;
            }
        }

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
            ChildRule rule = (ChildRule)entry;
            int number = value is long integer ? (int)integer : 0;
            switch (member)
            {
                case Address: rule.Address = number; break;
                case Baud: rule.Baud = number; break;
                case Parity: rule.Parity = number; break;
                case Interval: rule.Interval = number; break;
                case Registers: rule.Layout = (byte[])value; break;
                default: rule.Like = (string)value; break;
            }
        }

        /// <inheritdoc/>
        public override int Contradiction(object entry, out string reason)
        {
            ChildRule rule = (ChildRule)entry;
            if (rule.Address == 0)
            {
                reason = "is missing";
                return Address;
            }

            if (rule.Baud % ChildRule.BaudStep != 0 || rule.Baud == 0)
            {
                reason = "must be a multiple of 100";
                return Baud;
            }

            reason = "is missing: it, or like with the name of another child";
            return rule.Layout == null && rule.Like.Length == 0 ? Registers : -1;
        }

        /// <inheritdoc/>
        public override int Conflict(object entry, IList entries, out string reason)
        {
            ChildRule rule = (ChildRule)entry;
            ChildRule other = (ChildRule)Find(entries, rule.Like);
            reason = "must be the name of a child with registers of its own";
            return rule.Like.Length > 0 && (other == null || other.Like.Length > 0) ? Like : -1;
        }
    }
}
