using System.Runtime.CompilerServices;

// The tests: one assembly on a desktop; on a device the fakes, and one a folder.
[assembly: InternalsVisibleTo("Firmware.Tests")]
[assembly: InternalsVisibleTo("Firmware.Tests.Fakes")]
[assembly: InternalsVisibleTo("NFUnitTest")]
