namespace Boards.NativeSim.World;

/// <summary>
/// The file partition of a chip, as littlefs keeps it: a change is durable when it is committed (a stream flushed or
/// closed), until then the old content stands; renaming, deleting and creating are atomic.
/// </summary>
/// <remarks>
/// Paths are <c>I:\name</c> or <c>I:\directory\name</c>, also without the drive; they distinguish capitals.
/// Not modelled: bad blocks, and the spare blocks that copy on write needs for a moment.
/// </remarks>
public sealed class SimulatedFlash
{
    private readonly object _gate = new();
    private readonly FlashContents _contents = new();
    private readonly FlashWear _wear = new();
    private int _cutInWrites;
    private int _cutKeepsBytes;
    private bool _powerIsCut;
    private bool _full;
    private long _writes;
    private long _bytesWritten;

    /// <summary>Creates a blank partition.</summary>
    /// <param name="capacityBytes">Its size; 256 KB when left out.</param>
    public SimulatedFlash(int capacityBytes = 256 * 1024) => CapacityBytes = capacityBytes;

    /// <summary>Power was cut during, or between, operations.</summary>
    public event EventHandler? PowerWasCut;

    /// <summary>Size in bytes.</summary>
    public int CapacityBytes { get; }

    /// <summary>Bytes left, after whole blocks and metadata.</summary>
    public int FreeBytes
    {
        get
        {
            lock (_gate)
            {
                return _full ? 0 : CapacityBytes - _contents.UsedBytes;
            }
        }
    }

    /// <summary>A fault: nothing can be written any more.</summary>
    public bool Full
    {
        get
        {
            lock (_gate)
            {
                return _full;
            }
        }

        set
        {
            lock (_gate)
            {
                _full = value;
            }
        }
    }

    /// <summary>Whether power is cut, until <see cref="Restart"/>.</summary>
    public bool PowerIsCut
    {
        get
        {
            lock (_gate)
            {
                return _powerIsCut;
            }
        }
    }

    /// <summary>Write operations so far: commits, creations, deletions, renames.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Blocks of 4 KB that were erased so far.</summary>
    public long Erases
    {
        get
        {
            lock (_gate)
            {
                return _wear.Erases;
            }
        }
    }

