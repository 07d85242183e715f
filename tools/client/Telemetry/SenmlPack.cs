using System.Buffers.Text;
using System.Text.Json;
using M2m.Client.Mqtt;

namespace M2m.Client.Telemetry;

/// <summary>Reads a SenML pack (RFC 8428). A pack that breaks one of its rules, or needs more than these, is refused as a whole.</summary>
internal sealed class SenmlPack
{
    private const int MaxVersion = 10;
    private const double MaxSum = 1e18;
    private const string MustUnderstand = "_";
    private static readonly string[] ValueMembers = ["v", "vs", "vb", "vd"];
    private static readonly string[] TextMembers = ["bn", "bu", "n", "u"];
    private static readonly string[] NumberMembers = ["bt", "bv", "bs", "v", "s", "t", "ut"];

    // RFC 8428 section 4.1: each applies to its record and to those after it.
    private string _name = string.Empty;
    private string _unit = string.Empty;
    private decimal _value;
    private decimal _sum;

    // Readings under the base name of the first record go by their own names: it is the device's. Null when others in the
    // pack have none: then their names would be the same.
    private string? _ownBase;
    private decimal? _version;

    public double? Sequence { get; private set; }

    public double? BaseTime { get; private set; }

    public bool IsTimeUnknown { get; private set; }

    public List<Reading> Readings { get; } = [];

    /// <summary>Records after the limit.</summary>
    public int NotRead { get; private init; }

    public static SenmlPack? Read(JsonElement pack, int maxReadings)
    {
        var read = new SenmlPack { _ownBase = OwnBase(pack), NotRead = Math.Max(0, pack.GetArrayLength() - maxReadings) };
        return pack.EnumerateArray().Take(maxReadings).All(read.Take) ? read : null;
    }

    private static string? OwnBase(JsonElement pack)
    {
        string own = pack.EnumerateArray().Select(record => Json.Text(record, "bn")).FirstOrDefault() ?? string.Empty;
        return own.Length > 0 && pack.EnumerateArray().Any(record => Json.Text(record, "bn") is "") ? null : own;
    }

    private bool Take(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object || !IsUnderstood(record) || !HasRightTypes(record) || !IsVersion(record))
        {
            return false;
        }

        TakeBases(record);
        return TryValue(record, out JsonElement? value, out string label)
            && (value is null || Take(record, value.Value, label))
            && (Json.Member(record, "s") is not { } sum || TakeSum(record, sum));
    }

    // Names that end in _ must be understood (section 4.4): no such name is known here.
    private static bool IsUnderstood(JsonElement record) =>
        record.EnumerateObject().All(member => !member.Name.EndsWith(MustUnderstand, StringComparison.Ordinal));

    private static bool HasRightTypes(JsonElement record) =>
        TextMembers.All(member => Json.Member(record, member) is not { } text || text.ValueKind == JsonValueKind.String)
        && NumberMembers.All(member => Json.Member(record, member) is null || Json.Number(record, member) is not null);

    // The same in each record that has one (section 4.4).
    private bool IsVersion(JsonElement record)
    {
        if (Json.Member(record, "bver") is not { } version)
        {
            return true;
        }

        return version.ValueKind == JsonValueKind.Number && version.TryGetDecimal(out decimal number)
            && number is > 0 and <= MaxVersion && number == decimal.Truncate(number) && number == (_version ??= number);
    }

    private void TakeBases(JsonElement record)
    {
        _name = Json.Text(record, "bn") ?? _name;
        _unit = Json.Text(record, "bu") ?? _unit;
        BaseTime = Json.Number(record, "bt") ?? BaseTime;
        _value = Decimal(record, "bv") ?? _value;
        _sum = Decimal(record, "bs") ?? _sum;
    }

    // A record may have none: it sets the bases, or has a sum. It has not more than one.
    private static bool TryValue(JsonElement record, out JsonElement? value, out string label)
    {
        value = null;
        label = string.Empty;
        foreach (string member in ValueMembers)
        {
            if (Json.Member(record, member) is not { } found)
            {
                continue;
            }

            bool isRight = member switch
            {
                "v" => found.ValueKind == JsonValueKind.Number,
                "vb" => found.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "vd" => found.ValueKind == JsonValueKind.String && Base64Url.IsValid(found.GetString()),
                _ => found.ValueKind == JsonValueKind.String,
            };
            if (!isRight || value is not null)
            {
                return false;
            }

            value = found;
            label = member;
        }

        return true;
    }

    private bool Take(JsonElement record, JsonElement value, string label)
    {
        bool isOfDevice = _name == _ownBase;
        switch (Json.Text(record, "n"))
        {
            case null or "" when _name.Length == 0:
                return false;
            case "seq" when isOfDevice:
                Sequence = Json.Number(record, "v");
                break;
            case "time-unknown" when isOfDevice:
                IsTimeUnknown = true;
                break;
            default:
                Readings.Add(Resolve(record, WithBase(_value, value)) with { IsData = label == "vd" });
                break;
        }

        return true;
    }

    private bool TakeSum(JsonElement record, JsonElement sum)
    {
        Reading reading = Resolve(record, WithBase(_sum, sum));
        Readings.Add(reading.AsSum());
        return reading.Name.Length > 0;
    }

    private Reading Resolve(JsonElement record, JsonElement value)
    {
        string name = Json.Text(record, "n") ?? string.Empty;
        string shown = name.Length == 0 || _name != _ownBase ? _name + name : name;
        return new Reading(shown, value, Json.Text(record, "u") ?? _unit, (BaseTime ?? 0) + (Json.Number(record, "t") ?? 0));
    }

    private static decimal? Decimal(JsonElement record, string member) =>
        Json.Member(record, member) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out decimal number) ? number : null;

    // Decimal, so that the result has the decimals of its parts.
    private static JsonElement WithBase(decimal root, JsonElement value) =>
        root != 0 && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number)
            && Math.Abs(number) < (decimal)MaxSum && Math.Abs(root) < (decimal)MaxSum
            ? JsonSerializer.SerializeToElement(root + number)
            : value;
}
