using Firmware.HomeAssistant;
using Firmware.Inputs.Windows;
using Firmware.Outputs;
using Firmware.Rules;
using Firmware.Settings;
using Firmware.Sleep;
using Firmware.Updates;

namespace Firmware.Tests.Fakes
{
    /// <summary>The catalog of a device with all modules.</summary>
    public static class AllSettings
    {
        public static SettingsCatalog Catalog() => new SettingsCatalog(new OutputSettings(), new HomeAssistantSettings(), new RuleSettings(), new SleepSettings(), new UpdateSettings(), new WindowSettings());

        /// <summary>The actuators of settings with that catalog.</summary>
        public static ActuatorRule[] Actuators(DeviceSettings settings) => (ActuatorRule[])settings.Get(settings.Catalog.Find("actuators"));
    }
}
