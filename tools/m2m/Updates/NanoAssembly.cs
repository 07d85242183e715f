using System.Buffers.Binary;
using System.Text;
using M2m.Client;

namespace M2m.Updates;

/// <summary>
/// Reads a .pe file of .NET nanoFramework: nf-interpreter, nanoCLR_Types.h, CLR_RECORD_ASSEMBLY. Verifies both checksums,
/// as the runtime does before it loads the file.
/// </summary>
internal static class NanoAssembly
{
    private const int HeaderSize = 124;
    private const int HeaderChecksumAt = 8;
    private const int ChecksumAt = 12;
    private const int VersionAt = 28;
    private const int NameAt = 36;
    private const int TablesAt = 40;
    private const int PaddingAt = 108;
    private const int AssemblyRefs = 0;
    private const int AssemblyRefSize = 12;
    private const int TypeDefs = 4;
    private const int TypeDefSize = 24;
    private const int Strings = 11;
    private const int End = 15;
    private const ushort Nothing = 0xFFFF;

    // "NFMRK2" is the next format, with generics: the parts that are read here are the same.
    private static readonly string[] Markers = ["NFMRK1\0\0", "NFMRK2\0\0"];

    public static CodeAssembly Read(string path, byte[] bytes)
    {
        if (bytes.Length < HeaderSize || !Markers.Contains(Encoding.Latin1.GetString(bytes, 0, 8)))
        {
            throw new FailedException($"{path} is not an assembly of .NET nanoFramework: it does not begin with NFMRK1. Give the .pe that the build made, not another file renamed.");
        }

        Verify(path, bytes);
        if (Text(bytes, Word(bytes, NameAt)) is not { Length: > 0 } name)
        {
            throw new FailedException($"{path} has no name of its own");
        }

        return new CodeAssembly
        {
            Path = path,
            Name = name,
            Version = VersionOf(bytes, VersionAt),
            References = ReferencesOf(bytes),
            Types = TypesOf(bytes),
            Bytes = bytes,
            IsNano = true,
        };
    }

    private static void Verify(string path, byte[] bytes)
    {
        byte[] header = bytes[..HeaderSize];
        Array.Clear(header, HeaderChecksumAt, sizeof(uint));
        bool isWhole = Start(bytes, End) == bytes.Length
            && NanoChecksum.Of(header) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(HeaderChecksumAt))
            && NanoChecksum.Of(bytes.AsSpan(HeaderSize)) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(ChecksumAt));
        for (int table = 0; isWhole && table < End; table++)
        {
            isWhole = Start(bytes, table) >= HeaderSize && Start(bytes, table) + bytes[PaddingAt + table] <= Start(bytes, table + 1);
        }

        if (!isWhole)
        {
            throw new FailedException($"{path} is damaged: its length or a checksum is wrong. Build it again.");
        }
    }

    private static List<(string Name, Version Version)> ReferencesOf(byte[] bytes)
    {
        const int VersionInRecord = 4;
        var references = new List<(string Name, Version Version)>();
        foreach (int record in Records(bytes, AssemblyRefs, AssemblyRefSize))
        {
            if (Text(bytes, Word(bytes, record)) is { } name)
            {
                references.Add((name, VersionOf(bytes, record + VersionInRecord)));
            }
        }

        return references;
    }

    private static List<string?> TypesOf(byte[] bytes)
    {
        const int NamespaceInRecord = 2;
        const int EnclosingInRecord = 6;
        var types = new List<string?>();
        foreach (int record in Records(bytes, TypeDefs, TypeDefSize))
        {
            if (Word(bytes, record + EnclosingInRecord) == Nothing)
            {
                string? name = Text(bytes, Word(bytes, record));
                string? space = Text(bytes, Word(bytes, record + NamespaceInRecord));
                types.Add(name is null || space is null ? null : space.Length == 0 ? name : $"{space}.{name}");
            }
        }

        return types;
    }

    private static IEnumerable<int> Records(byte[] bytes, int table, int size)
    {
        int end = Start(bytes, table + 1) - bytes[PaddingAt + table];
        for (int record = Start(bytes, table); record + size <= end; record += size)
        {
            yield return record;
        }
    }

    // Strings that the runtime contains have numbers beyond this table: null.
    private static string? Text(byte[] bytes, int offset)
    {
        int begin = Start(bytes, Strings) + offset;
        int end = Start(bytes, Strings + 1) - bytes[PaddingAt + Strings];
        int zero = begin < end ? Array.IndexOf(bytes, (byte)0, begin, end - begin) : -1;
        return zero < 0 ? null : Encoding.UTF8.GetString(bytes, begin, zero - begin);
    }

    private static int Start(byte[] bytes, int table)
    {
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(TablesAt + (table * sizeof(uint))));
        return (int)Math.Min(start, int.MaxValue / 2);
    }

    private static Version VersionOf(byte[] bytes, int at) => new(Word(bytes, at), Word(bytes, at + 2), Word(bytes, at + 4), Word(bytes, at + 6));

    private static int Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
