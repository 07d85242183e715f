using Boards.NativeSim.Emulation.FileSystem;
using Boards.NativeSim.World;

namespace nanoFramework.Emulation.IO;

/// <summary>What is written becomes durable when the stream is flushed or closed; until then the old content stands.</summary>
public class FileStream : Stream
{
    private readonly SimulatedChip _chip = SimulatedChip.Current;
    private readonly int _boot;
    private readonly string _path;
    private readonly OpenFiles.Record _record;
    private readonly bool _mayRead;
    private readonly bool _mayWrite;
    private readonly long _seekLimit;
    private readonly MemoryStream _content = new();
    private bool _changed;
    private bool _failed;
    private bool _disposed;

    public FileStream(string path, FileMode mode)
        : this(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite)
    {
    }

    public FileStream(string path, FileMode mode, FileAccess access)
        : this(path, mode, access, FileShare.Read)
    {
    }

    public FileStream(string path, FileMode mode, FileAccess access, FileShare share)
        : this(path, mode, access, share, 0)
    {
    }

    public FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
    {
        _boot = _chip.Boot;
        _path = Path.GetFullPath(path);
        CheckArguments(mode, access, share);
        _mayRead = (access & FileAccess.Read) != 0;
        _mayWrite = (access & FileAccess.Write) != 0;
        _record = OpenFiles.Of(_chip).Add(_path, access, share);
        try
        {
            OpenContent(mode);
        }
        catch
        {
            OpenFiles.Of(_chip).Remove(_record);
            throw;
        }

        _seekLimit = mode == FileMode.Append ? _content.Length : 0;
        _content.Position = _seekLimit;
    }

    public override bool CanRead => _mayRead && !_disposed;

    public override bool CanSeek => !_disposed;

    public override bool CanWrite => _mayWrite && !_disposed;

    public override long Length
    {
        get
        {
            ThrowIfDisposed();
            return _content.Length;
        }
    }

    public override long Position
    {
        get
        {
            ThrowIfDisposed();
            return _content.Position;
        }

        set
        {
            ThrowIfDisposed();
            _content.Position = value >= _seekLimit ? value : throw new IOException();
        }
    }

    public string Name => _path;

    public override void Close() => Dispose(true);

    public override void Flush()
    {
        ThrowIfDisposed();
        Commit();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ThrowIfDisposed();
        return _mayRead ? _content.Read(buffer, offset, count) : throw new NotSupportedException();
    }

    public override int ReadByte()
    {
        byte[] one = new byte[1];
        return Read(one, 0, 1) == 1 ? one[0] : -1;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        ThrowIfDisposed();
        long before = _content.Position;
        if (_content.Seek(offset, origin) < _seekLimit)
        {
            _content.Position = before;
            throw new IOException();
        }

        return _content.Position;
    }

    public override void SetLength(long value)
    {
        RequireWrite();
        RequireSpace(value);
        _content.SetLength(value);
        _changed = true;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        RequireWrite();
        ValidateBufferArguments(buffer, offset, count);
        if (count > 0)
        {
            RequireSpace(Math.Max(_content.Length, _content.Position + count));
            _content.Write(buffer, offset, count);
            _changed = true;
        }
    }

    public override void WriteByte(byte value) => Write([value], 0, 1);

    protected override void Dispose(bool disposing)
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            // Without power, and after a restart, nobody is there to close it: what was not flushed is lost.
            if (disposing && !_failed && _chip.Runs(_boot))
            {
                Commit();
            }
        }
        finally
        {
            if (_chip.Runs(_boot))
            {
                OpenFiles.Of(_chip).Remove(_record);
            }

            base.Dispose(disposing);
        }
    }

    private static void CheckArguments(FileMode mode, FileAccess access, FileShare share)
    {
        if (mode is < FileMode.CreateNew or > FileMode.Append
            || access is < FileAccess.Read or > FileAccess.ReadWrite
            || share is < FileShare.None or > FileShare.ReadWrite)
        {
            throw new ArgumentOutOfRangeException();
        }

        bool readOnlyMode = mode is FileMode.Open or FileMode.OpenOrCreate;
        if ((!readOnlyMode && access == FileAccess.Read) || (mode == FileMode.Append && access != FileAccess.Write))
        {
            throw new ArgumentException();
        }
    }

    private void OpenContent(FileMode mode)
    {
        SimulatedFlash flash = _chip.Flash;
        if (flash.DirectoryExists(_path))
        {
            throw new IOException($"A directory: {_path}");
        }

        bool exists = flash.Exists(_path);
        if (exists ? mode == FileMode.CreateNew : mode is FileMode.Open or FileMode.Truncate)
        {
            throw new IOException(exists ? $"Already there: {_path}" : $"File not found: {_path}");
        }

        if (!exists)
        {
            flash.Create(_path);
        }
        else if (mode is FileMode.Create or FileMode.Truncate)
        {
            _changed = true;
        }
        else
        {
            _content.Write(flash.Read(_path));
        }
    }

    private void Commit()
    {
        if (!_changed)
        {
            return;
        }

        try
        {
            _chip.Flash.Write(_path, _content.GetBuffer().AsSpan(0, (int)_content.Length));
            _changed = false;
        }
        catch (IOException)
        {
            _failed = true;
            throw;
        }
    }

    // A write that fails leaves the stream unusable and the old content in place, as littlefs does.
    private void RequireSpace(long length)
    {
        int growth = (int)(length - _content.Length);
        if (_chip.Flash.Full || growth > _chip.Flash.FreeBytes)
        {
            _failed = true;
            throw new IOException("No space left on the flash.");
        }
    }

    private void RequireWrite()
    {
        ThrowIfDisposed();
        if (!_mayWrite)
        {
            throw new NotSupportedException();
        }

        if (!_chip.Runs(_boot))
        {
            throw new PowerCutException();
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);
}
