using Firmware.Diagnostics;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware.Tests.Fakes
{
    /// <summary>The services of a device on fakes, for the test of one module or method.</summary>
    public static class ContextRig
    {
        public static DeviceContext Create(Hardware hardware, Counters counters, BootRecord boot) => new DeviceContext(
            hardware,
            counters,
            new EventQueue(hardware.Clock, counters),
            new SettingsStore(hardware.Storage, counters, AllSettings.Catalog()),
            null,
            new WakeContext(),
            boot);
    }
}
