using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using M2m.Client;
using M2m.Client.Files;

namespace M2m.Updates;

/// <summary>An RSA key for releases: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2), 2048 or 3072 bits, in PEM as OpenSSL writes it.</summary>
internal sealed class SigningKey : IDisposable
{
    /// <summary>Bits.</summary>
    public static readonly int[] Sizes = [2048, 3072];

    private const int MaxFile = 16 * 1024;
    private readonly RSA _rsa;

    private SigningKey(RSA rsa)
    {
        _rsa = rsa;
    }

    public int Bits => _rsa.KeySize;

    public byte[] Modulus => _rsa.ExportParameters(false).Modulus!;

    public int Exponent => _rsa.ExportParameters(false).Exponent!.Aggregate(0, (number, value) => checked((number << 8) | value));

    public string Code => string.Create(CultureInfo.InvariantCulture, $"new RsaKey(Convert.FromBase64String(\"{Convert.ToBase64String(Modulus)}\"), {Exponent})");

    public static SigningKey Create(int bits)
    {
        RSA rsa = RSA.Create(bits);

        // Some platforms generate the key only when it is read.
        _ = rsa.ExportParameters(false);
        return new SigningKey(rsa);
    }

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

    public byte[] PrivatePem() => Encoding.ASCII.GetBytes(_rsa.ExportPkcs8PrivateKeyPem() + "\n");

    public byte[] PublicPem() => Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem() + "\n");

    public byte[] Sign(byte[] manifest) => _rsa.SignData(manifest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public bool Verify(byte[] manifest, byte[] signature) =>
        signature.Length * 8 == Bits && _rsa.VerifyData(manifest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose() => _rsa.Dispose();
}
