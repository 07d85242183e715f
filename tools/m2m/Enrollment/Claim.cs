using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Enrollment;

/// <summary>The last status of a device under the prefix of new devices.</summary>
/// <param name="State">As in a presence.</param>
/// <param name="IsWaiting">It is online, and says that it is not enrolled.</param>
/// <param name="Fault">Why it is not believed; null: it is.</param>
internal sealed record Claim(string State, bool IsWaiting, string? Fault)
{
    public static Claim? Read(string id, byte[] payload)
    {
        if (Presence.Read(id, payload) is not { IsKnown: true } presence)
        {
            return null;
        }

        string? said = Json.Text(presence.Status, "id");
        return new Claim(
            presence.State,
            presence.State == Presence.Online && Json.Member(presence.Status, "enrolled") is { ValueKind: JsonValueKind.False },
            said == id ? null : $"its status is under {id}, but says {(said is null ? "no id" : $"'{said[..Math.Min(said.Length, 64)]}'")}");
    }
}
