using System.Collections;
using Firmware.Gateway.Modbus;
using Firmware.Gateway.Nmea;
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
        private const int Protocol = 6;
        private const int Channels = 7;
        private const int Distance = 8;
        private const int SetsClock = 9;

        private const SettingEffect Restart = SettingEffect.Restart;

        internal ChildrenSetting(string name)
            : base(name, Restart, MaxChildren, new ChildRule[0])
        {
        }

        /// <inheritdoc/>
        public override int MemberCount => SetsClock + 1;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index)
            {
                case Address: return Integer("address", Restart, 1, ChildRule.MaxAddress, 0, null);
                case Baud: return Integer("baud", Restart, ChildRule.MinBaud, ChildRule.MaxBaud, ChildRule.DefaultBaud, null);
                case Parity: return Choice("parity", Restart, new string[] { "none", "odd", "even" });
                case Interval: return Integer("interval", Restart, 1, 86400, ChildRule.DefaultInterval, "s");
                case Registers: return new RegistersSetting("registers", false);
                case Like: return Text("like", Restart, 0, 32, string.Empty);
                case Protocol: return Choice("protocol", Restart, new string[] { "modbus", "lines", "nmea" });
                case Channels: return new RegistersSetting("channels", true);
                case Distance: return Integer("distance", Restart, 0, PositionFilter.MaxDistance, 0, "m");
                default: return Boolean("setsClock", Restart, false);
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
                case Registers: return rule.Like.Length == 0 && rule.Protocol == ChildRule.Modbus ? rule.Layout : null;
                case Like: return rule.Like;
                case Protocol: return (long)rule.Protocol;
                case Channels: return rule.Protocol == ChildRule.Lines ? rule.Layout : null;
                case Distance: return (long)rule.Distance;
                default: return rule.SetsClock ? 1L : 0L;
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
                case Like: rule.Like = (string)value; break;
                case Protocol: rule.Protocol = number; break;
                case Registers:
                case Channels:
                    // One of the two has the layout, the other one none, which must not take it away.
                    if (value != null || IsNamed(rule.Layout) == (member == Channels))
                    {
                        rule.Layout = (byte[])value;
                    }

                    break;
                case Distance: rule.Distance = number; break;
                default: rule.SetsClock = number != 0; break;
            }
        }

        /// <inheritdoc/>
        public override int Contradiction(object entry, out string reason)
        {
            ChildRule rule = (ChildRule)entry;
            bool isModbus = rule.Protocol == ChildRule.Modbus;
            if (isModbus && rule.Address == 0)
            {
                reason = "is missing";
                return Address;
            }

            if (rule.Baud == 0)
            {
                reason = "must be a multiple of 100";
                return Baud;
            }

            bool isController = IsNamed(rule.Layout);
            if (rule.Protocol == ChildRule.Lines)
            {
                reason = "is missing";
                return isController ? -1 : Channels;
            }

            reason = "is missing: it, or like with the name of another child";
            return isModbus && (isController || (rule.Layout == null && rule.Like.Length == 0)) ? Registers : -1;
        }

        /// <inheritdoc/>
        public override int Conflict(object entry, IList entries, out string reason)
        {
            ChildRule rule = (ChildRule)entry;
            if (rule.Protocol != ChildRule.Modbus && entries.Count > 1)
            {
                reason = "must be modbus when there are other children on the line";
                return Protocol;
            }

            ChildRule other = (ChildRule)Find(entries, rule.Like);
            reason = "must be the name of a child with registers of its own";
            return rule.Like.Length > 0 && (other == null || other.Like.Length > 0) ? Like : -1;
        }

        private static bool IsNamed(byte[] layout) => layout != null && (RegisterMap.KindOf(layout, 0) & RegisterMap.TypeMask) == RegisterMap.Named;
    }
}
