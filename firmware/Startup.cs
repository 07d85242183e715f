using System.Collections;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>What a device reads from its storage before it starts.</summary>
    internal static class Startup
    {
        private const int MaxSettingsEvents = 6;

        /// <summary>Reads the settings; an event tells each thing that could not be used.</summary>
        internal static DeviceSettings ReadSettings(IStorage storage, EventQueue events)
        {
            SettingsReader reader = new SettingsReader();
            DeviceSettings settings = reader.Read(storage.Read(DeviceSettings.File));
            ArrayList faults = reader.Faults;
            for (int i = 0; i < faults.Count && i < MaxSettingsEvents; i++)
            {
                SettingsFault fault = (SettingsFault)faults[i];
                events.Add("settings-fault", "path", fault.Path, fault.Reason);
            }

            if (faults.Count > MaxSettingsEvents)
            {
                events.Add("settings-fault", "path", DeviceSettings.File, "and " + (faults.Count - MaxSettingsEvents) + " more");
            }

            return settings;
        }
    }
}
