namespace M2m.Client.Files;

/// <summary>Files that fit into memory. A file is written completely or not at all: a server may read it at any moment.</summary>
public static class SmallFile
{
    public static byte[] Read(string path, int limit)
    {
        if (path.Length == 0)
        {
            throw new FailedException("the name of a file is empty");
        }

        if (Directory.Exists(path))
        {
            throw new FailedException($"{path} is a directory, not a file");
        }

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

    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsAccess(e))
        {
            throw new FailedException($"{path} cannot be replaced: {e.Message}");
        }
    }

    /// <param name="path">Its path.</param>
    /// <param name="isSecret">A new one is for its owner alone.</param>
    public static void CreateFolder(string path, bool isSecret)
    {
        try
        {
            if (isSecret && !OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return;
            }

            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FailedException($"the directory {path} cannot be created: the file system takes none there");
        }
        catch (Exception e) when (IsAccess(e))
        {
            throw new FailedException($"the directory {path} cannot be created: {e.Message}");
        }
    }

    public static bool IsAccess(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
