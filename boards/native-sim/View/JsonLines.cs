using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.View;

/// <summary>Each event one JSON object a line.</summary>
internal sealed class JsonLines : IView
{
    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _line = new();

    public JsonLines(Stream output)
    {
        _output = output;
    }

    public void Begin(RunInfo info) => Write("broker", RunInfo.Program, info.StartedAt, writer =>
    {
        writer.WriteString("address", info.Broker);
        writer.WriteBoolean("embedded", info.IsEmbedded);
    });

    public void Show(SimulationEvent happened) => Write(happened.Type, happened.Device, happened.Time, writer =>
    {
        if (happened.Text is not null)
        {
            writer.WriteString(happened.Type == "state" ? "state" : "text", happened.Text);
        }

        if (happened.Reason is not null)
        {
            writer.WriteString("reason", happened.Reason);
        }

        if (happened.Topic is not null)
        {
            writer.WriteString("topic", happened.Topic);
        }

        if (happened.Payload is not null)
        {
            writer.WritePropertyName("payload");
            WritePayload(writer, happened.Payload);
        }
    });

    public void ShowDropped(long count) =>
        Write("dropped", RunInfo.Program, DateTime.UtcNow, writer => writer.WriteNumber("count", count));

    public void ShowSummary(Summary summary) => Write("summary", RunInfo.Program, summary.Time, writer =>
    {
        foreach ((string name, decimal? value) in summary.Figures)
        {
            writer.WritePropertyName(name);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteNumberValue(value.Value);
            }
        }
    });

    public void End()
    {
    }

    public void Abort()
    {
    }

    public void Dispose() => _output.Dispose();

    private static void WritePayload(Utf8JsonWriter writer, byte[] payload)
    {
        if (TryCompact(payload, out byte[] json))
        {
            writer.WriteRawValue(json);
        }
        else
        {
            writer.WriteStringValue(Encoding.UTF8.GetString(payload));
        }
    }

    // Written again, since there may be a line break between the tokens.
    private static bool TryCompact(byte[] payload, out byte[] json)
    {
        json = [];
        if (!Utf8.IsValid(payload))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            var buffer = new ArrayBufferWriter<byte>(payload.Length);
            using (var writer = new Utf8JsonWriter(buffer))
            {
                document.RootElement.WriteTo(writer);
            }

            json = buffer.WrittenSpan.ToArray();
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private void Write(string type, string device, DateTime time, Action<Utf8JsonWriter> writeRest)
    {
        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteString("device", device);
            writer.WriteString("time", time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writeRest(writer);
            writer.WriteEndObject();
        }

        _line.Write("\n"u8);
        _output.Write(_line.WrittenSpan);
        _output.Flush();
    }
}
