using System.Text.Json;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.View;

/// <summary>What is shown of a response.</summary>
/// <param name="Client">Whom it goes to.</param>
/// <param name="Id">The id of the request as JSON; null when the device could not read it.</param>
/// <param name="IsError">Whether it is an error.</param>
/// <param name="Outcome">The result, or code and message of the error.</param>
internal sealed record ResponseText(string Client, string? Id, bool IsError, string Outcome)
{
    /// <summary>Reads a response.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>What is shown of it.</returns>
    public static ResponseText Read(SimulationEvent happened)
    {
        string topic = happened.Topic ?? string.Empty;
        string client = topic[(topic.LastIndexOf('/') + 1)..];
        var unreadable = new ResponseText(client, null, true, PrintableText.Clean(happened.Payload ?? []));
        return Payload.Read(happened.Payload, value => Read(client, value), unreadable);
    }

    /// <inheritdoc/>
    public override string ToString() => $"to {Client}{(Id is null ? string.Empty : $" id {Id}")} {Outcome}";

    private static ResponseText Read(string client, JsonElement value)
    {
        string? id = Payload.Member(value, "id") is { ValueKind: not JsonValueKind.Null } member ? Payload.Show(member) : null;
        if (Payload.Member(value, "error") is { } error)
        {
            return new ResponseText(client, id, true, "error " + Describe(error));
        }

        return Payload.Member(value, "result") is { } result
            ? new ResponseText(client, id, false, SenmlPackText.Read(result)?.Full ?? Payload.Show(result))
            : new ResponseText(client, id, true, Payload.Show(value));
    }

    private static string Describe(JsonElement error)
    {
        string code = Payload.Member(error, "code") is { } number ? Payload.Show(number) : "?";
        string text = $"{code} {Payload.Text(error, "message")}";
        if (Payload.Member(error, "data") is { } data)
        {
            string?[] details = [Payload.Text(data, "param"), Payload.Text(data, "reason")];
            text += ": " + string.Join(' ', details.Where(detail => !string.IsNullOrEmpty(detail)));
        }

        return text;
    }
}
