using Firmware.Platform;

namespace Scenarios.Outbox;

/// <summary>Storage that refuses an append now and then.</summary>
internal sealed class FlakyStorage(IStorage storage) : IStorage
{
    /// <summary>How many appends are refused from now on.</summary>
    public int Refusals { get; set; }

    public byte[]? Read(string name) => storage.Read(name);

    public bool Replace(string name, byte[] content) => storage.Replace(name, content);

    public bool Append(string name, byte[] data, int count) => Refusals-- <= 0 && storage.Append(name, data, count);

    public int ReadAt(string name, int position, byte[] buffer) => storage.ReadAt(name, position, buffer);

    public bool Delete(string name) => storage.Delete(name);

    public string[]? List() => storage.List();
}
