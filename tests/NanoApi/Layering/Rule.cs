using Microsoft.CodeAnalysis;

namespace NanoApi.Layering
{
    /// <summary>What the files of one folder may name.</summary>
    /// <param name="Folder">As <see cref="Place.OfFile"/> gives it.</param>
    /// <param name="Own">The folder's own namespace.</param>
    /// <param name="Knows">Other folders of ours, and all below them; null for a folder of Core or Device that the table lacks.</param>
    internal sealed record Rule(string Folder, string Own, IReadOnlyList<string>? Knows)
    {
        private const string Root = "Firmware";

        private bool IsInBoard => Folder.StartsWith("boards/", StringComparison.Ordinal);

        private string LibrariesOf => IsInBoard ? Folder : "firmware";

        // Device and its neighbours in the root join the folders; the others see the contracts there.
        private bool Joins => Folder == "firmware/Device";

        /// <param name="path">A source, from the root with forward slashes.</param>
        /// <param name="space">The namespace that it declares.</param>
        /// <returns>Null for a source that may name everything.</returns>
        public static Rule? For(string path, string space)
        {
            string name = path.Split('/')[^1];
            bool isProgram = path.StartsWith("boards/", StringComparison.Ordinal)
                && (name.StartsWith("Program", StringComparison.Ordinal) || name is "Application.cs" or "Modules.cs");
            bool isAttributes = path.Contains("/Properties/", StringComparison.Ordinal); // of the assembly; nothing runs there
            return Place.OfFile(path) is { } folder && !isProgram && !isAttributes
                ? new Rule(folder, string.Join('.', space.Split('.').Take(2)), KnownBy(folder))
                : null;
        }

        /// <summary>The other folders of ours that the files of a folder may name; null when the table lacks the folder.</summary>
        public static IReadOnlyList<string>? KnownBy(string folder) => folder.Split('/') switch
        {
            ["firmware", "Core"] => [],
            ["firmware", "Core", string name] => Layers.Core.Contains(name) ? KnownInCore(name) : null,
            ["firmware", "Device", string name] => Layers.Device.TryGetValue(name, out string[]? others)
                ? ["firmware/Core", "firmware/Device", .. others.Select(other => "firmware/Device/" + other)]
                : null,
            ["firmware", "Device"] => ["firmware/Core", .. Layers.Device.Keys.Select(name => "firmware/Device/" + name)],
            ["firmware", _] => ["firmware/Core", "firmware/Device", .. Layers.Device.Keys.Select(name => "firmware/Device/" + name), .. Layers.Modules.GetValueOrDefault(folder, [])],
            _ => Layers.Boards.GetValueOrDefault(folder) ?? Layers.Board,
        };

        /// <summary>What is wrong with a using directive.</summary>
        /// <param name="space">The namespace that it imports.</param>
        public string? ProblemOf(string space)
        {
            if (Knows == null)
            {
                return $"{Folder} has no line in tests/NanoApi/Layering/Layers.cs";
            }

            if (space.Split('.')[0] is not ("Firmware" or "Boards"))
            {
                return Layers.Libraries.TryGetValue(LibrariesOf, out string[]? libraries) && !libraries.Contains(space)
                    ? $"{LibrariesOf} may not name {space}"
                    : null;
            }

            bool isKnown = Knows.SelectMany(Namespaces).Append(Own).Any(known => IsWithin(space, known, '.'));
            return isKnown ? null : $"{Folder} may not know {space}";
        }

        /// <param name="symbol">The type or member that the source names.</param>
        public string? ProblemOf(ISymbol symbol)
        {
            INamedTypeSymbol type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
            string name = type.ToDisplayString();
            string? forbidden = Layers.InBoardsOnly.FirstOrDefault(entry => entry == name || entry == $"{name}.{symbol.Name}");
            if (forbidden != null && !IsInBoard)
            {
                return $"{forbidden} belongs in a board: time and threads come from there";
            }

            // A library's type is named before its members are; some are inherited from elsewhere, as a Type's Name is.
            return Place.OfType(type) is { } place ? ProblemOf(name, place)
                : symbol is INamedTypeSymbol ? ProblemOf(type.ContainingNamespace.ToDisplayString())
                : null;
        }

        private string? ProblemOf(string type, string place)
        {
            if (Knows == null)
            {
                return $"{Folder} has no line in tests/NanoApi/Layering/Layers.cs";
            }

            if (place == "firmware/Device" && !Joins && Layers.Joiners.Contains(type))
            {
                return $"{Folder} may not know {type}, which joins";
            }

            return place == Folder || Knows.Any(known => Covers(known, place)) ? null : $"{Folder} may not know {type} of {place}";
        }

        // A line with Core means all of it; one with Device means the contracts in its root.
        private static bool Covers(string known, string place) =>
            known == place || (known == "firmware/Core" && IsWithin(place, known, '/'));

        private static IEnumerable<string> Namespaces(string folder) => folder == "firmware/Core"
            ? Layers.Core.Select(name => "Firmware." + name)
            : [Place.NamespaceOf(folder)];

        private static IReadOnlyList<string> KnownInCore(string name) => name is "Platform" or "Json"
            ? []
            : [.. Layers.Core.TakeWhile(other => other != name).Select(other => "firmware/Core/" + other)];

        // The root's namespace holds all others, and stands for itself alone.
        private static bool IsWithin(string inner, string outer, char separator) =>
            inner == outer || (outer != Root && inner.StartsWith(outer + separator, StringComparison.Ordinal));
    }
}
