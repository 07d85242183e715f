extern alias host;

using Host = host::System.Security.Cryptography.X509Certificates;

namespace System.Security.Cryptography.X509Certificates;

/// <summary>A certificate, or several, with the key of the first.</summary>
public class X509Certificate2 : X509Certificate
{
    private const int KeyError = -0x3D00;

    public X509Certificate2(byte[] rawData, byte[] key, string password)
        : base(rawData)
    {
        try
        {
            using var pair = Host.X509Certificate2.CreateFromPem(PemOf(rawData), PemOf(key));
            Pair = Host.X509CertificateLoader.LoadPkcs12(pair.Export(Host.X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is not CryptographicException)
        {
            throw new CryptographicException(KeyError);
        }
    }

    internal Host.X509Certificate2 Pair { get; }
}
