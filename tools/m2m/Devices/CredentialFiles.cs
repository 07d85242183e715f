using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Certificates;
using M2m.Client.Files;

namespace M2m.Devices;

/// <summary>What a device stores under one name: authorities, or a client's certificate with its key.</summary>
internal sealed record CredentialFiles(string Kind, string Text)
{
    public const string Ca = "ca";

    public const string Client = "client";

    /// <summary>Characters; at most 3 KB go into one request.</summary>
    private const int PartSize = 3000;

    /// <summary>A device takes no more.</summary>
    private const int MaxParts = 4;

    private const int MaxFile = 64 * 1024;
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>What may be a mistake; null: nothing.</summary>
    public string? Doubt { get; private init; }

    /// <summary>Certificates come before the key, whatever order the files have.</summary>
    public static CredentialFiles Load(IReadOnlyList<string> paths)
    {
        string shown = string.Join(" and ", paths);
        string all = Pem.Normalize(string.Join('\n', paths.Select(Read)));
        X509Certificate2Collection certificates = Pem.Certificates(all, shown);
        DateTime notAfter = certificates.Min(certificate => certificate.NotAfter);
        if (notAfter < DateTime.Now)
        {
            throw new FailedException(FormattableString.Invariant($"a certificate in {shown} expired at {notAfter.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}: m2m ca issue makes another one"));
        }

        if (all.Length > MaxParts * PartSize)
        {
            throw new FailedException($"{shown} has {all.Length} characters in PEM, more than a device stores: at most {MaxParts * PartSize}. Leave out the certificates that it does not need");
        }

        switch (Pem.CountKeys(all))
        {
            case 0:
                X509Certificate2? leaf = certificates.FirstOrDefault(one => !IsAuthority(one));
                return new CredentialFiles(Ca, all)
                {
                    Doubt = leaf is null ? null : $"{shown}: the certificate of {leaf.Subject} is not an authority's. It is stored to be trusted, since there is no key with it",
                };
            case 1:
                // Checks that the key is that of the certificate.
                Pem.Identity(all, shown, all, shown).Dispose();
                return new CredentialFiles(Client, all)
                {
                    Doubt = IsForClients(certificates[0]) ? null : $"{shown}: the certificate of {certificates[0].Subject} is not for clients. A broker may refuse it: m2m ca issue without --host makes one that is",
                };
            default:
                throw new FailedException($"{shown} has more than one private key: a device stores one certificate with its key under a name");
        }
    }

    /// <summary>The params of one <c>credentials.set</c> after another.</summary>
    public IEnumerable<JsonObject> Parts(string name)
    {
        string[] parts = [.. Text.Chunk(PartSize).Select(part => new string(part))];
        return parts.Select((part, i) => new JsonObject
        {
            ["name"] = name,
            ["kind"] = Kind,
            ["part"] = i,
            ["parts"] = parts.Length,
            ["data"] = part,
        });
    }

    private static string Read(string path)
    {
        string text = Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile));
        Pem.RequirePlainKey(text, path);
        return text;
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    // Without the extension a certificate is for everything (RFC 5280 section 4.2.1.12).
    private static bool IsForClients(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().All(uses => uses.EnhancedKeyUsages.OfType<System.Security.Cryptography.Oid>().Any(use => use.Value == ClientAuthentication));
}
