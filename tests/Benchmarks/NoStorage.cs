using Firmware.Platform;

namespace Benchmarks;

/// <summary>Storage that takes everything and keeps nothing.</summary>
internal sealed class NoStorage : IStorage
{
    public byte[]? Read(string name) => null;

    public bool Replace(string name, byte[] content) => true;

    public bool Append(string name, byte[] data, int count) => true;

    public int ReadAt(string name, int position, byte[] buffer) => 0;

    public string[] List() => [];

    public bool Delete(string name) => true;
}
