namespace M2m.Client.Arguments;

/// <summary>The rules of names that become levels of topics.</summary>
public static class Names
{
    /// <summary>What would be right for a device or a group.</summary>
    public const string Rule = "1 to 64 of A-Z a-z 0-9 _ - .";

    public const string BoardRule = "1 to 32 of A-Z a-z 0-9 _ -";

    private const int MaxBoard = 32;
    private const int MaxName = 64;
    private const int MaxPrefix = 64;

    /// <summary>Whether a text can be a device's id or a group's name.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False when it would leave its place in the topic.</returns>
    public static bool IsName(string text) => text.Length is > 0 and <= MaxName && text.All(IsPart);

    /// <summary>Whether a text can be a prefix.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for names with single / between.</returns>
    public static bool IsPrefix(string text) => text.Length <= MaxPrefix && text.Split('/').All(IsName);

    public static bool IsBoard(string? text) => text is { Length: > 0 and <= MaxBoard } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';
}
