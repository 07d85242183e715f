using System.Text.Json;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.View;

/// <summary>Says in one line what an event is about. The text still has to be cleaned before it is shown.</summary>
internal static class MessageText
{
    private static readonly string[] Undisclosed = ["id", "time"];

    /// <summary>Describes an event, without time, device and type.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>The text.</returns>
    public static string Describe(SimulationEvent happened) => happened.Type switch
    {
        "state" => happened.Reason is null ? happened.Text ?? string.Empty : $"{happened.Text}: {happened.Reason}",
        "telemetry" => Payload.Read(happened.Payload, SenmlPackText.Read, null) is { } pack ? Describe(pack) : Raw(happened),
        "status" => Payload.Read(happened.Payload, value => Flatten(value, "state"), null) ?? Raw(happened),
        "event" => Payload.Read(happened.Payload, value => Flatten(value, "type"), null) ?? Raw(happened),
        "request" => RequestText.Read(happened) is { Method: not null } request ? request.ToString() : Raw(happened),
        "offer" => $"of an update, {happened.Payload?.Length} bytes",
        "response" => ResponseText.Read(happened).ToString(),
        _ => Raw(happened),
    };

    private static string Describe(SenmlPackText pack) => pack.Sequence is null ? pack.Full : $"seq {pack.Sequence} {pack.Full}".TrimEnd();

    private static string Raw(SimulationEvent happened) => happened.Payload is null
        ? $"{happened.Text} {happened.Reason}".Trim()
        : PrintableText.Clean(happened.Payload);

    // {"type":"sensor-fault","sensor":"76","reason":"…"} becomes: sensor-fault sensor 76 reason …
    private static string? Flatten(JsonElement value, string lead)
    {
        if (Payload.Text(value, lead) is not { } text)
        {
            return null;
        }

        IEnumerable<string> others = value.EnumerateObject()
            .Where(member => member.Name != lead && !Undisclosed.Contains(member.Name))
            .Select(member => $"{member.Name} {Payload.Show(member.Value)}");
        return string.Join(' ', others.Prepend(text));
    }
}
