namespace nanoFramework.Emulation.IO;

/// <summary>Paths of the device: a drive, backslashes. Only drive I: is there.</summary>
public static class Path
{
    public static readonly char DirectorySeparatorChar = '\\';
    public static readonly char AltDirectorySeparatorChar = '/';
    public static readonly char VolumeSeparatorChar = ':';

    internal const string Root = @"I:\";

    public static string Combine(string path1, string path2)
    {
        ArgumentNullException.ThrowIfNull(path1);
        ArgumentNullException.ThrowIfNull(path2);
        if (path2.Length == 0 || path1.Length == 0)
        {
            return path1 + path2;
        }

        return IsPathRooted(path2) ? path2 : path1.TrimEnd('\\', '/') + '\\' + path2;
    }

    public static string GetFullPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = path.Replace('/', '\\');
        return full.StartsWith(Root, StringComparison.OrdinalIgnoreCase)
            ? Root + full[Root.Length..]
            : throw new IOException($"No such volume: {path}");
    }

    public static string? GetPathRoot(string? path) => path is null ? null : IsPathRooted(path) ? path[..Root.Length] : string.Empty;

    public static bool IsPathRooted(string? path) => path is { Length: >= 3 } && path[1] == ':' && path[2] is '\\' or '/';

    public static string? GetDirectoryName(string? path)
    {
        if (path is null || path.Length <= Root.Length)
        {
            return null;
        }

        int cut = path.LastIndexOfAny(['\\', '/']);
        return cut < 0 ? string.Empty : path[..(cut < Root.Length ? Root.Length : cut)];
    }

    public static string? GetFileName(string? path) => path?[(path.LastIndexOfAny(['\\', '/', ':']) + 1)..];

    public static string? GetExtension(string? path)
    {
        string? name = GetFileName(path);
        int dot = name?.LastIndexOf('.') ?? -1;
        return name is null ? null : dot < 0 || dot == name.Length - 1 ? string.Empty : name[dot..];
    }

    public static string? GetFileNameWithoutExtension(string? path)
    {
        string? name = GetFileName(path);
        int dot = name?.LastIndexOf('.') ?? -1;
        return dot < 0 ? name : name![..dot];
    }

    public static bool HasExtension(string? path) => !string.IsNullOrEmpty(GetExtension(path));
}
