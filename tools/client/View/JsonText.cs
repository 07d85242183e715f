using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace M2m.Client.View;

/// <summary>Writes JSON in which characters that a terminal would obey or hide are escaped as \uXXXX.</summary>
public static class JsonText
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = OneLine with { Indented = true };

    public static string Compact(Action<Utf8JsonWriter> write) => Write(write, OneLine);

    public static string Pretty(JsonElement value) => Write(value.WriteTo, Indented);

    /// <summary>A string without its quotes, anything else as JSON. Not yet clean.</summary>
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
