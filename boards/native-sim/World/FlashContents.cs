namespace Boards.NativeSim.World;

/// <summary>What is durable in a flash: files and directories by normalized name, and what they cost.</summary>
internal sealed class FlashContents
{
    private const int BlockBytes = 4096;
    private const int InlineBytes = 512;
    private const int EntryBytes = 32;

    /// <summary>A directory is a pair of blocks; so is the superblock.</summary>
    public const int DirectoryBytes = 2 * BlockBytes;

    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Directories { get; } = new(StringComparer.Ordinal);

    public int UsedBytes =>
        DirectoryBytes + (Directories.Count * DirectoryBytes) + Files.Values.Sum(content => Cost(content.Length));

    /// <summary>What directories hold of files: names, and the content of small ones.</summary>
    public int LogBytes => Files.Values.Sum(content => EntryBytes + (content.Length <= InlineBytes ? content.Length : 0));

    // Small files live in their directory's metadata, others take whole blocks.
    public static int Cost(int length) =>
        EntryBytes + (length <= InlineBytes ? length : (length + BlockBytes - 1) / BlockBytes * BlockBytes);

    public static string Normalize(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = path.Replace('/', '\\');
        if (name.StartsWith("I:", StringComparison.OrdinalIgnoreCase))
        {
            name = name[2..];
        }

        return name.Trim('\\');
    }

    public static List<string> Children(IEnumerable<string> names, string directory) =>
        [.. names.Where(name => ParentOf(name) == directory)];

    public bool HasDirectory(string name) => name.Length == 0 || Directories.Contains(name);

    public bool IsEmpty(string directory) =>
        Children(Files.Keys, directory).Count == 0 && Children(Directories, directory).Count == 0;

    public void RequireParent(string name)
    {
        if (name.Length == 0 || !HasDirectory(ParentOf(name)))
        {
            throw new IOException($"Directory not found: {name}");
        }
    }

    public void SaveTo(string hostDirectory)
    {
        if (Directory.Exists(hostDirectory))
        {
            Directory.Delete(hostDirectory, recursive: true);
        }

        Directory.CreateDirectory(hostDirectory);
        foreach (string name in Directories)
        {
            Directory.CreateDirectory(HostPath(hostDirectory, name));
        }

        foreach ((string name, byte[] content) in Files)
        {
            File.WriteAllBytes(HostPath(hostDirectory, name), content);
        }
    }

    public void LoadFrom(string hostDirectory)
    {
        Files.Clear();
        Directories.Clear();
        foreach (string path in Directory.EnumerateDirectories(hostDirectory, "*", SearchOption.AllDirectories))
        {
            Directories.Add(Normalize(Path.GetRelativePath(hostDirectory, path)));
        }

        foreach (string path in Directory.EnumerateFiles(hostDirectory, "*", SearchOption.AllDirectories))
        {
            Files[Normalize(Path.GetRelativePath(hostDirectory, path))] = File.ReadAllBytes(path);
        }
    }

    private static string ParentOf(string name) => name.LastIndexOf('\\') is var cut and >= 0 ? name[..cut] : string.Empty;

    private static string HostPath(string hostDirectory, string name) =>
        Path.Combine(hostDirectory, name.Replace('\\', Path.DirectorySeparatorChar));
}
