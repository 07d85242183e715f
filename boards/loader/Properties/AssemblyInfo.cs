using System.Reflection;

// The major number is that of the loader's contract: an image's port is bound to it.
[assembly: AssemblyVersion("1.0.0.0")]
