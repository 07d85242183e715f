using M2m.Client.Telemetry;
using M2m.Client.View;
using M2m.View;

namespace M2m.Streams;

/// <summary>A row a reading (RFC 4180).</summary>
internal static class CsvStream
{
    public const string Heading = "time,device,channel,value,unit";

    public static IEnumerable<string> Lines(DeviceMessage message) => message.Telemetry is { } telemetry ? telemetry.Readings.Select(reading => Row(message.Device, reading)) : [];

    private static string Row(string device, Reading reading) => string.Join(
        ',',
        TimeText.Iso(reading.Time),
        CsvField.Of(device),
        CsvField.Of(reading.Name),
        reading.Number is null ? CsvField.Of(JsonText.Plain(reading.Value)) : JsonText.Plain(reading.Value),
        CsvField.Of(reading.Unit));
}
