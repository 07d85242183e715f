using Microsoft.CodeAnalysis;

namespace NanoApi.Layering
{
    /// <summary>What the files of one folder may name.</summary>
    /// <param name="Folder">From the root, as the table of Layers has it.</param>
    /// <param name="Own">The folder's own namespace.</param>
    /// <param name="Knows">The other namespaces of ours; null when the table has no line for the folder.</param>
    internal sealed record Rule(string Folder, string Own, IReadOnlyList<string>? Knows)
    {
        private string Root => Folder.Split('/')[0];

        private bool IsInBoard => Root == "boards";

        /// <param name="path">A source, from the root with forward slashes.</param>
        /// <param name="space">The namespace that it declares.</param>
        /// <returns>Null for a source that may name everything.</returns>
        public static Rule? For(string path, string space)
        {
            string[] parts = path.Split('/');
            bool joins = parts[0] == "boards" && (parts[^1].StartsWith("Program", StringComparison.Ordinal) || parts[^1] == "Application.cs");
            bool attributes = parts.Contains("Properties"); // of the assembly; nothing runs there
            if (parts[0] is not ("core" or "firmware" or "boards") || joins || attributes)
            {
                return null;
            }

            string folder = parts.Length == 2 ? parts[0] : $"{parts[0]}/{parts[1]}";
            string line = parts[0] != "boards" || Layers.Knows.ContainsKey(folder) ? folder : "boards/*";
            return new Rule(folder, string.Join('.', space.Split('.').Take(2)), Layers.Knows.GetValueOrDefault(line));
        }

        /// <param name="space">The namespace that the source names.</param>
        public string? ProblemOf(string space)
        {
            if (Knows == null)
            {
                return $"{Folder} has no rule in tests/NanoApi/Layering/Layers.cs";
            }

            if (!IsOurs(space))
            {
                string owner = IsInBoard ? Folder : Root;
                return Layers.Libraries.TryGetValue(owner, out string[]? libraries) && !libraries.Contains(space) ? $"{owner} may not name {space}" : null;
            }

            return Knows.Append(Own).Any(known => space == known || space.StartsWith(known + ".", StringComparison.Ordinal))
                ? null
                : $"{Folder} may not know {space}";
        }

        /// <param name="symbol">The type or member that the source names.</param>
        public string? ProblemOf(ISymbol symbol)
        {
            string space = symbol.ContainingNamespace.ToDisplayString();
            string type = (symbol as INamedTypeSymbol ?? symbol.ContainingType).ToDisplayString();
            string? forbidden = Layers.InBoardsOnly.FirstOrDefault(name => name == type || name == $"{type}.{symbol.Name}");
            if (forbidden != null && !IsInBoard)
            {
                return $"{forbidden} belongs in a board: time and threads come from there";
            }

            // A library's type is named before its members are; some are inherited from elsewhere, as a Type's Name is.
            return symbol is INamedTypeSymbol || IsOurs(space) ? ProblemOf(space) : null;
        }

        private static bool IsOurs(string space) => space.Split('.')[0] is "Firmware" or "Boards";
    }
}
