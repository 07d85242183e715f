extern alias host;

using System.Security.Cryptography;
using System.Text;
using host::System.Security.Cryptography.X509Certificates;
using CsCheck;
using Firmware.Security;

namespace Scenarios.Security;

/// <summary>Certificates and keys that the desktop makes, as tools write them; and what is left of them after damage.</summary>
[TestClass]
public sealed class RealCertificateTests
{
    private static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa OtherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly RSA Modulus = RSA.Create(2048);
    private static readonly RSA OtherModulus = RSA.Create(2048);
    private static readonly X509Certificate2 OfCurve = SelfSigned(Curve);
    private static readonly X509Certificate2 OfModulus = SelfSigned(Modulus);

    public static IEnumerable<object[]> Keys =>
    [
        ["EC, PKCS 8", OfCurve, Curve.ExportPkcs8PrivateKeyPem(), OtherCurve.ExportPkcs8PrivateKeyPem()],
        ["EC, SEC 1", OfCurve, Curve.ExportECPrivateKeyPem(), OtherCurve.ExportECPrivateKeyPem()],
        ["RSA, PKCS 8", OfModulus, Modulus.ExportPkcs8PrivateKeyPem(), OtherModulus.ExportPkcs8PrivateKeyPem()],
        ["RSA, PKCS 1", OfModulus, Modulus.ExportRSAPrivateKeyPem(), OtherModulus.ExportRSAPrivateKeyPem()],
        ["RSA key for EC", OfCurve, Curve.ExportPkcs8PrivateKeyPem(), Modulus.ExportPkcs8PrivateKeyPem()],
        ["EC key for RSA", OfModulus, Modulus.ExportRSAPrivateKeyPem(), Curve.ExportECPrivateKeyPem()],
    ];

    [TestMethod]
    [DynamicData(nameof(Keys))]
    public void Key_that_belongs_to_the_certificate_is_kept_and_another_refused(string kind, X509Certificate2 certificate, string own, string other)
    {
        string pem = certificate.ExportCertificatePem() + "\n";
        Assert.IsNull(Check(true, pem + own, out _), kind);
        Assert.AreEqual("block 2: the private key does not belong to the certificate", Check(true, pem + other, out _), kind);
    }

    [TestMethod]
    public void Encrypted_key_is_refused()
    {
        string key = Curve.ExportEncryptedPkcs8PrivateKeyPem("password", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));
        Assert.AreEqual("the private key is encrypted: send it without a password", Check(true, OfCurve.ExportCertificatePem() + "\n" + key, out _));
    }

    [TestMethod]
    [DataRow("\n")]
    [DataRow("\r\n")]
    [DataRow("\r")]
    public void Certificate_has_the_desktops_fingerprint_and_validity(string end)
    {
        foreach (X509Certificate2 certificate in new[] { OfCurve, OfModulus })
        {
            Assert.IsNull(Check(false, certificate.ExportCertificatePem().Replace("\n", end, StringComparison.Ordinal), out CredentialCheck check));
            CollectionAssert.AreEqual(certificate.GetCertHash(HashAlgorithmName.SHA256), check.Fingerprint);
            Assert.AreEqual(new DateTimeOffset(certificate.NotBefore).ToUnixTimeSeconds(), check.NotBefore);
            Assert.AreEqual(new DateTimeOffset(certificate.NotAfter).ToUnixTimeSeconds(), check.NotAfter);
        }
    }

    [TestMethod]
    public void Base64_of_the_der_is_a_certificate()
    {
        Assert.IsNull(Check(false, Convert.ToBase64String(OfCurve.RawData), out CredentialCheck check));
        CollectionAssert.AreEqual(OfCurve.GetCertHash(HashAlgorithmName.SHA256), check.Fingerprint);
    }

    [TestMethod]
    public void Damaged_der_ends_with_a_reason_or_is_kept_and_never_throws()
    {
        byte[][] blocks = [OfCurve.RawData, OfModulus.RawData, Curve.ExportPkcs8PrivateKey(), Curve.ExportECPrivateKey(), Modulus.ExportRSAPrivateKey()];
        int refused = 0;
        Gen.Select(Gen.Int[0, blocks.Length - 1], Gen.Select(Gen.Int[0, 3000], Gen.Byte).Array[1, 6], Gen.Int[0, 40], Gen.Bool).Sample(
            (which, damage, cut, cuts) =>
            {
                byte[] der = [.. blocks[which]];
                foreach ((int at, byte value) in damage)
                {
                    // Lengths and tags are mostly at the front.
                    der[at % 3 == 0 ? at % der.Length : at % Math.Min(der.Length, 64)] = value;
                }

                der = cuts ? der[..Math.Max(0, der.Length - cut)] : der;
                string text = which < 2 ? Pem("CERTIFICATE", der) : OfCurve.ExportCertificatePem() + "\n" + Pem("PRIVATE" + " KEY", der);
                Interlocked.Add(ref refused, Check(which >= 2, text, out _) is null ? 0 : 1);
            },
            iter: 20_000);
        Assert.IsGreaterThan(5_000, refused);
    }

    [TestMethod]
    public void Any_bytes_end_with_a_reason_and_never_throw() =>
        Gen.Select(Gen.Byte.Array[0, 4000], Gen.Bool, Gen.Int[0, 2]).Sample(
            (bytes, isClient, form) =>
            {
                string text = form == 0 ? Encoding.Latin1.GetString(bytes) : form == 1 ? Pem("CERTIFICATE", bytes) : Convert.ToBase64String([0x30, 0x82, .. bytes]);
                return Check(isClient, text, out _) is { Length: > 0 };
            },
            iter: 5_000);

    [TestMethod]
    public void Nested_elements_of_any_depth_end_at_once()
    {
        byte[] der = [];
        while (der.Length < 2500)
        {
            der = [0x30, 0x82, (byte)(der.Length >> 8), (byte)der.Length, .. der];
        }

        Assert.AreEqual("block 1: is no certificate: its DER cannot be read", Check(false, Pem("CERTIFICATE", der), out _));
    }

    private static string Pem(string label, byte[] der) => new(PemEncoding.Write(label, der));

    private static string? Check(bool isClient, string text, out CredentialCheck check)
    {
        check = new CredentialCheck(isClient);
        return check.Read(new PemReader(new ByteFile(Encoding.Latin1.GetBytes(text)), "file"));
    }

    private static X509Certificate2 SelfSigned(ECDsa key) => Sign(new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256));

    private static X509Certificate2 SelfSigned(RSA key) => Sign(new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static X509Certificate2 Sign(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2051, 2, 28, 23, 59, 59, TimeSpan.Zero));
    }
}