    /// <summary>Bytes of content written so far.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>
    /// Cuts the power at a write operation to come. Of an append so many new bytes are durable; content that is
    /// replaced stays the old one, and a creation, deletion or rename has not happened, unless all was kept.
    /// </summary>
    /// <param name="n">Which one from now; 1 is the next, 0 none after all.</param>
    /// <param name="bytesKept">How many new bytes of it are durable. For operations without content: 0 not done, else done.</param>
    public void CutPowerAtWrite(int n, int bytesKept)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(bytesKept);
        lock (_gate)
        {
            _cutInWrites = n;
            _cutKeepsBytes = bytesKept;
        }
    }

    /// <summary>Cuts the power now, between operations.</summary>
    public void CutPower()
    {
        lock (_gate)
        {
            _powerIsCut = true;
        }

        PowerWasCut?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Power is back. A cut that is still to come stays so.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _powerIsCut = false;
        }
    }

    /// <summary>Whether a file is there.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>True when it is.</returns>
    public bool Exists(string path)
    {
        string name = FlashContents.Normalize(path);
        lock (_gate)
        {
            ThrowIfCut();
            return _contents.Files.ContainsKey(name);
        }
    }

    /// <summary>Whether a directory is there; the root always is.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>True when it is.</returns>
    public bool DirectoryExists(string path)
    {
        string name = FlashContents.Normalize(path);
        lock (_gate)
        {
            ThrowIfCut();
            return _contents.HasDirectory(name);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>A copy of its content.</returns>
    /// <exception cref="IOException">It is not there.</exception>
    public byte[] Read(string path)
    {
        string name = FlashContents.Normalize(path);
        lock (_gate)
        {
            ThrowIfCut();
            return _contents.Files.TryGetValue(name, out byte[]? content)
                ? content.AsSpan().ToArray()
                : throw new IOException($"File not found: {path}");
        }
    }

    /// <summary>Creates an empty file when there is none: littlefs makes the name durable at once.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">No such directory, or no space.</exception>
    public void Create(string path)
    {
        string name = FlashContents.Normalize(path);
        Change(() =>
        {
            _contents.RequireParent(name);
            if (_contents.Files.ContainsKey(name))
            {
                return null;
            }

            RequireSpace(FlashContents.Cost(0));
            return _ => _contents.Files[name] = [];
        });
    }

    /// <summary>Commits the whole content of a file: one write operation. What begins as the old content does is an append.</summary>
    /// <param name="path">Its path; created when it is not there.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="IOException">No such directory, or no space.</exception>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        string name = FlashContents.Normalize(path);
        byte[] after = content.ToArray();
        Change(() =>
        {
            _contents.RequireParent(name);
            byte[] before = _contents.Files.GetValueOrDefault(name, []);
            RequireSpace(FlashContents.Cost(after.Length) - (_contents.Files.ContainsKey(name) ? FlashContents.Cost(before.Length) : 0));
            bool appends = after.AsSpan().StartsWith(before);
            int fresh = appends ? after.Length - before.Length : after.Length;
            return kept =>
            {
                Interlocked.Add(ref _bytesWritten, Math.Min(kept, fresh));
                _wear.Write(before.Length, after.Length, appends, _contents.LogBytes);
                _contents.Files[name] = kept >= fresh ? after : appends ? after[..(before.Length + kept)] : before;
            };
        }, isName: false);
    }

    /// <summary>Deletes a file; does nothing when there is none.</summary>
    /// <param name="path">Its path.</param>
    public void Delete(string path)
    {
        string name = FlashContents.Normalize(path);
        Change(() => _contents.Files.ContainsKey(name) ? _ => _contents.Files.Remove(name) : null, needsSpace: false);
    }

    /// <summary>Renames a file.</summary>
    /// <param name="source">Its path.</param>
    /// <param name="target">Its new path; nothing may be there.</param>
    /// <exception cref="IOException">No source, or the target is taken.</exception>
    public void Rename(string source, string target)
    {
        string from = FlashContents.Normalize(source);
        string to = FlashContents.Normalize(target);
        Change(() =>
        {
            _contents.RequireParent(to);
            if (!_contents.Files.ContainsKey(from))
            {
                throw new IOException($"File not found: {source}");
            }

            if (_contents.Files.ContainsKey(to) || _contents.HasDirectory(to))
            {
                throw new IOException($"Already there: {target}");
            }

            return _ =>
            {
                _contents.Files.Remove(from, out byte[]? content);
                _contents.Files[to] = content!;
            };
        });
    }

    /// <summary>Creates a directory; does nothing when it is there.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">A file is there, or no space.</exception>
    public void CreateDirectory(string path)
    {
        string name = FlashContents.Normalize(path);
        Change(() =>
        {
            _contents.RequireParent(name);
            if (_contents.Files.ContainsKey(name))
            {
                throw new IOException($"A file is there: {path}");
            }

            if (_contents.HasDirectory(name))
            {
                return null;
            }

            RequireSpace(FlashContents.DirectoryBytes);
            return _ => _contents.Directories.Add(name);
        });
    }

    /// <summary>Deletes an empty directory.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">Not there, or not empty.</exception>
    public void DeleteDirectory(string path)
    {
        string name = FlashContents.Normalize(path);
        Change(
            () =>
            {
                if (name.Length == 0 || !_contents.HasDirectory(name))
                {
                    throw new IOException($"Directory not found: {path}");
                }

                if (!_contents.IsEmpty(name))
                {
                    throw new IOException($"Directory not empty: {path}");
                }

                return _ => _contents.Directories.Remove(name);
            },
            needsSpace: false);
    }

    /// <summary>The files directly in a directory.</summary>
    /// <param name="directory">Its path; empty for the root.</param>
    /// <returns>Full paths with the drive, sorted.</returns>
    /// <exception cref="IOException">No such directory.</exception>
    public string[] Files(string directory = "") => List(directory, () => _contents.Files.Keys);

    /// <summary>The directories directly in a directory.</summary>
    /// <param name="directory">Its path; empty for the root.</param>
    /// <returns>Full paths with the drive, sorted.</returns>
    /// <exception cref="IOException">No such directory.</exception>
    public string[] Directories(string directory = "") => List(directory, () => _contents.Directories);

    /// <summary>Writes everything to a directory of the host.</summary>
    /// <param name="hostDirectory">Created when it is not there; what it holds is replaced.</param>
    public void SaveTo(string hostDirectory)
    {
        lock (_gate)
        {
            _contents.SaveTo(hostDirectory);
        }
    }

    /// <summary>Replaces everything with what a directory of the host holds.</summary>
    /// <param name="hostDirectory">As written by <see cref="SaveTo"/>.</param>
    public void LoadFrom(string hostDirectory)
    {
        lock (_gate)
        {
            _contents.LoadFrom(hostDirectory);
        }
    }

    // 'prepare' checks and gives what to do with the number of bytes that become durable, or null for nothing to do.
    private void Change(Func<Action<int>?> prepare, bool needsSpace = true, bool isName = true)
    {
        bool cut = false;
        lock (_gate)
        {
            ThrowIfCut();
            if (_full && needsSpace)
            {
                throw new IOException("No space left on the flash.");
            }

            if (prepare() is not { } apply)
            {
                return;
            }

            Interlocked.Increment(ref _writes);
            if (isName)
            {
                _wear.Rename(_contents.LogBytes);
            }

            cut = _cutInWrites > 0 && --_cutInWrites == 0;
            if (!cut)
            {
                apply(int.MaxValue);
            }
            else
            {
                _powerIsCut = true;
                if (_cutKeepsBytes > 0)
                {
                    apply(_cutKeepsBytes);
                }
            }
        }

        if (cut)
        {
            PowerWasCut?.Invoke(this, EventArgs.Empty);
            throw new PowerCutException();
        }
    }

    private string[] List(string directory, Func<IEnumerable<string>> names)
    {
        string name = FlashContents.Normalize(directory);
        lock (_gate)
        {
            ThrowIfCut();
            if (!_contents.HasDirectory(name))
            {
                throw new IOException($"Directory not found: {directory}");
            }

            return [.. FlashContents.Children(names(), name).Select(child => @"I:\" + child)];
        }
    }

    private void RequireSpace(int bytes)
    {
        if (bytes > CapacityBytes - _contents.UsedBytes)
        {
            throw new IOException("No space left on the flash.");
        }
    }

    private void ThrowIfCut()
    {
        if (_powerIsCut)
        {
            throw new PowerCutException();
        }
    }
}
