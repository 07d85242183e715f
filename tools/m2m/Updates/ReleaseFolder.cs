using M2m.Client;
using M2m.Client.Files;

namespace M2m.Updates;

/// <summary>The releases in a directory, or the one that a file names. A broken one is reported, and not served until its files change.</summary>
internal sealed class ReleaseFolder(string path, SigningKey? key)
{
    // Bundles are kept in memory: 75 MB at most.
    private const int MaxReleases = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyList<Release> Valid
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Values.Select(entry => entry.Release).OfType<Release>().OrderBy(release => release.Board, StringComparer.Ordinal).ThenBy(release => release.Version)];
            }
        }
    }

    public IReadOnlyList<Release> Newest => [.. Valid.Where(release => release.Signature is not null).GroupBy(release => release.Board).Select(group => group.MaxBy(release => release.Version)!)];

    public IReadOnlyList<ReleaseChange> Refresh()
    {
        string[] files = List();
        lock (_gate)
        {
            var changes = new List<ReleaseChange>();
            foreach (string gone in _entries.Keys.Except(files).ToArray())
            {
                if (_entries[gone].Release is { } release)
                {
                    changes.Add(new ReleaseChange(gone, release, ReleaseChange.Gone, null));
                }

                _entries.Remove(gone);
            }

            foreach (string file in files)
            {
                string stamp = Stamp(file);
                if (!_entries.TryGetValue(file, out Entry? known) || known.Stamp != stamp)
                {
                    changes.Add(Load(file, stamp));
                }
            }

            return changes;
        }
    }

    public Release? Recheck(Release release)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(release.Path, out Entry? entry) && entry.Release is not null ? Load(release.Path, Stamp(release.Path)).Release : null;
        }
    }

    private ReleaseChange Load(string file, string stamp)
    {
        try
        {
            Release release = Release.Load(file, key);
            _entries[file] = new Entry(stamp, release);
            return new ReleaseChange(file, release, ReleaseChange.Serving, null);
        }
        catch (FailedException e)
        {
            _entries[file] = new Entry(stamp, null);
            return new ReleaseChange(file, null, ReleaseChange.Refused, e.Message);
        }
    }

    private string[] List()
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? [Path.ChangeExtension(path, ReleaseCheck.ManifestEnd)]
                : throw new FailedException($"there is neither a directory nor a manifest {path}: m2m update pack makes a release");
        }

        try
        {
            return [.. Directory.EnumerateFiles(path, "*" + ReleaseCheck.ManifestEnd).Order(StringComparer.Ordinal).Take(MaxReleases)];
        }
        catch (Exception e) when (SmallFile.IsAccess(e))
        {
            throw new FailedException($"the directory {path} cannot be read: {e.Message}");
        }
    }

    private static string Stamp(string file)
    {
        IEnumerable<FileInfo> files = new[] { ReleaseCheck.ManifestEnd, ReleaseCheck.BundleEnd, ReleaseCheck.SignatureEnd }.Select(end => new FileInfo(Path.ChangeExtension(file, end)));
        return string.Join('/', files.Select(info => info.Exists ? $"{info.Length}:{info.LastWriteTimeUtc.Ticks}" : "-"));
    }

    private sealed record Entry(string Stamp, Release? Release);
}
