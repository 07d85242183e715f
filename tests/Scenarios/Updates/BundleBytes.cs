using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;

namespace Scenarios.Updates;

/// <summary>Bundles as the tool writes them, and some that it never would.</summary>
internal static class BundleBytes
{
    public const string Entry = "Boards.Some.Application";

    private static readonly ConcurrentDictionary<string, byte[]> Images = new();

    /// <summary>Some bytes that no other image has.</summary>
    public static byte[] Image(string version) => Images.GetOrAdd(version, _ => Of((version, Filled(version, 9000))));

    public static byte[] Of(params (string Version, byte[] Content)[] assemblies) =>
        Of(Entry, [.. assemblies.Select((item, i) => ("Some.Assembly" + i, item.Version, item.Content))]);

    public static byte[] Of(string entry, params (string Name, string Version, byte[] Content)[] assemblies)
    {
        var bundle = new List<byte>();
        bundle.AddRange("M2MB"u8);
        bundle.Add(1);
        bundle.Add((byte)assemblies.Length);
        AddText(bundle, entry);
        foreach ((string name, string version, byte[] content) in assemblies)
        {
            AddNumber(bundle, content.Length, 4);
            int[] parts = [.. version.Split('.').Select(int.Parse), 0, 0];
            parts[..4].ToList().ForEach(part => AddNumber(bundle, part, 2));
            AddText(bundle, name);
        }

        return [.. bundle, .. assemblies.SelectMany(item => item.Content)];
    }

    private static void AddText(List<byte> bundle, string text)
    {
        bundle.Add((byte)text.Length);
        bundle.AddRange(Encoding.Latin1.GetBytes(text));
    }

    private static void AddNumber(List<byte> bundle, int value, int count)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        bundle.AddRange(bytes[..count]);
    }

    private static byte[] Filled(string version, int length)
    {
        byte[] content = new byte[length];
        new Random(version.GetHashCode(StringComparison.Ordinal) & 0xFFFF).NextBytes(content);
        Encoding.ASCII.GetBytes(version).CopyTo(content, 0);
        return content;
    }
}
