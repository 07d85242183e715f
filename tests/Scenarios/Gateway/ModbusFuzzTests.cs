using System.Buffers.Binary;
using CsCheck;
using Firmware.Gateway.Modbus;

namespace Scenarios.Gateway;

/// <summary>What comes over a serial line, and what a person sets, is any bytes.</summary>
[TestClass]
public class ModbusFuzzTests
{
    private static readonly Gen<(int Address, int Register, int Words)> s_request = Gen.Select(Gen.Int[1, 247], Gen.Int[0, 65503], Gen.Int[1, 32]);

    [TestMethod]
    public void Any_bytes_are_taken_for_a_response_only_with_address_function_length_and_crc() => Gen.Select(s_request, Gen.Byte.Array[0, 256]).Sample((asked, bytes) =>
    {
        byte[] request = Request(asked);
        int at = ModbusFrame.FindResponse(bytes, bytes.Length, request);
        return at < 0 || IsResponse(bytes.AsSpan(at), request);
    });

    [TestMethod]
    public void Response_is_found_behind_any_noise_and_before_any_other() => Gen.Select(s_request, Gen.Byte.Array[0, 60], Gen.Byte.Array[64], Gen.Byte.Array[0, 60]).Sample((asked, before, data, behind) =>
    {
        byte[] request = Request(asked);
        byte[] response = Seal([request[0], 3, (byte)(2 * asked.Words), .. data.AsSpan(0, 2 * asked.Words)]);
        byte[] line = [.. before, .. response, .. behind];
        int at = ModbusFrame.FindResponse(line, line.Length, request);

        // Noise that is a response itself, by chance, comes first.
        return at >= 0 && at <= before.Length && IsResponse(line.AsSpan(at), request);
    });

    [TestMethod]
    public void Response_with_one_bit_turned_is_none() => Gen.Select(s_request, Gen.Byte.Array[64], Gen.Int[0, int.MaxValue]).Sample((asked, data, bit) =>
    {
        byte[] request = Request(asked);
        byte[] response = Seal([request[0], 3, (byte)(2 * asked.Words), .. data.AsSpan(0, 2 * asked.Words)]);
        bit %= response.Length * 8;
        response[bit / 8] ^= (byte)(1 << (bit % 8));
        return ModbusFrame.FindResponse(response, response.Length, request) < 0;
    });

    [TestMethod]
    public void Incomplete_response_is_none() => Gen.Select(s_request, Gen.Byte.Array[64], Gen.Int[1, 60]).Sample((asked, data, cut) =>
    {
        byte[] request = Request(asked);
        byte[] response = Seal([request[0], 3, (byte)(2 * asked.Words), .. data.AsSpan(0, 2 * asked.Words)]);
        int length = Math.Max(0, response.Length - cut);
        return ModbusFrame.FindResponse(response[..length], length, request) < 0;
    });

    [TestMethod]
    public void Any_text_is_a_map_that_comes_back_or_is_refused() => Text().Sample(text =>
    {
        byte[]? map = RegisterMap.Parse(text);
        if (map is null)
        {
            return true;
        }

        string shown = RegisterMap.ToText(map);
        byte[]? again = RegisterMap.Parse(shown);
        return shown.Length <= RegisterMap.MaxText && again is not null && again.AsSpan().SequenceEqual(map);
    });

    [TestMethod]
    public void What_is_written_is_read_back() => Gen.Select(One("u16", "s16", "u32", "s32", "u32-swapped", "s32-swapped", "float", "float-swapped"), Gen.Int[0, 3], Gen.Int).Sample((type, decimals, value) =>
    {
        byte[] map = RegisterMap.Parse($"a 0 {type} {1 / Math.Pow(10, decimals):0.###}")!;
        if (!RegisterMap.TryGetBits(map, 0, value, out uint bits))
        {
            return true;
        }

        int words = RegisterMap.WordsOf(map[RegisterMap.KindAt]);
        byte[] data = words == 1 ? [(byte)(bits >> 8), (byte)bits] : [(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits];
        byte[] values = new byte[4];
        int place = 0;
        int index = 0;
        int mask = RegisterMap.Take(map, ref place, ref index, data, 0, values, 0);
        Assert.AreEqual((map.Length, 1), (place, index));

        // A float has 24 bits, and one that rounds up to 2^31 is out of range.
        return type.StartsWith("float", StringComparison.Ordinal)
            ? mask == 0 ? Math.Abs((long)value) > int.MaxValue - 128 : Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(values) - value) <= Math.Abs((long)value) >> 23
            : mask == 1 && BinaryPrimitives.ReadInt32LittleEndian(values) == value;
    });

    // Words of the language of maps, and others, in any order.
    private static Gen<string> Text() => Gen.OneOf(
        One("a", "b-1", "voltage", "0", "i7", "65535", "u16", "s16", "u32-swapped", "float", "0.1", "10", "V", "%RH", "rw", ",", ", ", " ", "  ", "é", "\"", "-1", "1e3"),
        Gen.String[0, 4]).Array[0, 24].Select(words => string.Join(' ', words).Replace(" ,", ",", StringComparison.Ordinal));

    private static Gen<string> One(params string[] words) => Gen.Int[0, words.Length - 1].Select(word => words[word]);

    private static byte[] Request((int Address, int Register, int Words) asked) =>
        Seal([(byte)asked.Address, ModbusFrame.ReadHolding, (byte)(asked.Register >> 8), (byte)asked.Register, 0, (byte)asked.Words]);

    private static bool IsResponse(ReadOnlySpan<byte> bytes, byte[] request)
    {
        int length = bytes[1] == (request[1] | 0x80) ? 5 : bytes[1] == request[1] && bytes[2] == 2 * request[5] ? 5 + bytes[2] : int.MaxValue;
        return bytes[0] == request[0] && length <= bytes.Length && bytes[..length].SequenceEqual(Seal(bytes[..(length - 2)].ToArray()));
    }

    // Bit by bit, as section 2.5.1.2 has it.
    private static byte[] Seal(byte[] frame)
    {
        int crc = 0xFFFF;
        foreach (byte value in frame)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001;
            }
        }

        return [.. frame, (byte)crc, (byte)(crc >> 8)];
    }
}
