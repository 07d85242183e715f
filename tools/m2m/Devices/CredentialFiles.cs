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

    private const int MaxFile = 64 * 1024;

    /// <summary>Certificates come before the key, whatever order the files have.</summary>
    public static CredentialFiles Load(IReadOnlyList<string> paths)
    {
        string shown = string.Join(" and ", paths);
        string all = Pem.Normalize(string.Join('\n', paths.Select(path => Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile)))));
        X509Certificate2Collection certificates = Pem.Certificates(all, shown);
        DateTime notAfter = certificates.Min(certificate => certificate.NotAfter);
        if (notAfter < DateTime.Now)
        {
            throw new FailedException(FormattableString.Invariant($"a certificate in {shown} expired at {notAfter.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}: m2m ca issue makes another one"));
        }

        if (!Pem.HasKey(all))
        {
            return new CredentialFiles(Ca, all);
        }

        // Checks that the key is that of the certificate.
        Pem.Identity(all, shown, all, shown).Dispose();
        return new CredentialFiles(Client, all);
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
}
