using M2m.Client;

namespace M2m.Updates;

/// <summary>An assembly as it comes out of a build.</summary>
internal sealed class CodeAssembly
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Its simple name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version, four numbers.</summary>
    public required Version Version { get; init; }

    /// <summary>What it refers to; references whose name the format hides are left out.</summary>
    public required IReadOnlyList<(string Name, Version Version)> References { get; init; }

    /// <summary>Full names of its types that are not nested; null stands for one that the format hides.</summary>
    public required IReadOnlyList<string?> Types { get; init; }

    /// <summary>The file's bytes.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Whether it is for a device (.pe), not for the simulator (.dll).</summary>
    public required bool IsNano { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A <c>.pe</c> or <c>.dll</c>.</param>
    /// <returns>The assembly.</returns>
    /// <exception cref="FailedException">It is none.</exception>
    public static CodeAssembly Load(string path)
    {
        byte[] bytes = SmallFile.Read(path, Bundle.MaxSize);
        return System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".pe" => NanoAssembly.Read(path, bytes),
            ".dll" => DesktopAssembly.Read(path, bytes),
            _ => throw new FailedException($"{path} is neither a .pe (for a device) nor a .dll (for the simulator)"),
        };
    }
}
