using System.Runtime.CompilerServices;

// Protocols that a board may leave out; the tests, one assembly on a desktop, on a device one a folder; the scenarios.
[assembly: InternalsVisibleTo("Firmware.GatewayText")]
[assembly: InternalsVisibleTo("Firmware.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
[assembly: InternalsVisibleTo("Scenarios")]
