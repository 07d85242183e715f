using Firmware.Settings;

namespace Firmware.Inputs
{
    /// <summary>The inputs that the owner of the device named.</summary>
    internal sealed class InputSettings : SettingGroup
    {
        internal const int Inputs = 0;

        private readonly bool _hasOneWire;

        internal InputSettings(bool hasOneWire)
        {
            _hasOneWire = hasOneWire;
        }

        /// <inheritdoc/>
        public override int Count => Inputs + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index) => new InputsSetting("inputs", _hasOneWire);
    }
}
