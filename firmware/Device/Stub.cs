namespace Firmware.Settings
{
    /// <summary>Stub.</summary>
    public abstract class SettingGroup
    {
    }
}
