using Boards.NativeSim.Emulation.FileSystem;
using Boards.NativeSim.World;

namespace nanoFramework.Emulation.IO;

public static class Directory
{
    public static DirectoryInfo CreateDirectory(string path)
    {
        path = Path.GetFullPath(path);
        SimulatedChip.Current.Flash.CreateDirectory(path);
        return new DirectoryInfo(path);
    }

    public static bool Exists(string path) => SimulatedChip.Current.Flash.DirectoryExists(Path.GetFullPath(path));

    public static void Delete(string path) => Delete(path, false);

    public static void Delete(string path, bool recursive)
    {
        path = Path.GetFullPath(path);
        SimulatedChip chip = SimulatedChip.Current;
        if (OpenFiles.Of(chip).AnyIn(path))
        {
            throw new IOException($"In use: {path}");
        }

        if (recursive)
        {
            foreach (string file in chip.Flash.Files(path))
            {
                chip.Flash.Delete(file);
            }

            foreach (string directory in chip.Flash.Directories(path))
            {
                Delete(directory, true);
            }
        }

        chip.Flash.DeleteDirectory(path);
    }

    /// <summary>Full paths of the files directly in it.</summary>
    public static string[] GetFiles(string path) => SimulatedChip.Current.Flash.Files(Path.GetFullPath(path));

    /// <summary>Full paths of the directories directly in it; on the device the path must end with a backslash.</summary>
    public static string[] GetDirectories(string path)
    {
        string[] found = SimulatedChip.Current.Flash.Directories(Path.GetFullPath(path));
        return path.EndsWith('\\') || path.EndsWith('/') ? found : [];
    }

    public static string GetCurrentDirectory() => @"\";
}
