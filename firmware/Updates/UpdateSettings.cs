using Firmware.Settings;

namespace Firmware.Updates
{
    /// <summary>Stub until the settings are merged.</summary>
    public sealed class UpdateSettings : SettingGroup
    {
    }
}
