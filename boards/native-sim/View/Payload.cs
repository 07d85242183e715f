using System.Text.Json;

namespace Boards.NativeSim.View;

/// <summary>Looks into payloads from the network, which may be anything.</summary>
internal static class Payload
{
    /// <summary>Reads a payload as JSON and makes something of it.</summary>
    /// <typeparam name="T">What is made of it.</typeparam>
    /// <param name="payload">The bytes.</param>
    /// <param name="read">Makes it; may throw what <see cref="JsonElement"/> throws.</param>
    /// <param name="otherwise">The result when that is not possible.</param>
    /// <returns>The result.</returns>
    public static T Read<T>(byte[]? payload, Func<JsonElement, T> read, T otherwise)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A lone surrogate, too, is found only when the text is asked for.
            return otherwise;
        }
    }

    /// <summary>Gives a member of an object.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">Name of the member.</param>
    /// <returns>The member, or null when it is none or <paramref name="value"/> is no object.</returns>
    public static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? member : null;

    /// <summary>Gives a member that is a string.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">Name of the member.</param>
    /// <returns>The text, or null.</returns>
    public static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <summary>Gives a value as text: a string without its quotes, anything else as JSON.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>The text.</returns>
    public static string Show(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value, Compact.Options);

    private static class Compact
    {
        // For people, on one line: PrintableText takes care of what must not reach a terminal.
        public static readonly JsonSerializerOptions Options = new()
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
    }
}
