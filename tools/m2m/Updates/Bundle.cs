using System.Buffers.Binary;
using System.Text;
using M2m.Client;

namespace M2m.Updates;

/// <summary>
/// The application as one file: "M2MB", a format number, the number of assemblies, the entry type, each assembly's
/// length, version and name, then their bytes in load order. Little endian.
/// </summary>
internal sealed class Bundle
{
    public const int MaxSize = 294_912;

    public const int MaxAssemblies = 16;

    public const int MaxEntry = 96;

    public const int MaxName = 64;

    private const byte Format = 1;

    private Bundle(string entry, IReadOnlyList<Part> parts)
    {
        Entry = entry;
        Parts = parts;
    }

    private static ReadOnlySpan<byte> Magic => "M2MB"u8;

    public string Entry { get; }

    public IReadOnlyList<Part> Parts { get; }

    public static bool IsName(string name, int most) => name.Length > 0 && name.Length <= most && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    public static byte[] Write(string entry, IReadOnlyList<(string Name, Version Version, byte[] Bytes)> assemblies)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(Magic);
        writer.Write(Format);
        writer.Write((byte)assemblies.Count);
        WriteText(writer, entry);
        foreach ((string name, Version version, byte[] bytes) in assemblies)
        {
            writer.Write(bytes.Length);
            writer.Write((ushort)version.Major);
            writer.Write((ushort)version.Minor);
            writer.Write((ushort)Math.Max(0, version.Build));
            writer.Write((ushort)Math.Max(0, version.Revision));
            WriteText(writer, name);
        }

        foreach ((_, _, byte[] bytes) in assemblies)
        {
            writer.Write(bytes);
        }

        writer.Flush();
        return file.ToArray();
    }

    public static Bundle Read(ReadOnlySpan<byte> bytes)
    {
        int place = 0;
        if (!Take(bytes, ref place, Magic.Length).SequenceEqual(Magic))
        {
            throw Wrong("it does not begin with M2MB");
        }

        int format = Take(bytes, ref place, 1)[0];
        int count = Take(bytes, ref place, 1)[0];
        if (format != Format || count is 0 or > MaxAssemblies)
        {
            throw Wrong(format != Format ? $"it has format {format}, not {Format}" : $"it has {count} assemblies, not 1 to {MaxAssemblies}");
        }

        string entry = TakeText(bytes, ref place, MaxEntry, "the entry type's name");
        var parts = new List<Part>();
        long size = 0;
        for (int i = 0; i < count; i++)
        {
            parts.Add(TakePart(bytes, ref place, size));
            size += parts[i].Length;
        }

        if (place + size != bytes.Length)
        {
            throw Wrong($"its header promises {place + size} bytes, it has {bytes.Length}");
        }

        if (parts.Select(part => part.Name).Distinct().Count() != count)
        {
            throw Wrong("an assembly comes twice");
        }

        int begin = place;
        return new Bundle(entry, [.. parts.Select(part => part with { Offset = part.Offset + begin })]);
    }

    private static Part TakePart(ReadOnlySpan<byte> bytes, ref int place, long offset)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(Take(bytes, ref place, sizeof(uint)));
        if (length is 0 or > MaxSize)
        {
            throw Wrong($"an assembly has {length} bytes");
        }

        ReadOnlySpan<byte> numbers = Take(bytes, ref place, 4 * sizeof(ushort));
        int[] version = new int[4];
        for (int i = 0; i < version.Length; i++)
        {
            version[i] = BinaryPrimitives.ReadUInt16LittleEndian(numbers[(i * sizeof(ushort))..]);
        }

        string name = TakeText(bytes, ref place, MaxName, "an assembly's name");
        return new Part(name, new Version(version[0], version[1], version[2], version[3]), (int)offset, (int)length);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write((byte)text.Length);
        writer.Write(Encoding.ASCII.GetBytes(text));
    }

    private static string TakeText(ReadOnlySpan<byte> bytes, ref int place, int most, string what)
    {
        int length = Take(bytes, ref place, 1)[0];
        string text = Encoding.Latin1.GetString(Take(bytes, ref place, length));
        return IsName(text, most) ? text : throw Wrong($"{what} is not 1 to {most} characters of a name");
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int place, int count)
    {
        if (bytes.Length - place < count)
        {
            throw Wrong("it is cut off in its header");
        }

        place += count;
        return bytes.Slice(place - count, count);
    }

    private static FailedException Wrong(string why) => new($"this is not a bundle: {why}");

    internal sealed record Part(string Name, Version Version, int Offset, int Length);
}
