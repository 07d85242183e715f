using System.Runtime.CompilerServices;

// One library in several assemblies: the device's metadata format takes 64 KB of IL in each, and a board leaves out the
// modules that it does not use.
[assembly: InternalsVisibleTo("Firmware")]
[assembly: InternalsVisibleTo("Firmware.Gateway")]
[assembly: InternalsVisibleTo("Firmware.GatewayText")]
[assembly: InternalsVisibleTo("Firmware.HomeAssistant")]
[assembly: InternalsVisibleTo("Firmware.Inputs")]
[assembly: InternalsVisibleTo("Firmware.Outputs")]
[assembly: InternalsVisibleTo("Firmware.Rules")]
[assembly: InternalsVisibleTo("Firmware.Security")]
[assembly: InternalsVisibleTo("Firmware.Sleep")]
[assembly: InternalsVisibleTo("Firmware.Updates")]
