using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoApi.Layering
{
    /// <summary>Rules about a single source: its namespace, its public types, its conditions.</summary>
    /// <param name="Path">From the root, with forward slashes.</param>
    /// <param name="Text">Its text.</param>
    internal sealed record SourceFile(string Path, string Text)
    {
        /// <param name="projectFolder">The folder of the project, from the root.</param>
        /// <param name="rootNamespace">Its RootNamespace.</param>
        public IEnumerable<string> Problems(string projectFolder, string rootNamespace)
        {
            SyntaxNode root = CSharpSyntaxTree.ParseText(Text).GetRoot();
            MemberDeclarationSyntax[] types =
                [.. root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>().Where(IsType)];
            string expected = Expected(projectFolder, rootNamespace);
            foreach (string space in types.Select(SpaceOf).Distinct().Where(space => space != expected))
            {
                yield return $"{Path}: namespace {space}, where the folder says {expected}";
            }

            string[] open = [.. types.Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)).Select(NameOf).Distinct()];
            if (open.Length > 1)
            {
                yield return $"{Path}: one public type a file, not {string.Join(", ", open)}";
            }

            bool conditional = root.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.IfDirectiveTrivia));
            if (conditional && Path.StartsWith("firmware/", StringComparison.Ordinal))
            {
                yield return $"{Path}: #if has no place in firmware/";
            }
        }

        private string Expected(string projectFolder, string rootNamespace)
        {
            string inner = System.IO.Path.GetDirectoryName(System.IO.Path.GetRelativePath(projectFolder, Path))!.Replace('\\', '/');
            return inner.Length == 0 ? rootNamespace : $"{rootNamespace}.{inner.Replace('/', '.')}";
        }

        private static bool IsType(MemberDeclarationSyntax member) => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

        private static string SpaceOf(MemberDeclarationSyntax type) =>
            string.Join('.', type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(space => space.Name.ToString()));

        private static string NameOf(MemberDeclarationSyntax type) =>
            type is DelegateDeclarationSyntax signature ? signature.Identifier.Text : ((BaseTypeDeclarationSyntax)type).Identifier.Text;
    }
}
