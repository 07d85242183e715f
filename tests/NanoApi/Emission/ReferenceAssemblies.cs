using Microsoft.CodeAnalysis;
using Mono.Cecil;
using NanoApi.Model;

namespace NanoApi.Emission
{
    /// <summary>The device's assemblies as the compiler wants them: signatures without code, made from the facts.</summary>
    internal static class ReferenceAssemblies
    {
        private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Emitted = new(() => EmitAll(DeviceApi.Assemblies));

        public static byte[] Image(string assembly) => Emitted.Value[assembly];

        public static byte[]? ImageOrNull(string assembly) => Emitted.Value.GetValueOrDefault(assembly);

        public static MetadataReference Reference(string assembly) =>
            MetadataReference.CreateFromImage(Image(assembly), filePath: assembly + ".dll");

        private static Dictionary<string, byte[]> EmitAll(IReadOnlyDictionary<string, ApiAssembly> all)
        {
            using var resolver = new DeviceResolver();
            var images = new Dictionary<string, byte[]>();
            foreach (ApiAssembly assembly in ReferencesFirst(all))
            {
                AssemblyDefinition emitted = AssemblyEmitter.Emit(assembly, all, resolver);
                resolver.Add(emitted);
                using var image = new MemoryStream();
                emitted.Write(image);
                images.Add(assembly.Name, image.ToArray());
            }

            return images;
        }

        private static List<ApiAssembly> ReferencesFirst(IReadOnlyDictionary<string, ApiAssembly> all)
        {
            var ordered = new List<ApiAssembly>();
            void Visit(string name)
            {
                if (ordered.Exists(assembly => assembly.Name == name))
                {
                    return;
                }

                foreach (string reference in all[name].References)
                {
                    Visit(reference);
                }

                ordered.Add(all[name]);
            }

            foreach (string name in all.Keys.Order(StringComparer.Ordinal))
            {
                Visit(name);
            }

            return ordered;
        }
    }
}
