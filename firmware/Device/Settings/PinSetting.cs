using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>A GPIO. One that cannot serve on this board is refused when it is set.</summary>
    public sealed class PinSetting : Setting
    {
        private readonly int _use;

        /// <summary>Describes a pin, which takes a restart to be used.</summary>
        /// <param name="name">The key.</param>
        /// <param name="use">What it must serve, of <see cref="PinTable"/>.</param>
        /// <param name="hasNone">Whether -1, no pin, is allowed and the default; without it there is no default.</param>
        public PinSetting(string name, int use, bool hasNone)
            : base(name, SettingType.Integer, SettingEffect.Restart, hasNone ? PinTable.None : 0, PinTable.Last, hasNone ? (object)(long)PinTable.None : null)
        {
            _use = use;
        }

        /// <inheritdoc/>
        public override object Read(SettingsSource source, int token, string path)
        {
            object value = base.Read(source, token, path);
            string reason = source.Pins == null || value == null || (long)value == PinTable.None ? null : source.Pins.Refusal((int)(long)value, _use);
            return reason == null ? value : source.Fault(path, reason);
        }
    }
}
