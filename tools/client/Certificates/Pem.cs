using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace M2m.Client.Certificates;

/// <summary>Certificates and keys in PEM (RFC 7468).</summary>
public static class Pem
{
    private const string CertificateLabel = "CERTIFICATE";
    private const string KeyLabelEnd = "PRIVATE KEY";

    public static bool HasKey(string text) => CountKeys(text) > 0;

    public static int CountKeys(string text) => Labels(text).Count(label => label.EndsWith(KeyLabelEnd, StringComparison.Ordinal));

    /// <exception cref="FailedException">There is none, or one cannot be read.</exception>
    public static X509Certificate2Collection Certificates(string text, string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            throw new FailedException($"{path}: a certificate in it cannot be read");
        }

        return certificates.Count > 0 ? certificates : throw new FailedException($"{path} has no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }

    /// <summary>The first certificate with its key.</summary>
    /// <exception cref="FailedException">One of both is missing, cannot be read, or the key is that of another certificate.</exception>
    public static X509Certificate2 Identity(string certificate, string certificatePath, string key, string keyPath)
    {
        _ = Certificates(certificate, certificatePath);
        if (!HasKey(key))
        {
            throw new FailedException($"{keyPath} has no private key in PEM: --key names its file");
        }

        RequirePlainKey(key, keyPath);
        try
        {
            using X509Certificate2 pair = X509Certificate2.CreateFromPem(certificate, key);

            // Windows uses no key that is only in memory.
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new FailedException($"the key in {keyPath} cannot be read, or is not the key of the certificate in {certificatePath}");
        }
    }

    /// <exception cref="FailedException">A key is encrypted.</exception>
    public static void RequirePlainKey(string text, string path)
    {
        if (Labels(text).Contains("ENCRYPTED PRIVATE KEY"))
        {
            throw new FailedException($"the key in {path} is encrypted: openssl pkey -in {path} -out PLAIN.pem decrypts it");
        }
    }

    /// <summary>The certificates of a text, then its keys, as RFC 7468 writes them, without anything else.</summary>
    public static string Normalize(string text)
    {
        var blocks = new System.Text.StringBuilder();
        var keys = new System.Text.StringBuilder();
        for (ReadOnlySpan<char> rest = text; PemEncoding.TryFind(rest, out PemFields fields); rest = rest[fields.Location.End..])
        {
            string label = rest[fields.Label].ToString();
            if (label == CertificateLabel || label.EndsWith(KeyLabelEnd, StringComparison.Ordinal))
            {
                byte[] data = new byte[fields.DecodedDataLength];
                Convert.TryFromBase64Chars(rest[fields.Base64Data], data, out _);
                (label == CertificateLabel ? blocks : keys).Append(PemEncoding.WriteString(label, data)).Append('\n');
            }
        }

        return blocks.Append(keys).ToString();
    }

    private static List<string> Labels(string text)
    {
        var labels = new List<string>();
        for (ReadOnlySpan<char> rest = text; PemEncoding.TryFind(rest, out PemFields fields); rest = rest[fields.Location.End..])
        {
            labels.Add(rest[fields.Label].ToString());
        }

        return labels;
    }
}
