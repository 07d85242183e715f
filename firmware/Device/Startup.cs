using System.Collections;
using Firmware.Diagnostics;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>The settings of a start.</summary>
    internal static class Startup
    {
        private const int MaxSettingsEvents = 5;

        /// <summary>Loads the settings; an event tells each thing that could not be used. In safe mode those that worked last.</summary>
        internal static DeviceSettings LoadSettings(SettingsStore store, BootRecord boot, EventQueue events, IStorage storage)
        {
            events.Load(storage);
            if (!boot.IsResumed)
            {
                boot.Report(events);
            }

            DeviceSettings settings = store.Load();
            if (boot.IsSafeMode)
            {
                settings = store.UseGood(boot.GoodRevision);
            }

            ArrayList faults = store.Faults;
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
