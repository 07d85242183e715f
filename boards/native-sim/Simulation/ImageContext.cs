using System.Reflection;
using System.Runtime.Loader;
using Boards.Loader;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// An assembly of an image, apart from the built-in ones, bound as the device's runtime binds it: by simple name, major
/// and minor version; what is in the deployment goes first; and whatever is missing is missed when it is loaded.
/// </summary>
/// <remarks>One context an assembly: a context that has an assembly of that name would not ask for the right one.</remarks>
internal sealed class ImageContext : AssemblyLoadContext
{
    private readonly IReadOnlyDictionary<string, Assembly> _before;

    private ImageContext(IReadOnlyDictionary<string, Assembly> before)
        : base(isCollectible: true) => _before = before;

    /// <summary>Loads an image.</summary>
    /// <param name="bundle">Its bundle.</param>
    /// <param name="index">What the bundle holds.</param>
    /// <returns>Its program.</returns>
    /// <exception cref="Exception">An assembly is damaged, or needs one that is not there, or there is no such program.</exception>
    public static Action Load(byte[] bundle, BundleIndex index)
    {
        var loaded = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        Type? program = null;
        for (int i = 0; i < index.Count; i++)
        {
            Assembly assembly = new ImageContext(loaded).Load(bundle, index[i]);
            loaded.TryAdd(assembly.GetName().Name!, assembly);
            program = assembly.GetType(index.EntryType) ?? program;
        }

        MethodInfo? run = program?.GetMethod("Run", BindingFlags.Public | BindingFlags.Static, []);
        return run?.CreateDelegate<Action>() ?? throw new EntryPointNotFoundException($"no {index.EntryType}.Run");
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        Assembly? deployed = IsOfApplication(assemblyName) ? Deployed(assemblyName) : Default.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        if (deployed is not null)
        {
            return deployed;
        }

        return _before.TryGetValue(assemblyName.Name!, out Assembly? own) && IsSame(own.GetName(), assemblyName)
            ? own
            : throw new FileNotFoundException($"no {assemblyName.Name} {assemblyName.Version?.ToString(2)}");
    }

    private Assembly Load(byte[] bundle, BundledAssembly item)
    {
        Assembly assembly = LoadFromStream(new MemoryStream(bundle, item.Offset, item.Length, writable: false));

        // The desktop would look for them at first use, the device does at once.
        foreach (AssemblyName reference in assembly.GetReferencedAssemblies())
        {
            Load(reference);
        }

        return assembly;
    }

    // The rest (the runtime, the emulated packages, the world) is the chip's, whatever an image was built against.
    private static bool IsOfApplication(AssemblyName name) =>
        name.Name!.StartsWith("Firmware", StringComparison.Ordinal) || name.Name.StartsWith("Boards.", StringComparison.Ordinal);

    private static Assembly? Deployed(AssemblyName name)
    {
        try
        {
            Assembly deployed = Default.LoadFromAssemblyName(new AssemblyName(name.Name!));
            return IsSame(deployed.GetName(), name) ? deployed : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool IsSame(AssemblyName one, AssemblyName other) =>
        one.Version?.Major == other.Version?.Major && one.Version?.Minor == other.Version?.Minor;
}
