using Firmware.Settings;

namespace Firmware.Outputs
{
    /// <summary>The actuators that the owner of the device named.</summary>
    public sealed class OutputSettings : SettingGroup
    {
        /// <summary>The actuators by their names; an array of <see cref="ActuatorRule"/>.</summary>
        public const int Actuators = 0;

        /// <inheritdoc/>
        public override int Count => Actuators + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) => new ActuatorsSetting("actuators");
    }
}
