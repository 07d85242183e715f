using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Outputs
{
    /// <summary>Actuators by their names.</summary>
    internal sealed class ActuatorsSetting : SettingTable
    {
        private const int Pin = 0;
        private const int Inverted = 1;
        private const int Safe = 2;
        private const int Limit = 3;

        internal ActuatorsSetting(string name)
            : base(name, SettingEffect.Restart, 8, new ActuatorRule[0])
        {
        }

        /// <inheritdoc/>
        public override int MemberCount => Limit + 1;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index)
            {
                case Pin: return new PinSetting("pin", PinTable.Output, false);
                case Inverted: return Boolean("inverted", SettingEffect.Restart, false);
                case Safe: return Boolean("safe", SettingEffect.Restart, false);
                default: return Integer("limit", SettingEffect.Restart, 0, 86400, 0, "s");
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
            switch (member)
            {
                case Pin: return (long)rule.Pin;
                case Inverted: return rule.IsInverted ? 1L : 0L;
                case Safe: return rule.SafeState ? 1L : 0L;
                default: return (long)rule.Limit;
            }
        }

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
            ActuatorRule rule = (ActuatorRule)entry;
            long number = (long)value;
            switch (member)
            {
                case Pin: rule.Pin = (int)number; break;
                case Inverted: rule.IsInverted = number != 0; break;
                case Safe: rule.SafeState = number != 0; break;
                default: rule.Limit = (int)number; break;
            }
        }

        /// <inheritdoc/>
        public override int Contradiction(object entry, out string reason)
        {
            reason = "is missing";
            return ((ActuatorRule)entry).Pin == PinTable.None ? Pin : -1;
        }
    }
}
