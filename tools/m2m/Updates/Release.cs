using M2m.Client;
using M2m.Client.Updates;

namespace M2m.Updates;

internal sealed class Release
{
    private Release(string path, Manifest manifest, byte[] manifestBytes, byte[] bundle, byte[]? signature)
    {
        Path = path;
        Manifest = manifest;
        ManifestBytes = manifestBytes;
        Bundle = bundle;
        Signature = signature;
    }

    public string Path { get; }

    public Manifest Manifest { get; }

    /// <summary>The signed bytes.</summary>
    public byte[] ManifestBytes { get; }

    public byte[] Bundle { get; }

    /// <summary>Null: not signed; no device takes it.</summary>
    public byte[]? Signature { get; }

    public string Board => Manifest.Board;

    public ReleaseVersion Version => Manifest.Version;

    public static Release Load(string path, SigningKey? key)
    {
        ReleaseCheck check = ReleaseCheck.Of(path, key);
        if (check.Problems.Count > 0)
        {
            throw new FailedException(string.Join('\n', check.Problems));
        }

        string expected = check.Manifest!.FileName + ReleaseCheck.ManifestEnd;
        return System.IO.Path.GetFileName(check.ManifestPath) == expected
            ? new Release(check.ManifestPath, check.Manifest, check.ManifestBytes!, check.BundleBytes!, check.Signature)
            : throw new FailedException($"{check.ManifestPath} holds the manifest of {check.Manifest.FileName}: call its files {check.Manifest.FileName}.*");
    }

    public override string ToString() => $"{Board} {Version}";
}
