using Firmware.Settings;

namespace Firmware.Gateway
{
    /// <summary>The serial line and the children on it.</summary>
    internal sealed class GatewaySettings : SettingGroup
    {
        internal const int Timeout = 0;
        internal const int Children = 1;

        /// <summary>What a child may speak beside Modbus.</summary>
        internal readonly ProtocolOption[] Others;

        internal GatewaySettings(ProtocolOption[] others)
        {
            Others = others;
        }

        /// <inheritdoc/>
        public override int Count => Children + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) => index == Timeout
            ? Setting.Integer("gateway.timeout", SettingEffect.Restart, 20, 5000, 500, "ms")
            : new ChildrenSetting("children", Others);
    }
}
