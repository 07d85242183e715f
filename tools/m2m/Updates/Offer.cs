using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Mqtt;

namespace M2m.Updates;

/// <summary>A manifest and its signature, as they go over the wire: to one device, or retained for all of a board.</summary>
internal static class Offer
{
    /// <summary>The method that takes it.</summary>
    public const string Method = "update.offer";

    private const int MaxSignature = 512;
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The params of a request.</summary>
    /// <param name="manifest">The manifest's bytes: the device verifies exactly these.</param>
    /// <param name="signature">The raw signature.</param>
    /// <param name="isForced">Whether the device's gates are skipped.</param>
    /// <returns>The params.</returns>
    public static JsonObject Params(byte[] manifest, byte[] signature, bool isForced)
    {
        var parameters = new JsonObject
        {
            ["manifest"] = Encoding.UTF8.GetString(manifest),
            ["signature"] = Convert.ToBase64String(signature),
        };
        if (isForced)
        {
            parameters["force"] = true;
        }

        return parameters;
    }

    /// <summary>The retained payload.</summary>
    /// <param name="manifest">The manifest's bytes.</param>
    /// <param name="signature">The raw signature.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Payload(byte[] manifest, byte[] signature) => Encoding.UTF8.GetBytes(Params(manifest, signature, false).ToJsonString(Options));

    /// <summary>Reads a payload, which may be anything.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>The manifest; null when it is no offer.</returns>
    public static Manifest? Read(byte[] payload)
    {
        if (!Json.TryParse(payload, out JsonElement value)
            || Json.Text(value, "manifest") is not { } manifest
            || Json.Text(value, "signature") is not { Length: <= 2 * MaxSignature })
        {
            return null;
        }

        try
        {
            return ManifestReader.Read(Encoding.UTF8.GetBytes(manifest));
        }
        catch (FailedException)
        {
            return null;
        }
    }
}
