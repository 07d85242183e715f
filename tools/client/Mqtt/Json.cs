using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace M2m.Client.Mqtt;

/// <summary>Reads JSON from the network, which may be anything.</summary>
public static class Json
{
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

    public static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    public static double? Number(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;

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
