using System.Security.Cryptography;
using System.Text.Json.Nodes;
using M2m.Client.Updates;
using M2m.Updates;

namespace Scenarios.Updates;

/// <summary>A directory of releases and the key that signs them, as an operator has it.</summary>
internal sealed class ReleaseShelf : IDisposable
{
    public const string Board = "native-sim";

    // Made once a run: a key takes its time.
    private static readonly Lazy<SigningKey> s_key = new(() => SigningKey.Create(2048));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("releases-");

    /// <summary>The public key that the devices know.</summary>
    public static RSAParameters Key => new() { Modulus = s_key.Value.Modulus, Exponent = [1, 0, 1] };

    /// <summary>The releases, for a server.</summary>
    public ReleaseFolder Open()
    {
        var folder = new ReleaseFolder(_folder.FullName, key: null);
        folder.Refresh();
        return folder;
    }

    /// <summary>Packs, signs and puts down a release.</summary>
    public Release Add(string version, byte[] bundle, Func<Manifest, Manifest>? change = null)
    {
        Assert.IsTrue(ReleaseVersion.TryParse(version, out ReleaseVersion number));
        var manifest = new Manifest
        {
            Board = Board,
            Version = number,
            Loader = 1,
            Runtime = PackOptions.AnyRuntime,
            Size = bundle.Length,
            Digests = Blocks.Digests(bundle),
        };
        manifest = change?.Invoke(manifest) ?? manifest;
        byte[] text = manifest.ToBytes();
        string path = Path.Combine(_folder.FullName, manifest.FileName);
        File.WriteAllBytes(path + ReleaseCheck.BundleEnd, bundle);
        File.WriteAllBytes(path + ReleaseCheck.ManifestEnd, text);
        File.WriteAllBytes(path + ReleaseCheck.SignatureEnd, s_key.Value.Sign(text));
        return Release.Load(path + ReleaseCheck.ManifestEnd, s_key.Value);
    }

    /// <summary>The params that offer a release to a device.</summary>
    public static JsonObject Offer(Release release, bool isForced = true) => M2m.Updates.Offer.Params(release.ManifestBytes, release.Signature!, isForced);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
