using Firmware.Platform;

namespace Scenarios.Security;

/// <summary>One file that is read.</summary>
internal sealed class ByteFile(byte[] content) : IStorage
{
    public byte[] Read(string name) => content;

    public int ReadAt(string name, int position, byte[] buffer)
    {
        int count = Math.Clamp(content.Length - position, 0, buffer.Length);
        Array.Copy(content, position, buffer, 0, count);
        return count;
    }

    public bool Replace(string name, byte[] content) => throw new InvalidOperationException("nothing is written");

    public bool Append(string name, byte[] data, int count) => throw new InvalidOperationException("nothing is written");

    public bool Delete(string name) => throw new InvalidOperationException("nothing is deleted");

    public string[] List() => throw new InvalidOperationException("nothing is listed");
}
