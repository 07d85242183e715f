using System.Text.Json;

namespace Boards.NativeSim.View;

/// <summary>What is shown of a SenML pack (RFC 8428). Reads whatever can be read of it.</summary>
internal sealed class SenmlPackText
{
    private const int MaxReadings = 64;
    private const string SequenceName = "seq";
    private static readonly string[] ValueMembers = ["v", "vs", "vb", "vd"];

    private SenmlPackText(string? sequence, List<Reading> readings)
    {
        Sequence = sequence;
        Readings = readings;
    }

    /// <summary>Number of the pack, or null.</summary>
    public string? Sequence { get; }

    /// <summary>The readings in their order; of several times of one name the last.</summary>
    public IReadOnlyList<Reading> Readings { get; }

    /// <summary>All of it with names.</summary>
    public string Full => string.Join(' ', Readings.Select(reading => $"{reading.Name} {reading.ValueAndUnit}"));

    /// <summary>All of it without names.</summary>
    public string Brief => string.Join("  ", Readings.Select(reading => reading.ValueAndUnit));

    /// <summary>Whether the units alone tell the readings apart.</summary>
    public bool IsClearWithoutNames => Readings.DistinctBy(reading => reading.Unit).Count() == Readings.Count;

    /// <summary>Reads a pack.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <returns>The pack, or null when it is none.</returns>
    public static SenmlPackText? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        string? sequence = null;
        string unit = string.Empty;
        var readings = new List<Reading>();
        foreach (JsonElement record in value.EnumerateArray().Take(MaxReadings))
        {
            unit = Payload.Text(record, "bu") ?? unit;
            string name = Payload.Text(record, "n") ?? string.Empty;
            if (ValueOf(record) is not { } text)
            {
                continue;
            }

            if (name == SequenceName)
            {
                sequence = text;
                continue;
            }

            readings.RemoveAll(reading => reading.Name == name);
            readings.Add(new Reading(name, text, Payload.Text(record, "u") ?? unit));
        }

        return sequence is null && readings.Count == 0 ? null : new SenmlPackText(sequence, readings);
    }

    private static string? ValueOf(JsonElement record)
    {
        foreach (string member in ValueMembers)
        {
            if (Payload.Member(record, member) is { } value)
            {
                return Payload.Show(value);
            }
        }

        return null;
    }

    /// <summary>One value.</summary>
    /// <param name="Name">Name of the channel.</param>
    /// <param name="Value">The value as it was written.</param>
    /// <param name="Unit">Its unit; may be empty.</param>
    internal sealed record Reading(string Name, string Value, string Unit)
    {
        /// <summary>E.g. "21.37 Cel".</summary>
        public string ValueAndUnit => Unit.Length == 0 ? Value : $"{Value} {Unit}";
    }
}
