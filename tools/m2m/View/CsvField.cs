namespace M2m.View;

/// <summary>A field of CSV (RFC 4180).</summary>
internal static class CsvField
{
    private const string SpreadsheetFormulas = "=+-@";

    // A spreadsheet would execute what a hostile device wrote.
    public static string Of(string text)
    {
        string harmless = text.Length > 0 && SpreadsheetFormulas.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return harmless.AsSpan().IndexOfAny(",\"\r\n") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
