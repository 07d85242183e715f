using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Scenarios.Protocol;

/// <summary>A message of the document: its schema is null when it has no payload.</summary>
internal sealed record ContractMessage(string Name, JsonSchema? Schema, string? Type, IReadOnlyDictionary<string, string> Constants)
{
    public static ContractMessage Of(string name, JsonObject? payload, Func<JsonSchema> compile) => new(
        name,
        payload is null ? null : compile(),
        payload?["type"]?.GetValue<string>(),
        (payload?["properties"]?.AsObject() ?? []).Where(member => member.Value!["const"] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            .ToDictionary(member => member.Key, member => member.Value!["const"]!.GetValue<string>()));

    /// <summary>Whether a payload claims to be this message: its kind, and the members that name it.</summary>
    public bool IsMeant(JsonElement payload) =>
        Schema is not null
        && (Type is null || Type == (payload.ValueKind == JsonValueKind.Array ? "array" : "object"))
        && Constants.All(constant => payload.TryGetProperty(constant.Key, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() == constant.Value);
}
