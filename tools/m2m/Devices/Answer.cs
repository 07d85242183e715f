using System.Text.Json;
using M2m.Mqtt;

namespace M2m.Devices;

/// <summary>A device's answer to a request: a result or an error.</summary>
/// <param name="Device">Who answered.</param>
/// <param name="Result">The result, or null.</param>
/// <param name="Error">The error, or null.</param>
internal sealed record Answer(string Device, JsonElement? Result, DeviceError? Error)
{
    /// <summary>Reads the payload of a response.</summary>
    /// <param name="device">Who answered.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="id">Id of the request that it answers.</param>
    /// <returns>Null when it is none.</returns>
    public static Answer? Read(string device, byte[] payload, out string id)
    {
        id = string.Empty;
        if (!Json.TryParse(payload, out JsonElement response) || response.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        id = Json.Text(response, "id") ?? string.Empty;
        if (Json.TryMember(response, "error", JsonValueKind.Object, out JsonElement? error))
        {
            return new Answer(device, null, new DeviceError(error.Value));
        }

        return response.TryGetProperty("result", out JsonElement result) ? new Answer(device, result, null) : null;
    }
}
