using System.Reflection;
using System.Runtime.Loader;
using Cost.Counting;
using Mono.Cecil;

namespace Cost.Instrumentation;

/// <summary>
/// The firmware's assemblies, instrumented, in a load context of their own. Which there are is read from the folder: a new
/// module is measured as soon as the rig refers to it.
/// </summary>
internal sealed class MeasuredFirmware : AssemblyLoadContext
{
    private const string RigAssembly = "Cost.Rig";

    // The port and the loader besides; what simulates the world is no firmware.
    private static readonly string[] OursBegin = ["Firmware", "Boards."];

    private readonly string _folder;
    private readonly Dictionary<string, byte[]> _instrumented = [];

    private MeasuredFirmware(string folder)
        : base("measured") => _folder = folder;

    public CodeMap Map { get; } = new();

    /// <summary>Names of the assemblies that are measured.</summary>
    public IEnumerable<string> Names => _instrumented.Keys;

    public static MeasuredFirmware Load() => Load(Path.Combine(AppContext.BaseDirectory, "measured"), OursBegin);

    /// <summary>Instruments the assemblies in a folder whose names begin so.</summary>
    public static MeasuredFirmware Load(string folder, string[] oursBegin)
    {
        var firmware = new MeasuredFirmware(folder);
        string[] paths =
        [
            .. Directory.EnumerateFiles(folder, "*.dll")
                .Where(path => Array.Exists(oursBegin, begin => Path.GetFileName(path).StartsWith(begin, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
        var ours = paths.Select(path => Path.GetFileNameWithoutExtension(path)!).ToHashSet();
        foreach (string path in paths)
        {
            firmware._instrumented.Add(Path.GetFileNameWithoutExtension(path), firmware.Instrument(path, ours));
        }

        Counters.Allocate(firmware.Map.Blocks.Count, firmware.Map.Sites.Count);
        return firmware;
    }

    public IDeviceRig CreateRig()
    {
        Assembly rig = LoadFromAssemblyName(new AssemblyName(RigAssembly));
        Type type = rig.GetTypes().Single(type => type.IsAssignableTo(typeof(IDeviceRig)));
        return (IDeviceRig)Activator.CreateInstance(type)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        if (_instrumented.TryGetValue(name, out byte[]? image))
        {
            return LoadFromStream(new MemoryStream(image));
        }

        // The counters are shared with the meter.
        string path = Path.Combine(_folder, name + ".dll");
        return name != typeof(Counters).Assembly.GetName().Name && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private byte[] Instrument(string path, HashSet<string> ours)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(_folder);
        using var module = ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver });
        var counting = new CountingMethods(module, ours);
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToArray())
        {
            new MethodInstrumenter(counting, Map, method).Run();
        }

        using var image = new MemoryStream();
        module.Write(image);
        return image.ToArray();
    }
}
