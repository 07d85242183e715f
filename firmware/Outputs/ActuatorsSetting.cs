using System.Collections;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Outputs
{
    /// <summary>Actuators by their names.</summary>
    internal sealed class ActuatorsSetting : SettingTable
    {
        private const int Interlock = ActuatorRule.NumberCount;

        internal ActuatorsSetting(string name)
            : base(name, SettingEffect.Restart, 8, new ActuatorRule[0])
        {
        }

        /// <inheritdoc/>
        public override int MemberCount => Interlock + 1;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index)
            {
                case ActuatorRule.PinMember: return new PinSetting("pin", PinTable.Output, false);
                case ActuatorRule.InvertedMember: return Boolean("inverted", SettingEffect.Restart, false);
                case ActuatorRule.SafeMember: return Boolean("safe", SettingEffect.Restart, false);
                case ActuatorRule.LimitMember: return Integer("limit", SettingEffect.Restart, 0, 86400, 0, "s");
                case ActuatorRule.KindMember: return Choice("kind", SettingEffect.Restart, Kinds);
                case ActuatorRule.FrequencyMember: return Integer("frequency", SettingEffect.Restart, 1, 40000, ActuatorRule.DefaultFrequency, "Hz");
                case ActuatorRule.PulseMember: return Integer("pulse", SettingEffect.Restart, 1, ActuatorRule.MaxPulse, ActuatorRule.DefaultPulse, "ms");
                case ActuatorRule.MinOnMember: return Integer("minOn", SettingEffect.Restart, 0, 86400, 0, "s");
                case ActuatorRule.MinOffMember: return Integer("minOff", SettingEffect.Restart, 0, 86400, 0, "s");
                default: return Text("interlock", SettingEffect.Restart, 1, 32, null);
            }
        }

        /// <inheritdoc/>
        public override object Create(string name) => new ActuatorRule(name, PinTable.None);

        /// <inheritdoc/>
        public override string NameOf(object entry) => ((ActuatorRule)entry).Name;

        /// <inheritdoc/>
        public override object Get(object entry, int member)
        {
            ActuatorRule rule = (ActuatorRule)entry;
            return member == Interlock ? rule.Interlock : (object)(long)rule.Numbers[member];
        }

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
            ActuatorRule rule = (ActuatorRule)entry;
            if (member == Interlock)
            {
                rule.Interlock = (string)value;
            }
            else
            {
                rule.Numbers[member] = (int)(long)value;
            }
        }

        /// <inheritdoc/>
        public override int Contradiction(object entry, out string reason)
        {
            ActuatorRule rule = (ActuatorRule)entry;
            int least = rule.SafeState ? rule.MinOff : rule.MinOn;
            reason = "is missing";
            if (rule.Pin == PinTable.None)
            {
                return ActuatorRule.PinMember;
            }

            if (rule.Limit != 0 && rule.Limit < least)
            {
                reason = rule.SafeState ? "must be 0 or at least minOff" : "must be 0 or at least minOn";
                return ActuatorRule.LimitMember;
            }

            if (rule.Kind != ActuatorRule.Pulse)
            {
                return -1;
            }

            reason = "must be false for a pulse";
            if (rule.SafeState)
            {
                return ActuatorRule.SafeMember;
            }

            reason = "must be at least minOn";
            return rule.PulseLength < rule.MinOn * 1000L ? ActuatorRule.PulseMember : -1;
        }

        /// <inheritdoc/>
        public override int Conflict(object entry, IList entries, out string reason)
        {
            ActuatorRule rule = (ActuatorRule)entry;
            ActuatorRule other = rule.Interlock == null ? null : (ActuatorRule)Find(entries, rule.Interlock);
            reason = other == null || other == rule ? "must name another actuator" : "both must be off in their safe states";
            return rule.Interlock != null && (other == null || other == rule || rule.SafeState || other.SafeState) ? Interlock : -1;
        }

        /// <inheritdoc/>
        public override int PinOf(object entry) => ((ActuatorRule)entry).Pin;

        internal static string[] Kinds => new[] { "switch", "level", "pulse" };
    }
}
