using M2m.Client;

namespace M2m.Updates;

/// <summary>The releases in a directory, or the one that a file names. Broken ones are told of, and left alone until their files change.</summary>
/// <param name="path">A directory, or a manifest.</param>
/// <param name="key">Whose signatures they must bear; null when that is not verified.</param>
internal sealed class ReleaseFolder(string path, SigningKey? key)
{
    // Bundles are kept in memory: 75 MB at most.
    private const int MaxReleases = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The releases that can be served.</summary>
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

    /// <summary>The newest signed release of each board.</summary>
    public IReadOnlyList<Release> Newest => [.. Valid.Where(release => release.Signature is not null).GroupBy(release => release.Board).Select(group => group.MaxBy(release => release.Version)!)];

    /// <summary>Looks what has come, changed or gone since the last time.</summary>
    /// <returns>The changes.</returns>
    /// <exception cref="FailedException">The directory cannot be read.</exception>
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

    /// <summary>Reads a release again, because a device says that a block of it is wrong.</summary>
    /// <param name="release">The release.</param>
    /// <returns>What to serve from now on; null when the files are wrong: it is not among the valid ones any more.</returns>
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
