using Firmware.Platform;

namespace Scenarios.Outbox;

/// <summary>Storage that refuses an append now and then, or all but a part of it.</summary>
internal sealed class FlakyStorage(IStorage storage) : IStorage
{
    /// <summary>How many appends are refused from now on.</summary>
    public int Refusals { get; set; }

    public byte[]? Read(string name) => storage.Read(name);

    public bool Replace(string name, byte[] content) => storage.Replace(name, content);

    /// <summary>How many appends are taken before that.</summary>
    public int Before { get; set; }

    /// <summary>How many bytes of each refused append are there all the same.</summary>
    public int Kept { get; set; }

    /// <summary>Whether the last of these bytes is another.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>How many appends were tried.</summary>
    public int Appends { get; private set; }

    public bool Append(string name, byte[] data, int count)
    {
        Appends++;
        if (Before-- > 0 || Refusals-- <= 0)
        {
            return storage.Append(name, data, count);
        }

        if (Kept > 0)
        {
            byte[] part = data[..Math.Min(Kept, count)];
            part[^1] ^= (byte)(IsDamaged ? 0x10 : 0);
            storage.Append(name, part, part.Length);
        }

        return false;
    }

    public int ReadAt(string name, int position, byte[] buffer) => storage.ReadAt(name, position, buffer);

    public bool Delete(string name) => storage.Delete(name);

    public string[]? List() => storage.List();
}
