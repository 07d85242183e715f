using System.Text.Json;

namespace Boards.NativeSim.Delivery;

/// <summary>
/// What a telemetry pack (SenML, RFC 8428) holds as far as delivery goes: its number and the times of its readings.
/// </summary>
/// <param name="Sequence">Number of the pack; null without one.</param>
/// <param name="HasTime">Whether there is a base time: the times are epoch milliseconds then, otherwise relative.</param>
/// <param name="Times">When each reading was taken, in milliseconds, in their order; two may have the same time after the clock was put back.</param>
internal sealed record PackReadings(long? Sequence, bool HasTime, IReadOnlyList<long> Times)
{
    private const string SequenceName = "seq";

    /// <summary>Reads a pack.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>The pack; null when it is none.</returns>
    public static PackReadings? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return ReadFlat(payload);
            }

            var pack = new Builder();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                pack.Add(Record.Read(ref reader));
            }

            return pack.Build();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // With telemetry.format json a message is one reading.
    private static PackReadings? ReadFlat(ReadOnlySpan<byte> payload)
    {
        using JsonDocument message = JsonDocument.Parse(payload.ToArray());
        JsonElement root = message.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(SequenceName, out JsonElement sequence))
        {
            return null;
        }

        bool hasTime = root.TryGetProperty("time", out JsonElement time);
        double seconds = hasTime ? time.GetDouble() : root.TryGetProperty("age", out JsonElement age) ? -age.GetDouble() : 0;
        return new PackReadings(sequence.GetInt64(), hasTime, [(long)Math.Round(seconds * 1000)]);
    }

    private sealed class Builder
    {
        private readonly List<double> _offsets = [];
        private readonly HashSet<string> _names = [];
        private long? _sequence;
        private double? _baseTime;

        public void Add(Record record)
        {
            _baseTime ??= record.BaseTime;
            if (!record.HasValue)
            {
                return;
            }

            if (record.IsSequence)
            {
                _sequence = (long?)record.Number;
            }
            else
            {
                Add(record.Name ?? string.Empty, record.Time);
            }
        }

        // A reading has one value of a name: what comes with another time, or again, belongs to the next.
        private void Add(string name, double time)
        {
            if (_offsets.Count == 0 || _offsets[^1] != time || _names.Contains(name))
            {
                _offsets.Add(time);
                _names.Clear();
            }

            _names.Add(name);
        }

        public PackReadings Build() =>
            new(_sequence, _baseTime is not null, _offsets.ConvertAll(offset => (long)Math.Round(((_baseTime ?? 0) + offset) * 1000)));
    }

    private ref struct Record
    {
        public string? Name { get; private set; }

        public bool IsSequence { get; private set; }

        public bool HasValue { get; private set; }

        public double? Number { get; private set; }

        public double? BaseTime { get; private set; }

        public double Time { get; private set; }

        public static Record Read(ref Utf8JsonReader reader)
        {
            var record = default(Record);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                record.ReadMember(ref reader);
            }

            return record;
        }

        private void ReadMember(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("n"u8))
            {
                reader.Read();
                Name = reader.GetString();
                IsSequence = Name == SequenceName;
            }
            else if (reader.ValueTextEquals("t"u8))
            {
                reader.Read();
                Time = reader.GetDouble();
            }
            else if (reader.ValueTextEquals("bt"u8))
            {
                reader.Read();
                BaseTime = reader.GetDouble();
            }
            else
            {
                ReadValue(ref reader);
            }
        }

        private void ReadValue(ref Utf8JsonReader reader)
        {
            bool isNumber = reader.ValueTextEquals("v"u8);
            bool isValue = isNumber || reader.ValueTextEquals("vs"u8) || reader.ValueTextEquals("vb"u8);
            reader.Read();
            reader.Skip();
            HasValue |= isValue;
            Number = isNumber ? reader.GetDouble() : Number;
        }
    }
}
