using Firmware.HomeAssistant;
using Firmware.Settings;
using Firmware.Sleep;
using Firmware.Updates;

namespace Firmware.Tests.Fakes
{
    /// <summary>The catalog of a device with all modules.</summary>
    public static class AllSettings
    {
        public static SettingsCatalog Catalog() => new SettingsCatalog(new HomeAssistantSettings(), new SleepSettings(), new UpdateSettings());
    }
}
