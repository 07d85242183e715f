using System.Globalization;
using System.Text.Json;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>A device asks for a block: <c>{"version":"0.2.0","block":3,"bad":1}</c>.</summary>
/// <param name="Device">Its id.</param>
/// <param name="Version">Of which release.</param>
/// <param name="Block">Which block.</param>
/// <param name="Bad">How often it was bad; 0 the first time.</param>
/// <param name="Board">The device's board, if it says so.</param>
internal sealed record BlockRequest(string Device, ReleaseVersion Version, int Block, int Bad, string? Board)
{
    private const int MaxPayload = 512;

    /// <summary>Reads a request, which may be anything.</summary>
    /// <param name="device">Who asks.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>Null when it is none.</returns>
    public static BlockRequest? Read(string device, byte[] payload)
    {
        if (payload.Length > MaxPayload
            || !Json.TryParse(payload, out JsonElement value)
            || !ReleaseVersion.TryParse(Json.Text(value, "version"), out ReleaseVersion version)
            || Number(value, "block", Blocks.Most - 1) is not { } block)
        {
            return null;
        }

        string? board = Json.Text(value, "board");
        int? bad = Json.Member(value, "bad") is null ? 0 : Number(value, "bad", int.MaxValue);
        return bad is null || (board is not null && !Names.IsBoard(board)) ? null : new BlockRequest(device, version, block, bad.Value, board);
    }

    private static int? Number(JsonElement value, string name, int most) =>
        Json.Member(value, name) is { ValueKind: JsonValueKind.Number } member
            && int.TryParse(member.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most
            ? number : null;
}
