using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace M2m.Client.View;

/// <summary>Writes JSON that a terminal can be shown: what it would obey or hide stands as \uXXXX, which is the same JSON.</summary>
public static class JsonText
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = OneLine with { Indented = true };

    /// <summary>Writes on one line.</summary>
    /// <param name="write">Writes one value.</param>
    /// <returns>The text.</returns>
    public static string Compact(Action<Utf8JsonWriter> write) => Write(write, OneLine);

    /// <summary>Writes a value on several lines.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text.</returns>
    public static string Pretty(JsonElement value) => Write(value.WriteTo, Indented);

    /// <summary>A value as a person reads it: a string without its quotes, anything else as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text; not yet clean.</returns>
    public static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : Compact(value.WriteTo);

    private static string Write(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            write(writer);
        }

        return Escape(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static string Escape(string json)
    {
        if (json.All(c => c is >= ' ' and <= '~' or '\n'))
        {
            return json;
        }

        var escaped = new StringBuilder(json.Length + 16);
        foreach (Rune rune in json.EnumerateRunes())
        {
            string text = rune.ToString();
            bool isShown = rune.Value == '\n' || PrintableText.Clean(text) == text;
            foreach (char c in text)
            {
                _ = isShown ? escaped.Append(c) : escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return escaped.ToString();
    }
}
