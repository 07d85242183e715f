using System.Text.Json;
using M2m.Client.Mqtt;

namespace M2m.Client.Devices;

/// <summary>The error of a response (JSON-RPC 2.0 section 5.1).</summary>
public sealed record DeviceError(JsonElement Raw)
{
    public const int MethodNotFound = -32601;

    public const int InvalidParams = -32602;

    public const int Busy = -32000;

    public const int DeadlinePassed = -32001;

    public const int Conflict = -32004;

    public int Code => Json.Number(Raw, "code") is { } code and >= int.MinValue and <= int.MaxValue ? (int)code : 0;

    public string? Param => Data is { } data ? Json.Text(data, "param") : null;

    public string? Reason => Data is { } data ? Json.Text(data, "reason") : null;

    /// <summary>Seconds after which to try again.</summary>
    public double? RetryAfter => Data is { } data ? Json.Number(data, "retryAfter") : null;

    /// <summary>A result for each key.</summary>
    public JsonElement? Results => Data is { } data && Json.TryMember(data, "results", JsonValueKind.Object, out JsonElement? results) ? results : null;

    private JsonElement? Data => Json.Member(Raw, "data");

    public override string ToString()
    {
        string message = Json.Text(Raw, "message") ?? "error";
        string detail = string.Join(' ', new[] { Param, Reason }.OfType<string>());
        string again = RetryAfter is { } seconds ? FormattableString.Invariant($"; try again in {seconds:0.#} s") : string.Empty;
        return $"{message} ({Code}){(detail.Length == 0 ? string.Empty : ": " + detail)}{again}";
    }
}
