using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using CsCheck;
using Firmware.Gateway;
using Firmware.GatewayText.Lines;

namespace Scenarios.Properties;

/// <summary>Random and crafted bytes to the line of a small controller.</summary>
[TestClass]
public sealed class LinePropertyTests
{
    private const int Iterations = 20_000;
    private static readonly string[] Names = ["temperature", "power", "relay", "x"];
    private static readonly int[] Decimals = [2, 1, 0];

    // Pieces that make lines of the protocol, and break them.
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.OneOf("{", "}", "[", "]", ":", ",", "\"", "\n", "\r\n", "\\", "\\u0000", "-", ".", "e9", "1e999", "0", "99999999999999999999"),
        Gen.OneOf("\"temperature\":", "\"pump_power\":", "\"n\":", "\"bn\":\"pump_\"", "\"v\":", "\"vb\":true", "\"x_\":1", "\"id\":", "\"error\":", "null"),
        Gen.OneOf("{\"temperature\":21.5}\n", "[{\"n\":\"relay\",\"v\":1}]\n", "[[[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "\u00e4\U0001F600"),
        Gen.String[0, 20],
        Gen.Byte.Array[0, 40].Select(bytes => Encoding.Latin1.GetString(bytes)));

    [TestMethod]
    public void Any_bytes_are_survived_and_the_next_line_is_read() =>
        Gen.Select(Piece.Array[0, 60], Gen.Int[1, 70], Gen.Bool).Sample(
            (pieces, step, isBytes) =>
            {
                string text = string.Concat(pieces);
                byte[] noise = isBytes ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);
                byte[] stream = [.. noise, .. "\n{\"temperature\":21.5}\n"u8];
                var buffer = new LineBuffer(LineReader.MaxLength, LineBuffer.None);
                LineReader reader = Create();
                for (int from = 0; from < stream.Length; from += step)
                {
                    int end = Math.Min(from + step, stream.Length);
                    for (int at = from; at < end;)
                    {
                        int before = at;
                        at = buffer.Take(stream, at, end);
                        if (at < before || (at == before && !buffer.IsWhole))
                        {
                            return false;
                        }

                        if (buffer.IsWhole)
                        {
                            reader.Read(buffer.Bytes, buffer.Length);
                            buffer.Length = 0;
                            if (reader.Mask >> Decimals.Length != 0 || reader.Id < LineReader.NoId || reader.Error?.Length > 64)
                            {
                                return false;
                            }
                        }
                    }
                }

                return reader.Mask == 1 && reader.Values[0] == 2150;
            },
            iter: Iterations);

    [TestMethod]
    public void Any_number_is_rounded_as_exact_arithmetic_does() =>
        Gen.Select(Gen.Bool, Digits(1, 30), Digits(0, 30), Gen.Int[-40, 40], Gen.Int[0, 9]).Sample(
            (isNegative, whole, fraction, exponent, decimals) =>
            {
                whole = whole.TrimStart('0');
                string text = (isNegative ? "-" : string.Empty) + (whole.Length == 0 ? "0" : whole)
                    + (fraction.Length == 0 ? string.Empty : "." + fraction) + (exponent == 0 ? string.Empty : "e" + exponent.ToString(CultureInfo.InvariantCulture));
                byte[] data = Encoding.ASCII.GetBytes(text);
                bool isRight = LineReader.TryRound(data, 0, data.Length, decimals, out long number);

                // What stands behind the 17th digit is not read: the value is between two bounds.
                string all = (whole + fraction).TrimStart('0');
                BigInteger low = BigInteger.Parse("0" + all[..Math.Min(17, all.Length)], CultureInfo.InvariantCulture);
                int power = exponent + decimals - fraction.Length + Math.Max(0, all.Length - 17);
                BigInteger expected = power >= 0
                    ? low * BigInteger.Pow(10, power)
                    : ((low * 2) + BigInteger.Pow(10, -power)) / (2 * BigInteger.Pow(10, -power));
                return isRight == (expected <= int.MaxValue) && number == (isRight ? isNegative ? -(long)expected : (long)expected : 0);
            },
            iter: Iterations);

    [TestMethod]
    public void Any_object_is_read_as_another_reader_of_json_reads_it() =>
        Gen.Select(Gen.OneOf(Names), Gen.Int[-2_000_000, 2_000_000], Gen.Int[0, 3]).Array[0, 8].Sample(
            members =>
            {
                string line = "{" + string.Join(',', members.Select(member =>
                    $"\"{member.Item1}\":{(member.Item2 / (decimal)Math.Pow(10, member.Item3)).ToString(CultureInfo.InvariantCulture)}")) + "}";
                LineReader reader = Create();
                byte[] bytes = Encoding.UTF8.GetBytes(line);
                if (!reader.Read(bytes, bytes.Length) || reader.Refused != 0)
                {
                    return false;
                }

                using var document = JsonDocument.Parse(line);
                for (int i = 0; i < Decimals.Length; i++)
                {
                    bool isThere = document.RootElement.TryGetProperty(Names[i], out JsonElement value);
                    if (isThere != ((reader.Mask & (1 << i)) != 0)
                        || (isThere && reader.Values[i] != Math.Round(value.GetDecimal() * (decimal)Math.Pow(10, Decimals[i]), MidpointRounding.AwayFromZero)))
                    {
                        return false;
                    }
                }

                return reader.Unknown == members.Count(member => member.Item1 == "x");
            },
            iter: Iterations);

    private static Gen<string> Digits(int least, int most) => Gen.Char['0', '9'].Array[least, most].Select(digits => new string(digits));

    private static LineReader Create()
    {
        byte[] layout = new byte[100];
        int at = Layouts.Put(layout, 0, Decimals[0], Names[0], "Cel");
        at = Layouts.Put(layout, at, Decimals[1], Names[1], "W");
        at = Layouts.Put(layout, at, Decimals[2], Names[2], string.Empty);
        return new LineReader("pump", layout[..at]);
    }
}
