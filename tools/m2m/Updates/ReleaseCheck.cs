using M2m.Client;

namespace M2m.Updates;

/// <summary>All that can be said of the three files of a release: <c>NAME.json</c>, <c>NAME.bundle</c>, <c>NAME.sig</c>.</summary>
internal sealed class ReleaseCheck
{
    /// <summary>What a manifest's name ends with.</summary>
    public const string ManifestEnd = ".json";

    /// <summary>What a bundle's name ends with.</summary>
    public const string BundleEnd = ".bundle";

    /// <summary>What a signature's name ends with.</summary>
    public const string SignatureEnd = ".sig";

    private const int MostBlocksTold = 5;
    private readonly List<string> _problems = [];

    private ReleaseCheck(string path)
    {
        string bare = Path.GetExtension(path) is ManifestEnd or BundleEnd or SignatureEnd ? Path.ChangeExtension(path, null) : path;
        ManifestPath = bare + ManifestEnd;
        BundlePath = bare + BundleEnd;
        SignaturePath = bare + SignatureEnd;
    }

    /// <summary>The manifest's file.</summary>
    public string ManifestPath { get; }

    /// <summary>The bundle's file.</summary>
    public string BundlePath { get; }

    /// <summary>The signature's file.</summary>
    public string SignaturePath { get; }

    /// <summary>The manifest; null when it is none.</summary>
    public Manifest? Manifest { get; private set; }

    /// <summary>Its bytes; null when there are none.</summary>
    public byte[]? ManifestBytes { get; private set; }

    /// <summary>What is in the bundle; null when it is none.</summary>
    public Bundle? Bundle { get; private set; }

    /// <summary>Its bytes; null when there are none.</summary>
    public byte[]? BundleBytes { get; private set; }

    /// <summary>The raw signature; null when there is none.</summary>
    public byte[]? Signature { get; private set; }

    /// <summary>Whether the signature is the key's; null when there was none, or no key.</summary>
    public bool? IsSignatureRight { get; private set; }

    /// <summary>What is wrong; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads and verifies the files of a release.</summary>
    /// <param name="path">One of them.</param>
    /// <param name="key">Whose signature it should be; null when that is not to be verified.</param>
    /// <returns>What was found.</returns>
    public static ReleaseCheck Of(string path, SigningKey? key)
    {
        var check = new ReleaseCheck(path);
        check.Try(() => check.ManifestBytes = SmallFile.Read(check.ManifestPath, Manifest.MaxBytes));
        check.Try(() => check.Manifest = check.ManifestBytes is { } bytes ? ManifestReader.Read(bytes) : null);
        check.Try(() => check.BundleBytes = SmallFile.Read(check.BundlePath, Bundle.MaxSize));
        check.Try(() => check.Bundle = check.BundleBytes is { } bytes ? Bundle.Read(bytes) : null);
        check.CompareDigests();
        check.CheckSignature(key);
        return check;
    }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (FailedException e)
        {
            _problems.Add(e.Message);
        }
    }

    private void CompareDigests()
    {
        if (Manifest is null || BundleBytes is null)
        {
            return;
        }

        if (BundleBytes.Length != Manifest.Size)
        {
            _problems.Add($"{BundlePath} has {BundleBytes.Length} bytes, the manifest says {Manifest.Size}");
            return;
        }

        byte[] digests = Blocks.Digests(BundleBytes);
        int[] wrong = [.. Enumerable.Range(0, Manifest.BlockCount).Where(block => !Digest(digests, block).SequenceEqual(Digest(Manifest.Digests, block)))];
        if (wrong.Length > 0)
        {
            string more = wrong.Length > MostBlocksTold ? $" and {wrong.Length - MostBlocksTold} more" : string.Empty;
            _problems.Add($"{BundlePath} is not what the manifest says: block {string.Join(", ", wrong.Take(MostBlocksTold))}{more} of {Manifest.BlockCount} differs");
        }
    }

    private void CheckSignature(SigningKey? key)
    {
        if (!File.Exists(SignaturePath))
        {
            if (key is not null)
            {
                _problems.Add($"there is no signature {SignaturePath}: m2m update sign makes one");
            }

            return;
        }

        Try(() => Signature = SmallFile.Read(SignaturePath, SigningKey.Sizes[^1] / 8));
        if (Signature is not null && !SigningKey.Sizes.Contains(Signature.Length * 8))
        {
            _problems.Add($"{SignaturePath} has {Signature.Length} bytes: a raw signature has {string.Join(" or ", SigningKey.Sizes.Select(bits => bits / 8))}");
        }
        else if (Signature is not null && key is not null && ManifestBytes is not null)
        {
            IsSignatureRight = key.Verify(ManifestBytes, Signature);
            if (IsSignatureRight == false)
            {
                _problems.Add($"{SignaturePath} is not a signature of this key over this manifest");
            }
        }
    }

    private static ReadOnlySpan<byte> Digest(byte[] digests, int block) => digests.AsSpan(block * Blocks.DigestSize, Blocks.DigestSize);
}
