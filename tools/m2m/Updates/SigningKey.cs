using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using M2m.Client;

namespace M2m.Updates;

/// <summary>An RSA key for releases: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2), 2048 or 3072 bits, in PEM as OpenSSL writes it.</summary>
internal sealed class SigningKey : IDisposable
{
    /// <summary>Sizes that a device takes, in bits.</summary>
    public static readonly int[] Sizes = [2048, 3072];

    private const int MaxFile = 16 * 1024;
    private readonly RSA _rsa;

    private SigningKey(RSA rsa)
    {
        _rsa = rsa;
    }

    /// <summary>Its size in bits.</summary>
    public int Bits => _rsa.KeySize;

    /// <summary>The modulus, big-endian.</summary>
    public byte[] Modulus => _rsa.ExportParameters(false).Modulus!;

    /// <summary>The public exponent.</summary>
    public int Exponent => _rsa.ExportParameters(false).Exponent!.Aggregate(0, (number, value) => checked((number << 8) | value));

    /// <summary>What a board's program says of it.</summary>
    public string Code => string.Create(CultureInfo.InvariantCulture, $"new RsaKey(Convert.FromBase64String(\"{Convert.ToBase64String(Modulus)}\"), {Exponent})");

    /// <summary>Makes a new key.</summary>
    /// <param name="bits">Its size, one of <see cref="Sizes"/>.</param>
    /// <returns>The key, with its private half.</returns>
    public static SigningKey Create(int bits)
    {
        RSA rsa = RSA.Create(bits);

        // Some platforms make it only when it is asked for.
        _ = rsa.ExportParameters(false);
        return new SigningKey(rsa);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="path">A file in PEM.</param>
    /// <param name="isPrivate">Whether it is to sign.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FailedException">It is none that is of use here.</exception>
    public static SigningKey Load(string path, bool isPrivate)
    {
        string pem = Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile));
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new FailedException($"the key {path} is encrypted: openssl pkey -in {path} -out PLAIN.pem decrypts it");
        }

        bool isPublicOnly = !pem.Contains("PRIVATE KEY", StringComparison.Ordinal);
        if (isPrivate && isPublicOnly)
        {
            throw new FailedException($"{path} holds no private key: to sign, give the .pem that m2m update keygen wrote, not the .pub.pem");
        }

        RSA rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw new FailedException($"{path} is not an RSA key in PEM: m2m update keygen, or openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, makes one");
        }

        if (!Sizes.Contains(rsa.KeySize))
        {
            int bits = rsa.KeySize;
            rsa.Dispose();
            throw new FailedException($"the key {path} has {bits} bits: a device takes {string.Join(" or ", Sizes)}");
        }

        return new SigningKey(rsa);
    }

    /// <summary>The private half.</summary>
    /// <returns>PKCS#8 in PEM.</returns>
    public byte[] PrivatePem() => Encoding.ASCII.GetBytes(_rsa.ExportPkcs8PrivateKeyPem() + "\n");

    /// <summary>The public half.</summary>
    /// <returns>SubjectPublicKeyInfo (RFC 5280) in PEM.</returns>
    public byte[] PublicPem() => Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem() + "\n");

    /// <summary>Signs.</summary>
    /// <param name="manifest">The manifest's bytes.</param>
    /// <returns>The raw signature.</returns>
    public byte[] Sign(byte[] manifest) => _rsa.SignData(manifest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Verifies a signature.</summary>
    /// <param name="manifest">The manifest's bytes.</param>
    /// <param name="signature">The raw signature.</param>
    /// <returns>False when it is not this key's over these bytes.</returns>
    public bool Verify(byte[] manifest, byte[] signature) =>
        signature.Length * 8 == Bits && _rsa.VerifyData(manifest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <inheritdoc/>
    public void Dispose() => _rsa.Dispose();
}
