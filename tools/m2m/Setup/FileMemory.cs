using Firmware.Platform;

namespace M2m.Setup;

/// <summary>A device's files in memory: the firmware's own classes write into it what a device is to find on its flash.</summary>
internal sealed class FileMemory : IStorage
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public byte[]? Read(string name) => _files.TryGetValue(name, out byte[]? content) && content.Length > 0 ? [.. content] : null;

    public bool Replace(string name, byte[] content)
    {
        _files[name] = [.. content];
        return true;
    }

    public bool Append(string name, byte[] data, int count) => Replace(name, [.. Read(name) ?? [], .. data.AsSpan(0, count)]);

    public int ReadAt(string name, int position, byte[] buffer)
    {
        byte[] content = Read(name) ?? [];
        int count = Math.Clamp(content.Length - position, 0, buffer.Length);
        Array.Copy(content, Math.Min(position, content.Length), buffer, 0, count);
        return count;
    }

    public string[] List() => [.. _files.Keys];

    public bool Delete(string name)
    {
        _files.Remove(name);
        return true;
    }
}
