using Boards.NativeSim.World;
using FileAccess = nanoFramework.Emulation.IO.FileAccess;
using FileShare = nanoFramework.Emulation.IO.FileShare;

namespace Boards.NativeSim.Emulation.FileSystem;

/// <summary>
/// Who has which file open. Stricter than a desktop: opening a file that is open needs FileShare.ReadWrite, and the
/// first opener must have allowed the access.
/// </summary>
internal sealed class OpenFiles
{
    private readonly List<Record> _records = [];

    public static OpenFiles Of(SimulatedChip chip) => chip.PackageState(() => new OpenFiles());

    public Record Add(string path, FileAccess access, FileShare share)
    {
        var record = new Record(path.ToUpperInvariant(), share);
        lock (_records)
        {
            foreach (Record open in _records)
            {
                bool allowed = share == FileShare.ReadWrite && ((int)open.Share & (int)access) == (int)access;
                if (open.Name == record.Name && !allowed)
                {
                    throw new IOException($"In use: {path}");
                }
            }

            _records.Add(record);
        }

        return record;
    }

    public void Remove(Record record)
    {
        lock (_records)
        {
            _records.RemoveAll(open => ReferenceEquals(open, record));
        }
    }

    public void Alone(string path, Action change)
    {
        Record record = Add(path, FileAccess.ReadWrite, FileShare.None);
        try
        {
            change();
        }
        finally
        {
            Remove(record);
        }
    }

    public bool AnyIn(string directory)
    {
        string prefix = directory.ToUpperInvariant().TrimEnd('\\') + '\\';
        lock (_records)
        {
            return _records.Exists(open => open.Name.StartsWith(prefix, StringComparison.Ordinal));
        }
    }

    internal sealed record Record(string Name, FileShare Share);
}
