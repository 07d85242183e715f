using M2m.Client;

namespace M2m.Updates;

/// <summary>Files that fit into memory. What is written is whole or not there: a server may look at any moment.</summary>
internal static class SmallFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="limit">Bytes that it may have.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="FailedException">It cannot be read, or is too large.</exception>
    public static byte[] Read(string path, int limit)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[limit + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count <= limit ? bytes[..count] : throw new FailedException($"{path} is too large: at most {limit} bytes");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FailedException($"there is no file {path}");
        }
        catch (Exception e) when (IsAccess(e))
        {
            throw new FailedException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Writes a file, in place of one that is there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="FailedException">It cannot be written.</exception>
    public static void Replace(string path, byte[] bytes)
    {
        string part = path + ".part";
        try
        {
            File.WriteAllBytes(part, bytes);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (IsAccess(e))
        {
            throw new FailedException($"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Creates a file.</summary>
    /// <param name="path">Its path; nothing is there yet.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="isSecret">Whether only its owner may read it.</param>
    /// <exception cref="FailedException">It is there already, or cannot be written.</exception>
    public static void Create(string path, byte[] bytes, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var file = new FileStream(path, options);
            file.Write(bytes);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new FailedException($"{path} exists already, and is not overwritten");
        }
        catch (Exception e) when (IsAccess(e))
        {
            throw new FailedException($"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Creates a directory, and those above it, unless it is there.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="FailedException">It cannot be created.</exception>
    public static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (IsAccess(e))
        {
            throw new FailedException($"the directory {path} cannot be created: {e.Message}");
        }
    }

    /// <summary>Whether a failure is one of files.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>True for one that the user can do something about.</returns>
    public static bool IsAccess(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
