using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace M2m.Client.Mqtt;

/// <summary>Reads JSON from the network, which may be anything.</summary>
public static class Json
{
    /// <summary>Reads a payload. What it gives can be looked at and written again without a failure.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="value">The value.</param>
    /// <returns>False for what is not JSON, has a member twice, or text that is not Unicode.</returns>
    public static bool TryParse(ReadOnlySpan<byte> payload, out JsonElement value)
    {
        value = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            value = document.RootElement.Clone();
            Touch(value);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Gives a member of an object.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">Name of the member.</param>
    /// <returns>The member; null when there is none or it is JSON's null.</returns>
    public static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>Gives a member that is a string.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">Name of the member.</param>
    /// <returns>The text, or null.</returns>
    public static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <summary>Gives a member that is a number.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">Name of the member.</param>
    /// <returns>The number, or null.</returns>
    public static double? Number(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;

    /// <summary>Gives a member that is an object or an array.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">Name of the member.</param>
    /// <param name="kind">What it must be.</param>
    /// <param name="member">The member.</param>
    /// <returns>False when there is none of that kind.</returns>
    public static bool TryMember(JsonElement value, string name, JsonValueKind kind, [NotNullWhen(true)] out JsonElement? member)
    {
        member = Member(value, name) is { } found && found.ValueKind == kind ? found : null;
        return member is not null;
    }

    // A lone surrogate is found only when the text is asked for.
    private static void Touch(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Touch(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Touch(member.Value);
                }

                break;
        }
    }
}
