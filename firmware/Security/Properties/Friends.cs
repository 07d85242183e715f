using System.Runtime.CompilerServices;

// On a device each folder of tests is an assembly of this name.
[assembly: InternalsVisibleTo("Firmware.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
