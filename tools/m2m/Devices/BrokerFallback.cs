using System.Text.Json;
using System.Text.Json.Nodes;

namespace M2m.Devices;

/// <summary>Brokers of which some are without TLS: who blocks the others gets what they would have got.</summary>
internal static class BrokerFallback
{
    /// <summary>The warning for the setting <c>broker</c> among others, by keys with dots; null for none.</summary>
    public static string? Warning(JsonObject flat)
    {
        JsonObject[] entries = flat["broker"] is JsonArray list ? [.. list.OfType<JsonObject>()] : [];
        int plain = Array.FindIndex(entries, entry => !HasTls(entry));
        if (plain < 0 || !Array.Exists(entries, HasTls))
        {
            return null;
        }

        string secrets = entries[plain]["password"] is null ? "all its messages" : "its password and all its messages";
        return FormattableString.Invariant(
            $"broker: entry {plain + 1} is without TLS, others have it. When these cannot be reached, or someone blocks them, the device sends {secrets} there IN THE CLEAR. Give it \"tls\":true, or leave it out");
    }

    private static bool HasTls(JsonObject entry) => entry["tls"]?.GetValueKind() == JsonValueKind.True;
}
