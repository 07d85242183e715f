using M2m.Client;
using M2m.Client.Files;

namespace M2m.Updates;

/// <summary>Checks the three files of a release: <c>NAME.json</c>, <c>NAME.bundle</c>, <c>NAME.sig</c>.</summary>
internal sealed class ReleaseCheck
{
    public const string ManifestEnd = ".json";

    public const string BundleEnd = ".bundle";

    public const string SignatureEnd = ".sig";

    private const int MostBlocksNamed = 5;
    private readonly List<string> _problems = [];

    private ReleaseCheck(string path)
    {
        string bare = Path.GetExtension(path) is ManifestEnd or BundleEnd or SignatureEnd ? Path.ChangeExtension(path, null) : path;
        ManifestPath = bare + ManifestEnd;
        BundlePath = bare + BundleEnd;
        SignaturePath = bare + SignatureEnd;
    }

    public string ManifestPath { get; }

    public string BundlePath { get; }

    public string SignaturePath { get; }

    public Manifest? Manifest { get; private set; }

    public byte[]? ManifestBytes { get; private set; }

    public Bundle? Bundle { get; private set; }

    public byte[]? BundleBytes { get; private set; }

    public byte[]? Signature { get; private set; }

    /// <summary>Null: there is no signature, or no key to verify it with.</summary>
    public bool? IsSignatureRight { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

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
            string more = wrong.Length > MostBlocksNamed ? $" and {wrong.Length - MostBlocksNamed} more" : string.Empty;
            _problems.Add($"{BundlePath} is not what the manifest says: block {string.Join(", ", wrong.Take(MostBlocksNamed))}{more} of {Manifest.BlockCount} differs");
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
