namespace M2m.Arguments;

/// <summary>Finds the names that are most like a text.</summary>
internal static class Nearest
{
    private const int MaxLength = 64;
    private const int MaxNames = 3;

    public static IReadOnlyList<string> To(string text, IEnumerable<string> names)
    {
        int tolerance = Math.Max(2, text.Length / 3);
        (string Name, int Distance)[] candidates = [.. names
            .Where(name => name.Length <= MaxLength && text.Length <= MaxLength)
            .Select(name => (Name: name, Distance: IsEnd(text, name) ? 0 : IsPart(text, name) ? 1 : Math.Min(Distance(text, name), DistanceToEnd(text, name))))
            .Where(candidate => candidate.Distance <= tolerance)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)];

        // Beside a near one a far one is noise.
        return [.. candidates.TakeWhile(candidate => candidate.Distance <= (candidates[0].Distance == 0 ? 0 : candidates[0].Distance + 1)).Take(MaxNames).Select(candidate => candidate.Name)];
    }

    public static string Question(string text, IEnumerable<string> names)
    {
        IReadOnlyList<string> nearest = To(text, names);
        return nearest.Count == 0 ? string.Empty : $" Did you mean {string.Join(" or ", nearest.Select(name => $"'{name}'"))}?";
    }

    // "temperature.high" is the end of "channels.temperature.high".
    private static bool IsEnd(string text, string name) => name.EndsWith("." + text, StringComparison.OrdinalIgnoreCase);

    // "temperature.hihg" is like the end of "channels.temperature.high".
    private static int DistanceToEnd(string text, string name)
    {
        int segments = text.Count(c => c == '.') + 1;
        string[] parts = name.Split('.');
        return segments > 1 && parts.Length > segments ? 1 + Distance(text, string.Join('.', parts[^segments..])) : int.MaxValue;
    }

    private static bool IsPart(string text, string name) =>
        text.Length >= 3 && (name.Contains(text, StringComparison.OrdinalIgnoreCase) || text.Contains(name, StringComparison.OrdinalIgnoreCase));

    // Optimal string alignment: a swap of two neighbours counts once.
    private static int Distance(string a, string b)
    {
        int[][] cost = [.. Enumerable.Range(0, a.Length + 1).Select(_ => new int[b.Length + 1])];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i][j] = i + j;
                    continue;
                }

                int change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                cost[i][j] = Math.Min(Math.Min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i][j] = Math.Min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }

        return cost[a.Length][b.Length];
    }
}
