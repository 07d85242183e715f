using System.Text.Json;
using M2m.Client.View;

namespace M2m.Client.Telemetry;

/// <param name="Value">A number, a string or a boolean, as it was written.</param>
/// <param name="Unit">Empty when it is not given.</param>
/// <param name="Time">When it was measured: epoch seconds, or seconds from the arrival of its message.</param>
public sealed record Reading(string Name, JsonElement Value, string Unit, double Time)
{
    /// <summary>The value is base64url text of bytes (RFC 8428's <c>vd</c>).</summary>
    public bool IsData { get; init; }

    /// <summary>What <see cref="AsSum"/> was made of; null for a value.</summary>
    public Reading? Summand { get; private init; }

    /// <summary>E.g. "21.37 Cel".</summary>
    public string ValueAndUnit => Unit.Length == 0 ? JsonText.Plain(Value) : $"{JsonText.Plain(Value)} {Unit}";

    /// <summary>Null when the value is no number.</summary>
    public double? Number => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;

    public override string ToString() => $"{Name} {ValueAndUnit}";

    /// <summary>The same as the sum of the values over time (RFC 8428's <c>s</c>), under a name of its own. No name of SenML has a space.</summary>
    public Reading AsSum() => this with { Name = Name + " (sum)", Unit = Unit.Length == 0 ? Unit : Unit + " s", Summand = this };

    /// <summary>Writes a resolved record (RFC 8428 section 4.6).</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("n", (Summand ?? this).Name);
        if (Unit.Length > 0)
        {
            writer.WriteString("u", (Summand ?? this).Unit);
        }

        writer.WriteNumber("t", (decimal)Math.Round(Math.Clamp(Time, 0, 1e11), 3));
        writer.WritePropertyName(Summand is not null ? "s" : Value.ValueKind switch { JsonValueKind.String => IsData ? "vd" : "vs", JsonValueKind.True or JsonValueKind.False => "vb", _ => "v" });
        Value.WriteTo(writer);
        writer.WriteEndObject();
    }
}
