using System.Collections;
using Firmware.Gateway.Modbus;
using Firmware.Gateway.Nmea;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware.Gateway
{
    /// <summary>Children by their names.</summary>
    internal sealed class ChildrenSetting : SettingTable
    {
        internal const int MaxChildren = 16;

        // Of a channel that settings can name.
        private const int MaxChannelName = 32;

        // The numbers of the other members are those of the rule.
        private const int Registers = ChildRule.Interval + 1;
        private const int Channels = Registers + 1;
        private const int Like = Channels + 1;

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
                case ChildRule.Address: return Integer("address", Restart, 1, ChildRule.MaxAddress, 0, null);
                case ChildRule.Baud: return Integer("baud", Restart, ChildRule.MinBaud, ChildRule.MaxBaud, ChildRule.DefaultBaud, null);
                case ChildRule.Parity: return Choice("parity", Restart, new string[] { "none", "odd", "even" });
                case ChildRule.Protocol: return Choice("protocol", Restart, new string[] { "modbus", "lines", "nmea" });
                case ChildRule.SetsClock: return Boolean("setsClock", Restart, false);
                case ChildRule.Interval: return Integer("interval", Restart, 1, 86400, ChildRule.DefaultInterval, "s");
                case ChildRule.Distance: return Integer("distance", Restart, 0, PositionFilter.MaxDistance, 0, "m");
                case Registers: return new RegistersSetting("registers", false);
                case Channels: return new RegistersSetting("channels", true);
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
            int protocol = rule.Get(ChildRule.Protocol);
            switch (member)
            {
                case ChildRule.Baud: return (long)rule.Get(member) * ChildRule.BaudStep;
                case Registers: return rule.Like.Length == 0 && protocol == ChildRule.Modbus ? rule.Layout : null;
                case Channels: return protocol == ChildRule.Lines ? rule.Layout : null;
                case Like: return rule.Like;
                default: return (long)rule.Get(member);
            }
        }

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
            ChildRule rule = (ChildRule)entry;
            int number = value is long integer ? (int)integer : 0;
            switch (member)
            {
                case Like: rule.Like = (string)value; break;
                case Registers:
                case Channels:
                    // One of the two has the layout, the other one none, which must not take it away.
                    if (value != null || IsNamed(rule.Layout) == (member == Channels))
                    {
                        rule.Layout = (byte[])value;
                    }

                    break;
                case ChildRule.Baud:
                    rule.Set(member, number % ChildRule.BaudStep == 0 ? number / ChildRule.BaudStep : 0);
                    break;
                default: rule.Set(member, number); break;
            }
        }

        /// <inheritdoc/>
        public override int Contradiction(object entry, out string reason)
        {
            ChildRule rule = (ChildRule)entry;
            int protocol = rule.Get(ChildRule.Protocol);
            reason = "is missing";
            if (protocol == ChildRule.Modbus && rule.Get(ChildRule.Address) == 0)
            {
                return ChildRule.Address;
            }

            if (rule.Get(ChildRule.Baud) == 0)
            {
                reason = "must be a multiple of 100";
                return ChildRule.Baud;
            }

            bool isController = IsNamed(rule.Layout);
            if (protocol == ChildRule.Lines)
            {
                return isController ? -1 : Channels;
            }

            reason = "is missing: it, or like with the name of another child";
            return protocol == ChildRule.Modbus && (isController || (rule.Layout == null && rule.Like.Length == 0)) ? Registers : -1;
        }

        /// <inheritdoc/>
        public override int Conflict(object entry, IList entries, out string reason)
        {
            ChildRule rule = (ChildRule)entry;
            if (rule.Get(ChildRule.Protocol) != ChildRule.Modbus && entries.Count > 1)
            {
                reason = "must be modbus when there are other children on the line";
                return ChildRule.Protocol;
            }

            ChildRule other = (ChildRule)Find(entries, rule.Like);
            reason = "must be the name of a child with registers of its own";
            if (rule.Like.Length > 0 && (other == null || other.Like.Length > 0))
            {
                return Like;
            }

            byte[] layout = (other ?? rule).Layout;
            string prefix = rule.Name + "_";
            for (int at = 0; layout != null && at < layout.Length; at += layout[at])
            {
                string name = prefix + ReadingGroup.NameOf(layout, at);
                reason = "gives a channel a name over 32 characters";
                bool isRight = name.Length <= MaxChannelName;
                for (int i = 0; isRight && i < entries.Count; i++)
                {
                    string child = ((ChildRule)entries[i]).Name;
                    reason = "gives a name that a channel of another child may have: " + name;
                    isRight = child.IndexOf(prefix) != 0 || name.IndexOf(child + "_") != 0;
                }

                if (!isRight)
                {
                    return rule.Get(ChildRule.Protocol) == ChildRule.Lines ? Channels : Registers;
                }
            }

            return -1;
        }

        private static bool IsNamed(byte[] layout) => layout != null && (layout[RegisterMap.KindAt] & RegisterMap.TypeMask) == RegisterMap.Named;
    }
}
