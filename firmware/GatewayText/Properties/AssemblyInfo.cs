using System.Reflection;
using Firmware;

// A device binds assemblies by name, major and minor: an update's must not be those of the built-in application.
[assembly: AssemblyVersion(FirmwareVersion.Text + ".0")]
