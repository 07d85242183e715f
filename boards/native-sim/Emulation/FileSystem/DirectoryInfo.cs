namespace nanoFramework.Emulation.IO;

public sealed class DirectoryInfo : FileSystemInfo
{
    public DirectoryInfo(string path) => Use(path);

    public override string Name => Path.GetFileName(FullName)!;

    public override bool Exists => Directory.Exists(FullName);

    public DirectoryInfo Root => new(Path.Root);

    public DirectoryInfo Parent => new(Path.GetDirectoryName(FullName) ?? Path.Root);

    public void Create() => Directory.CreateDirectory(FullName);

    public DirectoryInfo CreateSubdirectory(string path) => Directory.CreateDirectory(Path.Combine(FullName, path));

    public FileInfo[] GetFiles() => Array.ConvertAll(Directory.GetFiles(FullName), path => new FileInfo(path));

    public DirectoryInfo[] GetDirectories() =>
        Array.ConvertAll(Directory.GetDirectories(FullName + '\\'), path => new DirectoryInfo(path));

    public override void Delete() => Directory.Delete(FullName);

    public void Delete(bool recursive) => Directory.Delete(FullName, recursive);

    public override string ToString() => FullName;
}
