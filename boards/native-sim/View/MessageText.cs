using Boards.NativeSim.Simulation;
using M2m.Client.Mqtt;
using M2m.Client.View;

namespace Boards.NativeSim.View;

/// <summary>An event of the simulation on one line. The text is not yet clean.</summary>
internal static class MessageText
{
    /// <summary>Null when the event is no message.</summary>
    public static DeviceMessage? Read(SimulationEvent happened) => happened is { Topic: { } topic, Payload: { } payload }
        ? DeviceMessage.Read(happened.Device, happened.Type, new Message(topic, payload, IsRetained: false), happened.Time)
        : null;

    public static string Describe(SimulationEvent happened) => happened.Type switch
    {
        "state" => happened.Reason is null ? happened.Text ?? string.Empty : $"{happened.Text}: {happened.Reason}",
        "offer" => $"of an update, {happened.Payload?.Length} bytes",
        _ => Read(happened) switch
        {
            { Type: DeviceMessage.Malformed } => PrintableText.Clean(happened.Payload!),
            { } message => message.Describe(),
            null => $"{happened.Text} {happened.Reason}".Trim(),
        },
    };
}
