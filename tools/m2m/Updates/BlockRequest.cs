using System.Globalization;
using System.Text.Json;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>A device requests a block: <c>{"version":"0.2.0","block":3,"bad":1}</c>.</summary>
internal sealed record BlockRequest(string Device, ReleaseVersion Version, int Block, int Bad, string? Board)
{
    private const int MaxPayload = 512;

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
