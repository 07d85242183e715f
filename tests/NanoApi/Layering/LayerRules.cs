using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoApi.Layering
{
    /// <summary>Holds the table of Layers against what each source names, whether by using, by full name or by inference.</summary>
    internal static class LayerRules
    {
        public static IEnumerable<string> Problems(CSharpCompilation compilation) =>
            compilation.SyntaxTrees.SelectMany(tree => Problems(compilation, tree)).Distinct();

        /// <summary>Which folder names types of which other one.</summary>
        public static IEnumerable<(string From, string To)> Knowledge(CSharpCompilation compilation) =>
            (from tree in compilation.SyntaxTrees
             let @from = Place.OfFile(tree.FilePath)
             where @from != null
             let model = compilation.GetSemanticModel(tree)
             from name in tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>()
             let symbol = Named(name, model)
             where symbol != null
             let to = Place.OfType(symbol as INamedTypeSymbol ?? symbol.ContainingType)
             where to != null && to != @from
             select (@from!, to!)).Distinct();

        private static IEnumerable<string> Problems(CSharpCompilation compilation, SyntaxTree tree)
        {
            SyntaxNode root = tree.GetRoot();
            string space = root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";
            if (Rule.For(tree.FilePath, space) is not { } rule)
            {
                return [];
            }

            SemanticModel model = compilation.GetSemanticModel(tree);
            IEnumerable<(SyntaxNode Node, string? Problem)> imported =
                from directive in root.DescendantNodes().OfType<UsingDirectiveSyntax>()
                select ((SyntaxNode)directive, ProblemOf(directive, model, rule));
            IEnumerable<(SyntaxNode Node, string? Problem)> named =
                from name in root.DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>()
                let symbol = Named(name, model)
                where symbol != null
                select ((SyntaxNode)name, rule.ProblemOf(symbol));
            return from entry in imported.Concat(named)
                   where entry.Problem != null
                   select $"{tree.FilePath}({entry.Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {entry.Problem}";
        }

        private static string? ProblemOf(UsingDirectiveSyntax directive, SemanticModel model, Rule rule) =>
            model.GetSymbolInfo(directive.NamespaceOrType).Symbol is INamedTypeSymbol type
                ? rule.ProblemOf(type)
                : rule.ProblemOf(directive.NamespaceOrType.ToString());

        /// <summary>The type or member that a name stands for; null for locals, namespaces and what does not compile.</summary>
        private static ISymbol? Named(SimpleNameSyntax name, SemanticModel model)
        {
            ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
            bool ofType = symbol is INamedTypeSymbol or { ContainingType: not null };
            return ofType && symbol is not (IParameterSymbol or ILocalSymbol or ITypeParameterSymbol) && symbol!.ContainingNamespace is { IsGlobalNamespace: false }
                ? symbol
                : null;
        }
    }
}
