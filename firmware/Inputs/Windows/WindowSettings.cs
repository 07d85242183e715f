using Firmware.Settings;

namespace Firmware.Inputs.Windows
{
    /// <summary>Members of <c>channels</c>, and no setting besides.</summary>
    public sealed class WindowSettings : SettingGroup
    {
        /// <inheritdoc/>
        public override int Count => 0;

        /// <inheritdoc/>
        public override Setting OfChannels => new WindowedChannelsSetting();

        /// <inheritdoc/>
        public override Setting Describe(int index) => null;
    }
}
