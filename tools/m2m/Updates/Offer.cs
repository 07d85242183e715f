using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Mqtt;

namespace M2m.Updates;

/// <summary>A manifest and its signature as they are published: to one device, or retained for all devices of a board.</summary>
internal static class Offer
{
    public const string Method = "update.offer";

    private const int MaxSignature = 512;
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    public static byte[] Payload(byte[] manifest, byte[] signature) => Encoding.UTF8.GetBytes(Params(manifest, signature, false).ToJsonString(Options));

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
