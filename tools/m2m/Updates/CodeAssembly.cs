using M2m.Client;
using M2m.Client.Files;

namespace M2m.Updates;

internal sealed class CodeAssembly
{
    public required string Path { get; init; }

    public required string Name { get; init; }

    public required Version Version { get; init; }

    public required IReadOnlyList<(string Name, Version Version)> References { get; init; }

    /// <summary>Full names of its types that are not nested; null: a type that the format hides.</summary>
    public required IReadOnlyList<string?> Types { get; init; }

    public required byte[] Bytes { get; init; }

    public required bool IsNano { get; init; }

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
