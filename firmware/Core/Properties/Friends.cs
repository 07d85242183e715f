using System.Runtime.CompilerServices;

// One library in two assemblies: the device's metadata format takes 64 KB of IL in each.
[assembly: InternalsVisibleTo("Firmware")]
[assembly: InternalsVisibleTo("Firmware.Updates")]
