extern alias host;

using System.Text;
using Host = host::System.Security.Cryptography.X509Certificates;

namespace System.Security.Cryptography.X509Certificates;

/// <summary>Certificates as PEM, which must end in a terminator where it comes as bytes, or one as DER.</summary>
public class X509Certificate
{
    private const int ParseError = -0x2180;
    private readonly byte[] _bytes;

    public X509Certificate(byte[] certificate)
    {
        _bytes = certificate;
        try
        {
            Certificates.ImportFromPem(PemOf(certificate));
        }
        catch (Exception e) when (e is not CryptographicException)
        {
            throw new CryptographicException(ParseError);
        }

        if (Certificates.Count == 0)
        {
            throw new CryptographicException(ParseError);
        }
    }

    internal Host.X509Certificate2Collection Certificates { get; } = [];

    /// <summary>Text gets its terminator here.</summary>
    public X509Certificate(string certificate)
        : this(Encoding.ASCII.GetBytes(certificate + '\0'))
    {
    }

    public virtual byte[] GetRawCertData() => _bytes;

    internal static string PemOf(byte[] bytes) =>
        bytes.Length > 0 && bytes[^1] == 0 ? Encoding.ASCII.GetString(bytes, 0, bytes.Length - 1) : throw new CryptographicException(ParseError);
}
