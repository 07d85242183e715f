using Boards.NativeSim.World;

namespace nanoFramework.Emulation.IO;

public sealed class FileInfo : FileSystemInfo
{
    public FileInfo(string fileName) => Use(fileName);

    public override string Name => Path.GetFileName(FullName)!;

    public override bool Exists => File.Exists(FullName);

    public long Length => SimulatedChip.Current.Flash.Read(FullName).Length;

    public string DirectoryName => Path.GetDirectoryName(FullName)!;

    public DirectoryInfo Directory => new(DirectoryName);

    public FileStream Create() => File.Create(FullName);

    public override void Delete() => File.Delete(FullName);

    public override string ToString() => FullName;
}
