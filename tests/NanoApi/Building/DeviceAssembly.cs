using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoApi.Building
{
    /// <summary>What came out of the compiler. With errors the image is empty.</summary>
    /// <param name="Compilation">The sources with their symbols.</param>
    /// <param name="Errors">file(line): id: message.</param>
    /// <param name="Image">The assembly.</param>
    /// <param name="Symbols">Its portable PDB.</param>
    internal sealed record DeviceAssembly(CSharpCompilation Compilation, IReadOnlyList<string> Errors, byte[] Image, byte[] Symbols)
    {
        public string Name => Compilation.AssemblyName!;

        public bool Succeeded => Errors.Count == 0;

        /// <summary>For who builds on it: with errors its symbols still serve, so that others see their own errors only.</summary>
        public MetadataReference Reference =>
            Succeeded ? MetadataReference.CreateFromImage(Image, filePath: Name + ".dll") : Compilation.ToMetadataReference();
    }
}
