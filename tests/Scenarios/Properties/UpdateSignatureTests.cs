using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Firmware.Platform;
using Firmware.Updates;

namespace Scenarios.Properties;

/// <summary>The verifier of updates against signatures made here, right ones and all that a lenient verifier would take.</summary>
[TestClass]
public class UpdateSignatureTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("the message");

    private static readonly byte[] Hash = SHA256.HashData(Message);

    private static readonly UpdateSigner Signer2048 = UpdateSigner.Generate(2048);

    private static readonly UpdateSigner Signer3072 = UpdateSigner.Generate(3072);

    private static readonly UpdateSigner SignerOf3 = UpdateSigner.OfPrimes(1024, -179, 1024, -1397, 3);

    /// <summary>Random keys, and moduli of nearly all ones and nearly all zeros, where carries run far.</summary>
    private static readonly UpdateSigner[] Signers =
    [
        Signer2048, Signer3072, SignerOf3,
        UpdateSigner.OfPrimes(1024, -179, 1024, -1397, 65537),
        UpdateSigner.OfPrimes(1023, 1155, 1024, 643, 3),
        UpdateSigner.OfPrimes(1023, 1155, 1024, 643, 65537),
        UpdateSigner.OfPrimes(1536, -7769, 1536, -3453, 65537),
        UpdateSigner.OfPrimes(1535, 699, 1536, 1381, 3),
        UpdateSigner.OfPrimes(1535, 699, 1536, 1381, 5),
        UpdateSigner.OfPrimes(1535, 699, 1536, 1381, 65537),
    ];

    /// <summary>Bytes of every kind of length, or null for three of them.</summary>
    private static readonly Gen<byte[]?> AnyBytes = Gen.OneOf(Gen.Byte.Array[0, 4], Gen.Byte.Array[256], Gen.Byte.Array[384], Gen.Byte.Array[0, 600])
        .Select(bytes => bytes.Length == 3 ? null : bytes);

    public static IEnumerable<object[]> WrongEncodings => Encodings().Select(encoding => new object[] { encoding.Name });

    [TestMethod]
    public void Every_signature_is_valid_for_its_message_and_no_other() =>
        Gen.Select(Gen.Int[0, Signers.Length - 1], Gen.Byte.Array[0, 300], Gen.Int[0, int.MaxValue]).Sample(
            (signer, message, at) =>
            {
                byte[] signature = Signers[signer].Sign(message);
                bool valid = RsaSignature.Verify(Signers[signer].Key, message, signature);
                byte[] other = [.. message, 0];
                other[at % other.Length] ^= 1;
                signature[at % signature.Length] ^= (byte)(1 << (at & 7));
                return valid && !RsaSignature.Verify(Signers[signer].Key, other, Signers[signer].Sign(message)) && !RsaSignature.Verify(Signers[signer].Key, message, signature);
            },
            iter: 100);

    [TestMethod]
    [DataRow(2048)]
    [DataRow(3072)]
    public void Signature_of_the_desktop_is_valid(int bits)
    {
        using var rsa = RSA.Create(bits);
        byte[] signature = rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        RSAParameters parameters = rsa.ExportParameters(false);
        Assert.IsTrue(RsaSignature.Verify(new RsaKey(parameters.Modulus, 65537), Message, signature));
    }

    [TestMethod]
    public void Signature_with_another_scheme_or_hash_is_not_valid()
    {
        using var rsa = RSA.Create(2048);
        var key = new RsaKey(rsa.ExportParameters(false).Modulus, 65537);
        Assert.IsFalse(RsaSignature.Verify(key, Message, rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)));
        Assert.IsFalse(RsaSignature.Verify(key, Message, rsa.SignData(Message, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)));
        Assert.IsFalse(RsaSignature.Verify(key, Message, rsa.SignData(Message, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)));
    }

    [TestMethod]
    [DynamicData(nameof(WrongEncodings))]
    public void Wrong_encoding_is_not_valid(string name)
    {
        Func<UpdateSigner, byte[]> encoding = Encodings().Single(encoding => encoding.Name == name).Of;
        foreach (UpdateSigner signer in new[] { Signer2048, Signer3072, SignerOf3 })
        {
            Assert.IsFalse(RsaSignature.Verify(signer.Key, Message, signer.Raise(encoding(signer))));
        }
    }

    [TestMethod]
    public void Every_byte_of_the_encoding_counts()
    {
        byte[] right = Signer2048.Pad([.. UpdateSigner.DigestInfo, .. Hash]);
        for (int i = 0; i < right.Length; i++)
        {
            byte[] wrong = With((byte[])right.Clone(), i, (byte)(right[i] ^ 1 << (i % 7)));
            Assert.IsFalse(RsaSignature.Verify(Signer2048.Key, Message, Signer2048.Raise(wrong)), $"byte {i}");
        }
    }

    /// <summary>With the exponent 3 a root can be had without the key, when not all bytes behind the hash are looked at.</summary>
    [TestMethod]
    public void Cube_root_of_an_encoding_with_room_behind_the_hash_is_not_valid()
    {
        byte[] encoding = [0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, .. UpdateSigner.DigestInfo, .. Hash];
        Array.Resize(ref encoding, SignerOf3.Length);
        System.Numerics.BigInteger least = UpdateSigner.Number(encoding);
        System.Numerics.BigInteger root = 0;
        for (int bit = SignerOf3.Length * 8 / 3 + 1; bit >= 0; bit--)
        {
            System.Numerics.BigInteger next = root + System.Numerics.BigInteger.Pow(2, bit);
            root = System.Numerics.BigInteger.Pow(next, 3) <= least ? next : root;
        }

        byte[] forged = new byte[SignerOf3.Length];
        byte[] bytes = (root + 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(forged, forged.Length - bytes.Length);
        Assert.IsFalse(RsaSignature.Verify(SignerOf3.Key, Message, forged));
    }

    [TestMethod]
    public void Number_that_is_not_below_the_modulus_is_not_valid()
    {
        foreach (UpdateSigner signer in Signers)
        {
            for (int difference = -2; difference <= 2; difference++)
            {
                Assert.IsFalse(RsaSignature.Verify(signer.Key, Message, signer.NextToModulus(difference)));
            }
        }

        // Where the modulus is just above half of what its length can hold, every second one has room for it once more.
        UpdateSigner low = UpdateSigner.OfPrimes(1023, 1155, 1024, 643, 65537);
        byte[]? above = Enumerable.Range(0, 64).Select(i => low.AboveModulus(low.Sign([(byte)i]))).First(signature => signature != null);
        byte[] message = [(byte)Enumerable.Range(0, 64).First(i => low.AboveModulus(low.Sign([(byte)i])) != null)];
        Assert.IsTrue(RsaSignature.Verify(low.Key, message, low.Sign(message)));
        Assert.IsFalse(RsaSignature.Verify(low.Key, message, above));
    }

    [TestMethod]
    public void Zeros_before_or_behind_a_signature_or_cut_from_it_are_not_valid()
    {
        byte[] message = [1];
        byte[] signature = Signer2048.Sign(message);
        Assert.IsFalse(RsaSignature.Verify(Signer2048.Key, message, [0, .. signature]));
        Assert.IsFalse(RsaSignature.Verify(Signer2048.Key, message, [.. signature, 0]));
        Assert.IsFalse(RsaSignature.Verify(Signer2048.Key, message, [.. new byte[128], .. signature]));
        for (int i = 0; signature[0] != 0; i++)
        {
            message = BitConverter.GetBytes(i);
            signature = Signer2048.Sign(message);
        }

        Assert.IsTrue(RsaSignature.Verify(Signer2048.Key, message, signature));
        Assert.IsFalse(RsaSignature.Verify(Signer2048.Key, message, signature[1..]));
    }

    [TestMethod]
    public void Nothing_makes_the_verifier_throw_or_agree() =>
        Gen.Select(AnyBytes, Gen.OneOf(Gen.Int, Gen.OneOf(-1, 0, 1, 2, 3, 65537, int.MaxValue, int.MinValue)), AnyBytes, AnyBytes).Sample(
            (modulus, exponent, signature, message) => !RsaSignature.Verify(new RsaKey(modulus, exponent), message, signature),
            iter: 2000);

    private static IEnumerable<(string Name, Func<UpdateSigner, byte[]> Of)> Encodings()
    {
        byte[] info = UpdateSigner.DigestInfo;
        byte[] right = [.. info, .. Hash];
        yield return ("padding of 8 bytes, others behind the hash", signer => Short(signer, right, 8, 0x5A));
        yield return ("padding of 8 bytes, zeros behind the hash", signer => Short(signer, right, 8, 0));
        yield return ("padding of 7 bytes", signer => Short(signer, right, 7, 0xFF));
        yield return ("no padding", signer => Short(signer, right, 0, 0x5A));
        yield return ("one byte of padding less", signer => Short(signer, right, signer.Length - 3 - right.Length - 1, 0));
        yield return ("one byte of padding more", signer => signer.Pad(right[1..]));
        yield return ("padding of zeros", signer => signer.Pad(right, padding: 0));
        yield return ("padding of other bytes", signer => signer.Pad(right, padding: 0xFE));
        yield return ("a zero in the padding", signer => With(signer.Pad(right), 10, 0));
        yield return ("another byte at the end of the padding", signer => With(signer.Pad(right), signer.Length - right.Length - 2, 0x7F));
        yield return ("no zero behind the padding", signer => signer.Pad(right, separator: 0xFF));
        yield return ("block type 0", signer => signer.Pad(right, type: 0));
        yield return ("block type 2", signer => signer.Pad(right, type: 2));
        yield return ("block type 255", signer => signer.Pad(right, type: 255));
        yield return ("another first byte", signer => signer.Pad(right, first: 1));
        yield return ("a byte behind the hash", signer => signer.Pad([.. right, 0]));
        yield return ("many bytes behind the hash", signer => signer.Pad([.. right, .. new byte[100]]));
        yield return ("the hash without its last byte", signer => signer.Pad(right[..^1]));
        yield return ("no hash", signer => signer.Pad(info));
        yield return ("nothing", signer => signer.Pad([]));
        yield return ("the bare hash", signer => signer.Pad(Hash));
        yield return ("another hash", signer => signer.Pad([.. info, .. SHA256.HashData(Hash)]));
        foreach ((string name, string hex) in Identifiers())
        {
            yield return (name, signer => signer.Pad(Convert.FromHexString(hex.Replace("H", Convert.ToHexString(Hash), StringComparison.Ordinal))));
        }

        yield return ("identifier and hash of SHA-1", signer => signer.Pad([.. Convert.FromHexString("3021300906052B0E03021A05000414"), .. Hash[..20]]));
        yield return ("identifier and hash of SHA-512", signer => signer.Pad([.. Convert.FromHexString("3051300D060960864801650304020305000440"), .. SHA512.HashData(Message)]));
        yield return ("the encoding in the wrong order", signer => [0, .. signer.Pad(right)[1..].Reverse()]);
    }

    /// <summary>Hash identifiers that are wrong, or that BER allows and DER does not; H is the hash.</summary>
    private static IEnumerable<(string Name, string Hex)> Identifiers() =>
    [
        ("no NULL", "302F300B06096086480165030402010420H"),
        ("a NULL of one byte", "3032300E06096086480165030402010501000420H"),
        ("a NULL with its length in two bytes", "3032300E06096086480165030402010581000420H"),
        ("two NULLs", "3033300F0609608648016503040201050005000420H"),
        ("an octet string instead of NULL", "3031300D060960864801650304020104000420H"),
        ("a sequence instead of NULL", "3031300D060960864801650304020130000420H"),
        ("outer length in two bytes", "308131300D060960864801650304020105000420H"),
        ("outer length in three bytes", "30820031300D060960864801650304020105000420H"),
        ("outer length in five bytes", "308400000031300D060960864801650304020105000420H"),
        ("indefinite outer length", "3080300D060960864801650304020105000420H0000"),
        ("inner length in two bytes", "303230810D060960864801650304020105000420H"),
        ("indefinite inner length", "303330800609608648016503040201050000000420H"),
        ("length of the identifier in two bytes", "3032300E06810960864801650304020105000420H"),
        ("length of the hash in two bytes", "3032300D06096086480165030402010500048120H"),
        ("outer length too small", "3030300D060960864801650304020105000420H"),
        ("outer length too large", "3032300D060960864801650304020105000420H"),
        ("outer length that overflows", "30850100000031300D060960864801650304020105000420H"),
        ("length of the hash too small", "3031300D06096086480165030402010500041FH"),
        ("length of the hash too large", "3031300D060960864801650304020105000421H"),
        ("a byte in the outer sequence", "3032300D060960864801650304020105000420H00"),
        ("a NULL in the outer sequence", "3033300D060960864801650304020105000420H0500"),
        ("a hash of 33 bytes", "3032300D060960864801650304020105000421H00"),
        ("a bit string for the hash", "3031300D060960864801650304020105000320H"),
        ("a constructed octet string", "3033300D0609608648016503040201050024220420H"),
        ("a set for the outer sequence", "3131300D060960864801650304020105000420H"),
        ("identifier of SHA-224", "3031300D060960864801650304020405000420H"),
        ("identifier of SHA-384", "3031300D060960864801650304020205000420H"),
        ("identifier of SHA-512", "3031300D060960864801650304020305000420H"),
        ("identifier of SHA-512/256", "3031300D060960864801650304020605000420H"),
        ("identifier of SHA3-256", "3031300D060960864801650304020805000420H"),
        ("identifier of MD5", "3030300C06082A864886F70D020505000420H"),
        ("identifier with a leading 0x80", "3032300E060A8060864801650304020105000420H"),
        ("empty identifier", "30283004060005000420H"),
    ];

    /// <summary>A padding of so many bytes, and others behind the hash up to the length.</summary>
    private static byte[] Short(UpdateSigner signer, byte[] digest, int padding, byte behind)
    {
        byte[] encoding = new byte[signer.Length];
        Array.Fill(encoding, behind);
        encoding[0] = 0;
        encoding[1] = 1;
        Array.Fill(encoding, (byte)0xFF, 2, padding);
        encoding[2 + padding] = 0;
        digest.CopyTo(encoding, 3 + padding);
        return encoding;
    }

    private static byte[] With(byte[] encoding, int at, byte value)
    {
        encoding[at] = value;
        return encoding;
    }
}
