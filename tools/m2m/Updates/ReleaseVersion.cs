using System.Globalization;

namespace M2m.Updates;

/// <summary>Version of a release: <c>x.y.z</c>, each 0 to 65535 without leading zeros, so that it is one text only.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second.</param>
/// <param name="Patch">The third.</param>
internal readonly record struct ReleaseVersion(ushort Major, ushort Minor, ushort Patch) : IComparable<ReleaseVersion>
{
    /// <summary>What would be right.</summary>
    public const string Rule = "x.y.z, each number 0 to 65535 without leading zeros";

    private const int Parts = 3;

    /// <summary>The version as a level of a topic, which has no dots.</summary>
    public string TopicLevel => ToString().Replace('.', '-');

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text; null is none.</param>
    /// <param name="version">The version.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryParse(string? text, out ReleaseVersion version)
    {
        version = default;
        if (ReadNumbers(text) is not { Length: Parts } numbers)
        {
            return false;
        }

        version = new ReleaseVersion(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    /// <summary>Whether a text is the version of a runtime: three or four numbers.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False when it is none.</returns>
    public static bool IsRuntime(string? text) => ReadNumbers(text) is { Length: Parts or Parts + 1 };

    /// <inheritdoc/>
    public int CompareTo(ReleaseVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static ushort[]? ReadNumbers(string? text)
    {
        const int MaxLength = 23;
        if (text is null || text.Length > MaxLength)
        {
            return null;
        }

        string[] parts = text.Split('.');
        ushort[] numbers = new ushort[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool isNumber = ushort.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]);
            if (!isNumber || (parts[i].Length > 1 && parts[i][0] == '0'))
            {
                return null;
            }
        }

        return numbers;
    }
}
