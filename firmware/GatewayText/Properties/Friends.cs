using System.Runtime.CompilerServices;

// The tests: one assembly on a desktop, on a device one a folder; and the scenarios.
[assembly: InternalsVisibleTo("Firmware.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
[assembly: InternalsVisibleTo("Scenarios")]
