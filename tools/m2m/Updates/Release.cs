using M2m.Client;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>A release whose bundle is what its manifest says.</summary>
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

    /// <summary>The manifest's file.</summary>
    public string Path { get; }

    /// <summary>The manifest.</summary>
    public Manifest Manifest { get; }

    /// <summary>The manifest's bytes: what is signed.</summary>
    public byte[] ManifestBytes { get; }

    /// <summary>The bundle.</summary>
    public byte[] Bundle { get; }

    /// <summary>The raw signature; null: it is not signed, and no device would take it.</summary>
    public byte[]? Signature { get; }

    /// <summary>The board that it is for.</summary>
    public string Board => Manifest.Board;

    /// <summary>Its version.</summary>
    public ReleaseVersion Version => Manifest.Version;

    /// <summary>Reads a release, and verifies it.</summary>
    /// <param name="path">One of its files.</param>
    /// <param name="key">Whose signature it must be; null when that is not verified.</param>
    /// <returns>The release.</returns>
    /// <exception cref="FailedException">Something is wrong.</exception>
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

    /// <summary>Which release it is.</summary>
    /// <returns>E.g. "esp32-devkitc 0.2.0".</returns>
    public override string ToString() => $"{Board} {Version}";
}
