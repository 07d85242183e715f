using System.Text.Json;
using M2m.Client.Telemetry;

namespace Boards.NativeSim.Delivery;

/// <summary>What delivery needs of a telemetry message.</summary>
/// <param name="Sequence">Number of the message.</param>
/// <param name="HasTime">Whether the times are epoch milliseconds; otherwise they are relative.</param>
/// <param name="Times">Milliseconds, one for each measurement in its order; two have the same time when the clock was set back.</param>
internal sealed record PackReadings(long? Sequence, bool HasTime, IReadOnlyList<long> Times)
{
    public static PackReadings? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload.ToArray());
            return TelemetryMessage.Read(document.RootElement) is { } message
                ? new PackReadings((long?)message.Sequence, message.HasTime, TimesOf(message))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // A measurement has one value of a channel, and is that of the device or of one child: a channel that comes again, or one
    // of another child (child_channel), begins the next one.
    private static List<long> TimesOf(TelemetryMessage message)
    {
        var times = new List<long>();
        var names = new HashSet<string>();
        string child = string.Empty;
        foreach (Reading reading in message.Readings)
        {
            long time = (long)Math.Round(reading.Time * 1000);
            string before = child;
            child = reading.Name.Contains('_', StringComparison.Ordinal) ? reading.Name[..reading.Name.IndexOf('_', StringComparison.Ordinal)] : string.Empty;
            if (times.Count == 0 || times[^1] != time || names.Contains(reading.Name) || child != before)
            {
                times.Add(time);
                names.Clear();
            }

            names.Add(reading.Name);
        }

        return times;
    }
}
