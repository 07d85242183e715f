using System.Collections;
using Firmware.Gateway.Modbus;
using Firmware.Platform;
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

        // The numbers of the other members are those of the rule; behind them come those of the other protocols.
        private const int Interval = ChildRule.Protocol + 1;
        private const int Registers = Interval + 1;
        private const int Like = Registers + 1;
        private const int Own = Like + 1;

        private const SettingEffect Restart = SettingEffect.Restart;

        private readonly ProtocolOption[] _others;

        internal ChildrenSetting(string name, ProtocolOption[] others)
            : base(name, Restart, MaxChildren, new ChildRule[0])
        {
            _others = others;
        }

        /// <inheritdoc/>
        public override int MemberCount => FirstOf(_others.Length + 1);

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index)
            {
                case ChildRule.Address: return Integer("address", Restart, 1, ChildRule.MaxAddress, 0, null);
                case ChildRule.Baud: return Integer("baud", Restart, ChildRule.MinBaud, ChildRule.MaxBaud, ChildRule.DefaultBaud, null);
                case ChildRule.Parity: return Choice("parity", Restart, new string[] { "none", "odd", "even" });
                case ChildRule.Protocol:
                    string[] names = Texts.New(_others.Length + 1);
                    names[0] = "modbus";
                    for (int i = 1; i < names.Length; i++)
                    {
                        names[i] = _others[i - 1].Name;
                    }

                    return Choice("protocol", Restart, names);
                case Interval: return Integer("interval", Restart, 1, 86400, ChildRule.DefaultInterval, "s");
                case Registers: return new RegistersSetting("registers", false);
                case Like: return Text("like", Restart, 0, 32, string.Empty);
                default:
                    int protocol = ProtocolOf(index);
                    return _others[protocol - 1].Member(index - FirstOf(protocol));
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
                case Like: return rule.Like;
                default:
                    int owner = ProtocolOf(member);
                    return HasLayout(owner) ? owner == protocol ? rule.Layout : null : (object)(long)rule.Get(NumberOf(member, owner));
            }
        }

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
            ChildRule rule = (ChildRule)entry;
            int number = value is long integer ? (int)integer : 0;
            int owner = ProtocolOf(member);
            switch (member)
            {
                case Like: rule.Like = (string)value; break;
                case ChildRule.Baud:
                    rule.Set(member, number % ChildRule.BaudStep == 0 ? number / ChildRule.BaudStep : 0);
                    break;
                default:
                    if (member != Registers && !HasLayout(owner))
                    {
                        rule.Set(NumberOf(member, owner), number);
                    }
                    else if (value != null || IsNamed(rule.Layout) == (member != Registers))
                    {
                        // Registers or names have the layout, the other ones none, which must not take it away.
                        rule.Layout = (byte[])value;
                    }

                    break;
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

            bool isNamed = IsNamed(rule.Layout);
            if (protocol != ChildRule.Modbus)
            {
                return HasLayout(protocol) && !isNamed ? FirstOf(protocol) : -1;
            }

            reason = "is missing: it, or like with the name of another child";
            return isNamed || (rule.Layout == null && rule.Like.Length == 0) ? Registers : -1;
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
                    int protocol = rule.Get(ChildRule.Protocol);
                    return protocol == ChildRule.Modbus ? Registers : FirstOf(protocol);
                }
            }

            return -1;
        }

        // The first member of a protocol's own; of Modbus, and behind the last protocol, too.
        private int FirstOf(int protocol)
        {
            int first = Own;
            for (int i = 1; i < protocol; i++)
            {
                first += _others[i - 1].MemberCount;
            }

            return first;
        }

        // Whose member it is.
        private int ProtocolOf(int member)
        {
            int protocol = 0;
            while (member >= FirstOf(protocol + 1))
            {
                protocol++;
            }

            return protocol;
        }

        private bool HasLayout(int protocol) => protocol != ChildRule.Modbus && _others[protocol - 1].HasLayout;

        private int NumberOf(int member, int protocol) =>
            member == Interval ? ChildRule.Interval : member < Own ? member : ChildRule.Own + member - FirstOf(protocol);

        private static bool IsNamed(byte[] layout) => layout != null && (layout[RegisterMap.KindAt] & RegisterMap.TypeMask) == RegisterMap.Named;
    }
}
