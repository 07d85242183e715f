using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace NanoApi.Building
{
    /// <summary>Compiles as the nanoFramework project system does: C# 9, its symbol, optimised, no reference but those given.</summary>
    internal static class DeviceCompiler
    {
        private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9, preprocessorSymbols: ["NANOFRAMEWORK_1_0"]);

        public static SyntaxTree Parse(string text, string path) =>
            CSharpSyntaxTree.ParseText(text, Language, path, System.Text.Encoding.UTF8);

        public static DeviceAssembly Compile(
            string name, IEnumerable<SyntaxTree> sources, IEnumerable<MetadataReference> references, bool executable = false, bool allowUnsafe = false)
        {
            var options = new CSharpCompilationOptions(
                executable ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                deterministic: true,
                allowUnsafe: allowUnsafe);
            return Emit(CSharpCompilation.Create(name, sources, references, options));
        }

        /// <summary>The same as Visual Studio builds it for debugging.</summary>
        public static DeviceAssembly Debug(DeviceAssembly assembly) =>
            Emit(assembly.Compilation.WithOptions(assembly.Compilation.Options.WithOptimizationLevel(OptimizationLevel.Debug)));

        private static DeviceAssembly Emit(CSharpCompilation compilation)
        {
            using var image = new MemoryStream();
            using var symbols = new MemoryStream();
            EmitResult result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
            string[] errors = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(Line).Distinct()];
            return new DeviceAssembly(compilation, errors, image.ToArray(), symbols.ToArray());
        }

        private static string Line(Diagnostic diagnostic)
        {
            FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
            string where = string.IsNullOrEmpty(place.Path) ? "" : $"{place.Path}({place.StartLinePosition.Line + 1}): ";
            return $"{where}{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
        }
    }
}
