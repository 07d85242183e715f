namespace System.Net.Sockets;

/// <summary>The bytes of a connected socket.</summary>
public class NetworkStream : Stream
{
    protected bool _disposed;

    private readonly bool _ownsSocket;

    public NetworkStream(Socket socket)
        : this(socket, false)
    {
    }

    public NetworkStream(Socket socket, bool ownsSocket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Socket = socket.Connected ? socket : throw new IOException();
        _ownsSocket = ownsSocket;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanTimeout => true;

    public override bool CanWrite => true;

    public override int ReadTimeout
    {
        get => Socket.ReceiveTimeout;
        set => Socket.ReceiveTimeout = value;
    }

    public override int WriteTimeout
    {
        get => Socket.SendTimeout;
        set => Socket.SendTimeout = value;
    }

    public override long Length => Available();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public virtual bool DataAvailable => Available() > 0;

    internal Socket Socket { get; }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Socket.Receive(buffer, offset, count, SocketFlags.None);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Socket.Send(buffer, offset, count, SocketFlags.None);
    }

    protected override void Dispose(bool disposing)
    {
        if (!_disposed && _ownsSocket)
        {
            Socket.Close();
        }

        _disposed = true;
    }

    private int Available()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Socket.Available;
    }
}
