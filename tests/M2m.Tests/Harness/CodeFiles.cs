using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using M2m.Updates;

namespace M2m.Tests.Harness;

/// <summary>Build outputs made by hand.</summary>
internal static class CodeFiles
{
    public static byte[] Pe(string name, string version, string type = "Application", params (string Name, string Version)[] references)
    {
        var strings = new List<byte> { 0 };
        ushort Add(string text)
        {
            ushort place = (ushort)strings.Count;
            strings.AddRange(Encoding.ASCII.GetBytes(text + "\0"));
            return place;
        }

        var assemblyRefs = new List<byte>();
        foreach ((string reference, string referenceVersion) in references)
        {
            assemblyRefs.AddRange([.. Words(Add(reference), 0), .. VersionWords(referenceVersion)]);
        }

        byte[] typeDef = [.. Words(Add(type), Add(name), 0xFFFF, 0xFFFF), .. new byte[16]];
        ushort nameAt = Add(name);
        int padding = (4 - (strings.Count % 4)) % 4;
        strings.AddRange(new byte[padding]);
        byte[] file = [.. new byte[124], .. assemblyRefs, .. typeDef, .. strings];
        Encoding.ASCII.GetBytes("NFMRK1\0\0").CopyTo(file, 0);
        VersionWords(version).CopyTo(file, 28);
        Words(nameAt).CopyTo(file, 36);
        for (int table = 0; table < 16; table++)
        {
            int start = 124 + (table > 0 ? assemblyRefs.Count : 0) + (table > 4 ? typeDef.Length : 0) + (table > 11 ? strings.Count : 0);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40 + (table * 4)), start);
        }

        file[108 + 11] = (byte)padding;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), NanoChecksum.Of(file.AsSpan(124)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), NanoChecksum.Of(file.AsSpan(0, 124)));
        return file;
    }

    public static IReadOnlyList<byte[]> Dlls(params (string Name, string Version)[] chain)
    {
        var files = new List<byte[]>();
        Type? before = null;
        foreach ((string name, string version) in chain)
        {
            var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(version) }, typeof(object).Assembly);
            TypeBuilder type = assembly.DefineDynamicModule(name).DefineType(name + ".Application", TypeAttributes.Public);
            type.DefineField("Before", before ?? typeof(object), FieldAttributes.Public | FieldAttributes.Static);
            before = type.CreateType();
            using var file = new MemoryStream();
            assembly.Save(file);
            files.Add(file.ToArray());
        }

        return files;
    }

    private static byte[] Words(params ushort[] words) => [.. words.SelectMany(word => new[] { (byte)word, (byte)(word >> 8) })];

    private static byte[] VersionWords(string version) => Words([.. version.Split('.').Select(ushort.Parse)]);
}
