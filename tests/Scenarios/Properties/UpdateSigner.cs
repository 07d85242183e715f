using System.Numerics;
using System.Security.Cryptography;
using Firmware.Platform;

namespace Scenarios.Properties;

/// <summary>A private key that signs whatever encoding it is given: one that lives as long as the tests run.</summary>
internal sealed class UpdateSigner
{
    private readonly BigInteger _p;
    private readonly BigInteger _q;
    private readonly BigInteger _modulus;
    private readonly BigInteger _private;
    private readonly BigInteger _inverse;

    private UpdateSigner(BigInteger p, BigInteger q, BigInteger privateExponent, int exponent)
    {
        _p = p;
        _q = q;
        _modulus = p * q;
        _private = privateExponent;
        _inverse = BigInteger.ModPow(q, p - 2, p);
        Length = (int)(_modulus.GetBitLength() / 8);
        Key = new RsaKey(Bytes(_modulus), exponent);
    }

    /// <summary>The public key.</summary>
    public RsaKey Key { get; }

    /// <summary>Bytes of the modulus.</summary>
    public int Length { get; }

    /// <summary>What stands before the hash in an encoding.</summary>
    public static byte[] DigestInfo => Convert.FromHexString("3031300D060960864801650304020105000420");

    /// <summary>A key by chance, with the exponent 65537.</summary>
    public static UpdateSigner Generate(int bits)
    {
        using var rsa = RSA.Create(bits);
        RSAParameters parameters = rsa.ExportParameters(true);
        return new UpdateSigner(Number(parameters.P!), Number(parameters.Q!), Number(parameters.D!), 65537);
    }

    /// <summary>A key of two primes that everybody may know, 2 to the power of so much and a bit.</summary>
    public static UpdateSigner OfPrimes(int power1, int more1, int power2, int more2, int exponent)
    {
        BigInteger p = BigInteger.Pow(2, power1) + more1;
        BigInteger q = BigInteger.Pow(2, power2) + more2;
        BigInteger order = (p - 1) * (q - 1);

        // The exponent is small: its inverse is found by trying.
        BigInteger factor = BigInteger.One;
        while (!((factor * order + 1) % exponent).IsZero)
        {
            factor++;
        }

        return new UpdateSigner(p, q, (factor * order + 1) / exponent, exponent);
    }

    public static BigInteger Number(byte[] bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    /// <summary>The modulus and a little.</summary>
    public byte[] NextToModulus(int difference) => Bytes(_modulus + difference);

    /// <summary>The same signature to a lenient verifier: above the modulus. Null when it has no room.</summary>
    public byte[]? AboveModulus(byte[] signature)
    {
        BigInteger sum = Number(signature) + _modulus;
        return sum.GetBitLength() > Length * 8 ? null : Bytes(sum);
    }

    /// <summary>Raises an encoding to the private exponent, by way of the primes (RFC 8017, section 5.1.2).</summary>
    public byte[] Raise(byte[] encoding)
    {
        BigInteger number = Number(encoding);
        BigInteger first = BigInteger.ModPow(number, _private % (_p - 1), _p);
        BigInteger second = BigInteger.ModPow(number, _private % (_q - 1), _q);
        BigInteger part = (first - second) * _inverse % _p;
        return Bytes(second + (part.Sign < 0 ? part + _p : part) * _q);
    }

    public byte[] Sign(byte[] message) => Raise(Pad([.. DigestInfo, .. SHA256.HashData(message)]));

    /// <summary>An encoding: the block type, padding up to the length, a zero, the digest.</summary>
    public byte[] Pad(byte[] digest, byte first = 0, byte type = 1, byte padding = 0xFF, byte separator = 0)
    {
        byte[] encoding = new byte[Length];
        Array.Fill(encoding, padding);
        encoding[0] = first;
        encoding[1] = type;
        encoding[Length - digest.Length - 1] = separator;
        digest.CopyTo(encoding, Length - digest.Length);
        return encoding;
    }

    private byte[] Bytes(BigInteger number)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        int length = Math.Max(Length, bytes.Length);
        byte[] padded = new byte[length];
        bytes.CopyTo(padded, length - bytes.Length);
        return padded;
    }
}
