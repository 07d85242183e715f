using System.Text;
using Boards.NativeSim.Emulation.FileSystem;
using Boards.NativeSim.World;

namespace nanoFramework.Emulation.IO;

public static class File
{
    public static bool Exists(string path)
    {
        if (string.IsNullOrEmpty(path) || !Path.IsPathRooted(path))
        {
            return false;
        }

        return SimulatedChip.Current.Flash.Exists(path);
    }

    public static FileAttributes GetAttributes(string path)
    {
        path = Path.GetFullPath(path);
        SimulatedFlash flash = SimulatedChip.Current.Flash;
        if (flash.Exists(path))
        {
            return FileAttributes.Normal;
        }

        return flash.DirectoryExists(path) ? FileAttributes.Directory : throw new IOException($"File not found: {path}");
    }

    public static void Delete(string path)
    {
        path = Path.GetFullPath(path);
        SimulatedChip chip = SimulatedChip.Current;
        OpenFiles.Of(chip).Alone(path, () =>
        {
            if (chip.Flash.DirectoryExists(path))
            {
                throw new IOException($"A directory: {path}");
            }

            if (!chip.Flash.DirectoryExists(Path.GetDirectoryName(path) ?? Path.Root))
            {
                throw new IOException($"Directory not found: {path}");
            }

            chip.Flash.Delete(path);
        });
    }

    /// <summary>Replaces nothing: throws when the target is there.</summary>
    public static void Move(string sourceFileName, string destFileName)
    {
        string source = Path.GetFullPath(sourceFileName);
        string target = Path.GetFullPath(destFileName);
        SimulatedChip chip = SimulatedChip.Current;
        OpenFiles.Of(chip).Alone(source, () => chip.Flash.Rename(source, target));
    }

    public static void Copy(string sourceFileName, string destFileName) => Copy(sourceFileName, destFileName, false);

    public static void Copy(string sourceFileName, string destFileName, bool overwrite)
    {
        byte[] content = ReadAllBytes(sourceFileName);
        FileMode mode = overwrite ? FileMode.Create : FileMode.CreateNew;
        using var target = new FileStream(destFileName, mode, FileAccess.Write, FileShare.None);
        target.Write(content, 0, content.Length);
    }

    public static FileStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

    public static FileStream Create(string path, int bufferSize) => Create(path);

    public static FileStream Open(string path, FileMode mode) =>
        Open(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite);

    public static FileStream Open(string path, FileMode mode, FileAccess access) =>
        new(path, mode, access, FileShare.None);

    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share) =>
        new(path, mode, access, share);

    public static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.None);

    public static FileStream OpenWrite(string path) =>
        new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);

    public static byte[] ReadAllBytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content, 0, content.Length);
        return content;
    }

    public static string ReadAllText(string path) => Encoding.UTF8.GetString(ReadAllBytes(path));

    public static void WriteAllBytes(string path, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        stream.Write(bytes, 0, bytes.Length);
    }

    public static void WriteAllText(string path, string contents) =>
        WriteAllBytes(path, Encoding.UTF8.GetBytes(contents ?? string.Empty));

    public static void AppendAllText(string path, string contents)
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write);
        byte[] bytes = Encoding.UTF8.GetBytes(contents);
        stream.Write(bytes, 0, bytes.Length);
    }
}
