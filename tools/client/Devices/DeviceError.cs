using System.Text.Json;
using M2m.Client.Mqtt;

namespace M2m.Client.Devices;

/// <summary>An error that a device answered with (JSON-RPC 2.0 section 5.1).</summary>
/// <param name="Raw">The error object.</param>
public sealed record DeviceError(JsonElement Raw)
{
    /// <summary>There is no such method.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>The params do not fit.</summary>
    public const int InvalidParams = -32602;

    /// <summary>Try again later.</summary>
    public const int Busy = -32000;

    /// <summary>The deadline has passed.</summary>
    public const int DeadlinePassed = -32001;

    /// <summary>The revision or the state does not fit.</summary>
    public const int Conflict = -32004;

    /// <summary>The number.</summary>
    public int Code => Json.Number(Raw, "code") is { } code and >= int.MinValue and <= int.MaxValue ? (int)code : 0;

    /// <summary>The param that is wrong, or null.</summary>
    public string? Param => Data is { } data ? Json.Text(data, "param") : null;

    /// <summary>Seconds after which to try again, or null.</summary>
    public double? RetryAfter => Data is { } data ? Json.Number(data, "retryAfter") : null;

    /// <summary>A result for each key, or null.</summary>
    public JsonElement? Results => Data is { } data && Json.TryMember(data, "results", JsonValueKind.Object, out JsonElement? results) ? results : null;

    private JsonElement? Data => Json.Member(Raw, "data");

    /// <summary>All of it in one line.</summary>
    /// <returns>E.g. "Invalid params (-32602): maxAge must be an integer".</returns>
    public override string ToString()
    {
        string message = Json.Text(Raw, "message") ?? "error";
        string? reason = Data is { } data ? Json.Text(data, "reason") : null;
        string detail = string.Join(' ', new[] { Param, reason }.OfType<string>());
        string again = RetryAfter is { } seconds ? FormattableString.Invariant($"; try again in {seconds:0.#} s") : string.Empty;
        return $"{message} ({Code}){(detail.Length == 0 ? string.Empty : ": " + detail)}{again}";
    }
}
