using System.Globalization;

namespace M2m.Client.Updates;

/// <summary>Version of a release: <c>x.y.z</c>, each 0 to 65535 without leading zeros, so that it is one text only.</summary>
public readonly record struct ReleaseVersion(ushort Major, ushort Minor, ushort Patch) : IComparable<ReleaseVersion>
{
    public const string Rule = "x.y.z, each number 0 to 65535 without leading zeros";

    private const int Parts = 3;

    // No topic has dots.
    public string TopicLevel => ToString().Replace('.', '-');

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

    public static bool IsRuntime(string? text) => ReadNumbers(text) is { Length: Parts or Parts + 1 };

    public int CompareTo(ReleaseVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

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
