using System.Security.Cryptography;
using CsCheck;
using Firmware.Cryptography;

namespace Scenarios.Properties;

/// <summary>What updates compute with bytes, against the desktop's own.</summary>
[TestClass]
public class UpdateHashTests
{
    [TestMethod]
    public void Every_length_has_the_desktops_hash()
    {
        byte[] data = new byte[300];
        new Random(6).NextBytes(data);
        for (int length = 0; length <= data.Length; length++)
        {
            CollectionAssert.AreEqual(SHA256.HashData(data.AsSpan(0, length)), Sha256.Hash(data, 0, length), $"length {length}");
        }
    }

    [TestMethod]
    public void Every_part_of_any_bytes_has_the_desktops_hash() =>
        Gen.Select(Gen.Byte.Array[0, 5000], Gen.Int[0, 5000], Gen.Int[0, 5000]).Sample(
            (data, offset, count) =>
            {
                offset = Math.Min(offset, data.Length);
                count = Math.Min(count, data.Length - offset);
                return SHA256.HashData(data.AsSpan(offset, count)).AsSpan().SequenceEqual(Sha256.Hash(data, offset, count));
            },
            iter: 500);

    /// <summary>The long message of FIPS 180-4's examples.</summary>
    [TestMethod]
    public void Million_times_a_has_its_hash()
    {
        byte[] data = new byte[1_000_000];
        Array.Fill(data, (byte)'a');
        Assert.AreEqual("CDC76E5C9914FB9281A1C7E284D73E67F1809A48A497200E046D39CCC7112CD0", Convert.ToHexString(Sha256.Hash(data, 0, data.Length)));
    }

    [TestMethod]
    public void All_bytes_come_back_from_base64() =>
        Gen.Byte.Array[0, 200].Sample(
            data => Base64.Decode(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(data))).AsSpan().SequenceEqual(data),
            iter: 5000);

    [TestMethod]
    public void No_two_texts_decode_to_the_same_bytes() =>
        Gen.OneOf(
            Gen.Byte.Array[0, 12],
            Gen.OneOf('A', 'B', 'Q', 'g', 'w', 'z', '0', '9', '+', '/', '=', '-', '_', ' ', '\n').Select(c => (byte)c).Array[0, 12]).Sample(
            text =>
            {
                byte[]? data = Base64.Decode(text);
                return data == null || System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(data)).AsSpan().SequenceEqual(text);
            },
            iter: 100000);

    [TestMethod]
    public void Texts_that_the_desktop_writes_are_the_only_ones_refused_or_not()
    {
        // All texts of two characters and padding: every second character with spare bits has to be refused.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        foreach (char first in Alphabet)
        {
            foreach (char second in Alphabet)
            {
                byte[]? data = Base64.Decode([(byte)first, (byte)second, (byte)'=', (byte)'=']);
                Assert.AreEqual(Alphabet.IndexOf(second, StringComparison.Ordinal) % 16 == 0, data != null);
            }
        }
    }
}
