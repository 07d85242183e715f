using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using CsCheck;
using Firmware.Json;

namespace Scenarios.Properties;

/// <summary>
/// What holds of the firmware's JSON for every value and every text. The judge is System.Text.Json, held to the same
/// depth; it has to decode every string, because it looks at escapes and UTF-8 no earlier.
/// </summary>
[TestClass]
public class JsonPropertyTests
{
    private const int MaxLength = 16384;

    private static readonly JsonDocumentOptions JudgeOptions = new() { MaxDepth = JsonReader.MaxDepth };

    private static readonly Gen<int> CodePoint = Gen.Frequency(
        (6, Gen.Int[0x20, 0x7E]),
        (2, Gen.Int[0, 0x7F]),
        (1, Gen.Int[0x80, 0x7FF]),
        (1, Gen.Int[0x800, 0xD7FF]),
        (1, Gen.Int[0xE000, 0xFFFF]),
        (1, Gen.Int[0x10000, 0x10FFFF]));

    private static readonly Gen<string> AnyText = CodePoint.Array[0, 12].Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));

    private static readonly Gen<string> AnyName = Gen.OneOf('a', 'b', 'c', '-', '1').Array[0, 3].Select(letters => new string(letters));

    private static readonly Gen<long> AnyLong = Gen.OneOf(
        Gen.Long,
        Gen.Long[-1000, 1000],
        Gen.Int.Select(value => (long)value),
        Gen.OneOf(long.MinValue, long.MinValue + 1, long.MaxValue, int.MinValue, int.MaxValue, 999999999L, 1000000000L));

    private static readonly Gen<Action<JsonWriter>> AnyValue = Value(5);

    private static readonly Gen<byte[]> AnyJson = AnyValue.Select(Written);

    /// <summary>Bytes that a text of JSON is made of, so that a good part of what comes out is nearly JSON.</summary>
    private static readonly Gen<byte[]> JsonLike = Gen.OneOf(
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"\"", "\"a\":", "\\", "\\\"", "\\u", "\\ud83d", "\\ude00", "0", "1", "-", ".", "e", "E+", "true",
        "false", "null", " ", "\n", "\t", "\0", "\x1f", "\u00e4", "\u20ac", "\ud83d\ude00", "\ufeff", "x", "[[[[[[[[", "]]]]]]]]", "[]", "{}").Array[0, 24].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));

    [TestMethod]
    public void Every_value_written_is_valid_and_read_back_equal() =>
        AnyJson.Sample(json => AssertAgreement(json, mustBeValid: true), iter: 5000);

    [TestMethod]
    public void Every_value_fits_exactly_its_length_and_nothing_less() =>
        AnyValue.Sample(
            write =>
            {
                int length = Written(write).Length;
                var exact = new JsonWriter(0, length);
                write(exact);
                var shorter = new JsonWriter(0, length - 1);
                write(shorter);
                return !exact.IsTooLong && exact.ToArray().AsSpan().SequenceEqual(Written(write)) && shorter.IsTooLong && shorter.Length < length;
            },
            iter: 2000);

    [TestMethod]
    public void Random_bytes_are_judged_alike() =>
        Gen.Byte.Array[0, 64].Sample(json => AssertAgreement(json, mustBeValid: false), iter: 50000);

    [TestMethod]
    public void Texts_like_json_are_judged_alike() =>
        JsonLike.Sample(json => AssertAgreement(json, mustBeValid: false), iter: 100000);

    [TestMethod]
    public void Damaged_json_is_judged_alike() =>
        Gen.Select(AnyJson, Gen.Int[0, 4], Gen.Int[0, MaxLength], Gen.Int[0, 16], JsonLike, Damage)
            .Sample(json => AssertAgreement(json, mustBeValid: false), iter: 50000);

    [TestMethod]
    public void Json_is_read_at_any_place_in_an_array() =>
        Gen.Select(AnyJson, Gen.Int[0, 40000], Gen.Byte).Sample(
            (json, offset, around) =>
            {
                byte[] data = new byte[json.Length + offset + 7];
                Array.Fill(data, around);
                json.CopyTo(data, offset);
                var reader = new JsonReader(MaxLength);
                Assert.IsTrue(reader.TryParse(data, offset, json.Length), reader.Describe());
                Assert.AreEqual(offset, reader.StartOf(0));
                using JsonDocument judge = JsonDocument.Parse(json, JudgeOptions);
                AssertSame(judge.RootElement, reader, 0, data);
            },
            iter: 1000);

    [TestMethod]
    public void Every_character_survives_as_it_is_and_escaped()
    {
        var escaped = new StringBuilder();
        var plain = new StringBuilder();
        for (int point = 0; point <= 0x10FFFF; point++)
        {
            if (point is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            string character = char.ConvertFromUtf32(point);
            plain.Append(character);
            foreach (char unit in character)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }

            if (plain.Length >= 512 || point == 0x10FFFF)
            {
                byte[] expected = Encoding.UTF8.GetBytes(plain.ToString());
                var writer = new JsonWriter(64, MaxLength);
                writer.String(plain.ToString());
                CollectionAssert.AreEqual(expected, BytesOf(writer.ToArray()));
                CollectionAssert.AreEqual(expected, BytesOf(Encoding.ASCII.GetBytes($"\"{escaped}\"")));
                plain.Clear();
                escaped.Clear();
            }
        }
    }

    [TestMethod]
    public void Every_pair_of_bytes_in_a_string_is_judged_alike()
    {
        for (int pair = 0; pair < 0x10000; pair++)
        {
            AssertAgreement([(byte)'"', (byte)(pair >> 8), (byte)pair, (byte)'"'], mustBeValid: false);
            AssertAgreement([(byte)'[', (byte)(pair >> 8), (byte)pair, (byte)']'], mustBeValid: false);
        }
    }

    [TestMethod]
    public void Every_fixed_point_number_is_read_back_equal() =>
        Gen.Select(AnyLong, Gen.Int[0, FixedPoint.MaxScale]).Sample(
            (value, scale) =>
            {
                string text = FixedPoint.ToText(value, scale);
                byte[] bytes = Encoding.ASCII.GetBytes(text);
                Assert.IsTrue(FixedPoint.TryParse(bytes, 0, bytes.Length, scale, out long read), text);
                Assert.AreEqual(value, read, text);
                Assert.AreEqual(decimal.Divide(value, (decimal)BigInteger.Pow(10, scale)), decimal.Parse(text, CultureInfo.InvariantCulture), text);
                Assert.IsFalse(text.Contains('.', StringComparison.Ordinal) && text.EndsWith('0'), text);
            },
            iter: 100000);

    [TestMethod]
    public void Every_number_is_read_exactly_or_not_at_all() =>
        Gen.Select(
            Gen.Bool,
            Gen.OneOf(AnyLong.Select(value => BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture)), Digits(1, 24)),
            Gen.OneOf(Gen.Const(""), Digits(1, 24)),
            Gen.OneOf(Gen.Const(0), Gen.Int[-45, 45], Gen.Int[-999999999, 999999999]),
            Gen.Int[0, 9]).Sample(
            (negative, whole, places, exponent, scale) =>
            {
                string text = (negative ? "-" : "") + whole + (places.Length == 0 ? "" : "." + places) + (exponent == 0 ? "" : "e" + exponent.ToString(CultureInfo.InvariantCulture));
                byte[] bytes = Encoding.ASCII.GetBytes(text);
                bool isRead = FixedPoint.TryParse(bytes, 0, bytes.Length, scale, out long value);
                BigInteger? expected = whole.Length > 1 && whole[0] == '0' ? null : Exactly(negative, whole + places, exponent - places.Length + scale);
                Assert.AreEqual(expected.HasValue, isRead, text);
                Assert.AreEqual(expected ?? 0, value, text);
            },
            iter: 100000);

    /// <summary>The integer that digits at a power of ten are, if there is one of 64 bits.</summary>
    private static BigInteger? Exactly(bool negative, string digits, int power)
    {
        BigInteger number = BigInteger.Parse((negative ? "-" : "") + digits, CultureInfo.InvariantCulture);
        if (number.IsZero)
        {
            return number;
        }

        if (Math.Abs(power) > 100)
        {
            return null;
        }

        BigInteger unit = BigInteger.Pow(10, Math.Abs(power));
        if (power < 0 && !(number % unit).IsZero)
        {
            return null;
        }

        number = power < 0 ? number / unit : number * unit;
        return number < long.MinValue || number > long.MaxValue ? null : number;
    }

    private static Gen<string> Digits(int least, int most) => Gen.Frequency((1, Gen.Const('0')), (1, Gen.Char['0', '9'])).Array[least, most].Select(digits => new string(digits));

    private static Gen<Action<JsonWriter>> Value(int depth)
    {
        Gen<Action<JsonWriter>> scalar = Gen.OneOf(
            AnyText.Select<string, Action<JsonWriter>>(text => writer => writer.String(text)),
            AnyLong.Select<long, Action<JsonWriter>>(value => writer => writer.Number(value)),
            Gen.Select<long, int, Action<JsonWriter>>(AnyLong, Gen.Int[0, 9], (value, scale) => writer => writer.Fixed(value, scale)),
            Gen.Bool.Select<bool, Action<JsonWriter>>(value => writer => writer.Boolean(value)),
            Gen.Const<Action<JsonWriter>>(writer => writer.Null()),
            Gen.OneOf("[ 1 , { } ]", "1.5E+3", "\"\\u00e4\\/\"", "{\"a\":1,\"a\":2}").Select<string, Action<JsonWriter>>(json => writer => writer.Raw(Encoding.UTF8.GetBytes(json), 0, json.Length)));
        if (depth == 0)
        {
            return scalar;
        }

        Gen<Action<JsonWriter>> inner = Value(depth - 1);
        return Gen.Frequency(
            (3, scalar),
            (2, inner.Array[0, 4].Select<Action<JsonWriter>[], Action<JsonWriter>>(elements => writer => WriteArray(writer, elements))),
            (2, Gen.Select(AnyName, inner).Array[0, 4].Select<(string, Action<JsonWriter>)[], Action<JsonWriter>>(members => writer => WriteObject(writer, members))));
    }

    private static void WriteArray(JsonWriter writer, Action<JsonWriter>[] elements)
    {
        writer.BeginArray();
        foreach (Action<JsonWriter> element in elements)
        {
            element(writer);
        }

        writer.EndArray();
    }

    private static void WriteObject(JsonWriter writer, (string Name, Action<JsonWriter> Value)[] members)
    {
        writer.BeginObject();
        foreach ((string name, Action<JsonWriter> value) in members)
        {
            writer.Name(name);
            value(writer);
        }

        writer.EndObject();
    }

    private static byte[] Written(Action<JsonWriter> write)
    {
        var writer = new JsonWriter(16, 1 << 20);
        write(writer);
        return writer.ToArray();
    }

    /// <summary>A text with a part cut out, doubled, replaced, set in or cut off.</summary>
    private static byte[] Damage(byte[] json, int kind, int at, int length, byte[] other)
    {
        at %= json.Length;
        length = Math.Min(length, json.Length - at);
        byte[] part = json[at..(at + length)];
        return kind switch
        {
            0 => [.. json[..at], .. json[(at + length)..]],
            1 => [.. json[..at], .. part, .. json[at..]],
            2 => [.. json[..at], .. other, .. json[(at + length)..]],
            3 => [.. json[..at], .. other, .. json[at..]],
            _ => json[..at],
        };
    }

    private static byte[] BytesOf(byte[] json)
    {
        var reader = new JsonReader(MaxLength);
        Assert.IsTrue(reader.TryParse(json, 0, json.Length), reader.Describe());
        Assert.IsTrue(reader.TryGetBytes(0, out byte[] utf8));
        return utf8;
    }

    /// <summary>Both accept a text and see the same in it, or both refuse it.</summary>
    private static void AssertAgreement(byte[] json, bool mustBeValid)
    {
        if (json.Length > MaxLength)
        {
            return;
        }

        var reader = new JsonReader(MaxLength);
        bool isRead = reader.TryParse(json, 0, json.Length);
        using JsonDocument? judge = TryJudge(json);
        string text = Encoding.UTF8.GetString(json);
        Assert.AreEqual(judge != null, isRead, $"{reader.Describe()} in {text}");
        Assert.AreEqual(isRead, reader.Error == JsonError.None, text);
        Assert.IsTrue(reader.ErrorOffset >= 0 && reader.ErrorOffset <= json.Length, text);
        Assert.IsTrue(isRead || !mustBeValid, text);
        if (judge != null)
        {
            AssertSame(judge.RootElement, reader, 0, json);
        }
    }

    private static JsonDocument? TryJudge(byte[] json)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, JudgeOptions);
            Decode(document.RootElement);
            return document;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            document?.Dispose();
            return null;
        }
    }

    private static void Decode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Decode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Decode(member.Value);
                }

                break;
        }
    }

    private static void AssertSame(JsonElement expected, JsonReader reader, int token, byte[] data)
    {
        string raw = expected.GetRawText();
        Assert.AreEqual(raw, Encoding.UTF8.GetString(data, reader.StartOf(token), reader.LengthOf(token)));
        Assert.AreEqual(expected.ValueKind.ToString(), reader.KindOf(token).ToString(), raw);
        switch (expected.ValueKind)
        {
            case JsonValueKind.String:
                AssertString(expected.GetString()!, reader, token);
                break;
            case JsonValueKind.Number:
                Assert.AreEqual(expected.TryGetInt64(out long integer) ? integer : null, IntegerOf(reader, token, raw), raw);
                break;
            case JsonValueKind.Array:
                AssertElements(expected, reader, token, data);
                break;
            case JsonValueKind.Object:
                AssertMembers(expected, reader, token, data);
                break;
        }

        Assert.AreEqual(expected.ValueKind is JsonValueKind.True or JsonValueKind.False, reader.TryGetBoolean(token, out bool boolean), raw);
        Assert.AreEqual(expected.ValueKind == JsonValueKind.True, boolean, raw);
    }

    /// <summary>The integer, where the judge gives one too: it takes neither a point nor an exponent.</summary>
    private static long? IntegerOf(JsonReader reader, int token, string raw) =>
        reader.TryGetInt64(token, out long integer) && raw.IndexOfAny(['.', 'e', 'E']) < 0 ? integer : null;

    private static void AssertString(string expected, JsonReader reader, int token)
    {
        Assert.IsTrue(reader.TryGetBytes(token, out byte[] utf8));
        Assert.AreEqual(expected, Encoding.UTF8.GetString(utf8));
        bool isText = reader.TryGetString(token, out string text);
        Assert.AreEqual(!expected.Contains('\0', StringComparison.Ordinal), isText);
        Assert.AreEqual(isText ? expected : null, text);
    }

    private static void AssertElements(JsonElement expected, JsonReader reader, int token, byte[] data)
    {
        Assert.AreEqual(expected.GetArrayLength(), reader.Count(token));
        int item = reader.First(token);
        foreach (JsonElement element in expected.EnumerateArray())
        {
            AssertSame(element, reader, item, data);
            item = reader.Next(item);
        }

        Assert.AreEqual(JsonReader.None, item);
    }

    private static void AssertMembers(JsonElement expected, JsonReader reader, int token, byte[] data)
    {
        Assert.AreEqual(expected.EnumerateObject().Count(), reader.Count(token));
        int name = reader.First(token);
        foreach (JsonProperty member in expected.EnumerateObject())
        {
            Assert.IsTrue(reader.NameEquals(name, member.Name), member.Name);
            Assert.IsFalse(reader.NameEquals(name, member.Name + "no such name"), member.Name);
            AssertString(member.Name, reader, name);
            AssertSame(member.Value, reader, reader.ValueOf(name), data);
            Assert.AreEqual(expected.GetProperty(member.Name).GetRawText(), RawOf(reader, reader.Find(token, member.Name), data), member.Name);
            Assert.AreEqual(JsonReader.None, reader.Find(token, member.Name + "no such name"), member.Name);
            name = reader.Next(name);
        }

        Assert.AreEqual(JsonReader.None, name);
    }

    private static string RawOf(JsonReader reader, int token, byte[] data) =>
        Encoding.UTF8.GetString(data, reader.StartOf(token), reader.LengthOf(token));
}
