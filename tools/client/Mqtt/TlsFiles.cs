using System.Security.Cryptography.X509Certificates;
using M2m.Client.Arguments;
using M2m.Client.Certificates;
using M2m.Client.Files;

namespace M2m.Client.Mqtt;

/// <summary>What a client trusts and shows under TLS, from files in PEM.</summary>
public sealed class TlsFiles
{
    public static readonly TlsFiles None = new(null, null);

    private const int MaxFile = 512 * 1024;

    private TlsFiles(X509Certificate2Collection? authorities, X509Certificate2? own)
    {
        Authorities = authorities;
        Own = own;
    }

    /// <summary>The only authorities to trust; null: those of this computer.</summary>
    public X509Certificate2Collection? Authorities { get; }

    /// <summary>With its key; null: the client shows no certificate.</summary>
    public X509Certificate2? Own { get; }

    /// <param name="ca">Path of the authorities; null: those of this computer.</param>
    /// <param name="certificate">Path of the client's certificate; null: none.</param>
    /// <param name="key">Path of its key; null: it is in the certificate's file.</param>
    /// <exception cref="UsageException">A file cannot be used.</exception>
    public static TlsFiles Load(string? ca, string? certificate, string? key)
    {
        if (key is not null && certificate is null)
        {
            throw new UsageException($"the key {key} needs its certificate: --cert");
        }

        try
        {
            X509Certificate2Collection? authorities = ca is null ? null : Pem.Certificates(Read(ca), ca);
            string own = certificate is null ? string.Empty : Read(certificate);
            return new TlsFiles(authorities, certificate is null ? null : Pem.Identity(own, certificate, key is null ? own : Read(key), key ?? certificate));
        }
        catch (FailedException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static string Read(string path) => System.Text.Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile));
}
