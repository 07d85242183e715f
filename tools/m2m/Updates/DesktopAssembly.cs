using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using M2m.Client;

namespace M2m.Updates;

internal static class DesktopAssembly
{
    public static CodeAssembly Read(string path, byte[] bytes)
    {
        try
        {
            using var file = new PEReader(new MemoryStream(bytes));
            if (!file.HasMetadata || !file.GetMetadataReader().IsAssembly)
            {
                throw new FailedException($"{path} is not an assembly of .NET");
            }

            MetadataReader metadata = file.GetMetadataReader();
            AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
            return new CodeAssembly
            {
                Path = path,
                Name = metadata.GetString(assembly.Name),
                Version = assembly.Version,
                References = [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(reference => (metadata.GetString(reference.Name), reference.Version))],
                Types = [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Where(type => !type.IsNested).Select(type => NameOf(metadata, type))],
                Bytes = bytes,
                IsNano = false,
            };
        }
        catch (BadImageFormatException e)
        {
            throw new FailedException($"{path} is not an assembly of .NET, or damaged: {e.Message}");
        }
    }

    private static string NameOf(MetadataReader metadata, TypeDefinition type)
    {
        string space = metadata.GetString(type.Namespace);
        string name = metadata.GetString(type.Name);
        return space.Length == 0 ? name : $"{space}.{name}";
    }
}
