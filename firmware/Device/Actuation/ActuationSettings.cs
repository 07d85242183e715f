using Firmware.Settings;

namespace Firmware.Actuation
{
    /// <summary>The actuators that the owner of the device named.</summary>
    internal sealed class ActuationSettings : SettingGroup
    {
        internal const int Actuators = 0;

        /// <inheritdoc/>
        public override int Count => Actuators + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) => new ActuatorsSetting("actuators");
    }
}
