using System.Text.Json;
using M2m.Client.Mqtt;
using M2m.Client.Telemetry;
using M2m.Client.View;

namespace M2m.Client.Devices;

/// <summary>A device's response to a request: a result or an error.</summary>
/// <param name="Result">Null for an error.</param>
/// <param name="Error">Null for a result.</param>
public sealed record Response(string Device, JsonElement? Result, DeviceError? Error)
{
    /// <summary>Id of the request; null when the device could not read it.</summary>
    public string? Id { get; private init; }

    public string Outcome
    {
        get
        {
            if (Error is not null)
            {
                return "error " + Error;
            }

            // A flat object of readings looks like any other result.
            JsonElement result = Result ?? default;
            TelemetryMessage? pack = result.ValueKind == JsonValueKind.Array ? TelemetryMessage.Read(result) : null;
            return pack is { Readings.Count: > 0 } ? pack.ToString() : JsonText.Plain(result);
        }
    }

    /// <summary>Returns null when the payload is no response.</summary>
    public static Response? Read(string device, byte[] payload)
    {
        if (!Json.TryParse(payload, out JsonElement response) || response.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string? id = Json.Member(response, "id") is { } member ? JsonText.Plain(member) : null;
        if (Json.TryMember(response, "error", JsonValueKind.Object, out JsonElement? error))
        {
            return new Response(device, null, new DeviceError(error.Value)) { Id = id };
        }

        return response.TryGetProperty("result", out JsonElement result) ? new Response(device, result, null) { Id = id } : null;
    }
}
