namespace M2m.Client.Arguments;

public static class Names
{
    public const string Rule = "1 to 64 of A-Z a-z 0-9 _ - .";

    public const string BoardRule = "1 to 32 of A-Z a-z 0-9 _ -";

    private const int MaxBoard = 32;
    private const int MaxName = 64;
    private const int MaxPrefix = 64;

    public static bool IsName(string text) => text.Length is > 0 and <= MaxName && text.All(IsPart);

    public static bool IsPrefix(string text) => text.Length <= MaxPrefix && text.Split('/').All(IsName);

    public static bool IsBoard(string? text) => text is { Length: > 0 and <= MaxBoard } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';
}
