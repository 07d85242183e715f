namespace M2m.Client.Arguments;

public static class Names
{
    public const string Rule = "1 to 64 of A-Z a-z 0-9 _ -";

    public const string BoardRule = "1 to 32 of A-Z a-z 0-9 _ -";

    private const int MaxBoard = 32;
    private const int MaxName = 64;
    private const int MaxPrefix = 64;

    /// <summary>Whether it can be a level of a topic. A broker that maps topics to its own separators takes no dot.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= MaxName && text.All(IsPart);

    /// <summary>A name, or names with dots between, as methods and settings have.</summary>
    public static bool IsDottedName(string text) => text.Length is > 0 and <= MaxName && text.All(c => IsPart(c) || c == '.');

    public static bool IsPrefix(string text) => text.Length <= MaxPrefix && text.Split('/').All(IsName);

    public static bool IsBoard(string? text) => text is { Length: > 0 and <= MaxBoard } && text.All(IsPart);

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
