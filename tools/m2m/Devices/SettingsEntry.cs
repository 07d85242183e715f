using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client.Mqtt;
using M2m.Client.View;

namespace M2m.Devices;

/// <summary>A setting as the device's schema describes it.</summary>
internal sealed record SettingsEntry(string Name, JsonElement Raw)
{
    private const string List = "list";
    private const char Separator = ',';

    public string Type => Json.Text(Raw, "type") ?? string.Empty;

    public string Unit => Json.Text(Raw, "unit") ?? string.Empty;

    public string Effect => Json.Text(Raw, "effect") ?? string.Empty;

    public string Default => Json.Member(Raw, "default") is { } value ? JsonText.Plain(value) : string.Empty;

    public string Range
    {
        get
        {
            if (Json.TryMember(Raw, "choices", JsonValueKind.Array, out JsonElement? choices))
            {
                return string.Join(", ", choices.Value.EnumerateArray().Select(JsonText.Plain));
            }

            string? min = Json.Member(Raw, "min") is { } least ? JsonText.Plain(least) : null;
            string? max = Json.Member(Raw, "max") is { } most ? JsonText.Plain(most) : null;
            string range = (min, max) switch
            {
                (null, null) => string.Empty,
                (null, _) => $"at most {max}",
                (_, null) => $"at least {min}",
                _ => $"{min} to {max}",
            };
            string members = Json.TryMember(Raw, "members", JsonValueKind.Array, out JsonElement? known)
                ? " of " + string.Join(", ", known.Value.EnumerateArray().Select(member => Json.Text(member, "name"))) : string.Empty;
            return Type == "string" && range.Length > 0 ? range + " characters" : range + members;
        }
    }

    public bool IsFor(string key)
    {
        string[] own = Name.Split('.');
        string[] parts = key.Split('.');
        return own.Length == parts.Length && own.Zip(parts).All(pair => pair.First == "*" ? pair.Second.Length > 0 : pair.First == pair.Second);
    }

    /// <summary>Whether a key has this setting below it, as <c>mqtt</c> has <c>mqtt.rate</c>.</summary>
    public bool IsBelow(string key)
    {
        string[] own = Name.Split('.');
        string[] parts = key.Split('.');
        return own.Length > parts.Length && own.Zip(parts).All(pair => pair.First == pair.Second || (pair.First == "*" && pair.Second.Length > 0));
    }

    public JsonNode? Value(KeyValue pair)
    {
        // An SSID or a version may look like a number: it is text.
        if (Type is "string" or "choice" && pair.Text != "null" && !pair.Text.StartsWith('"'))
        {
            return JsonValue.Create(pair.Text);
        }

        if (Type == List && pair.Text != "null" && !pair.Text.StartsWith('['))
        {
            return new JsonArray([.. pair.Text.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => (JsonNode)JsonValue.Create(item))]);
        }

        return pair.ToJson();
    }
}
