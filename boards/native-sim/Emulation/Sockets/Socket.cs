using Boards.NativeSim.Emulation.Sockets;

namespace System.Net.Sockets;

/// <summary>A socket of the device over one of the host.</summary>
public class Socket : IDisposable
{
    private bool _isClosed;

    private Socket(HostSocket host) => Host = host;

    public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType) =>
        Host = new HostSocket(addressFamily, socketType, protocolType);

    public int Available => Open().Available;

    public bool Connected => !_isClosed && Host.IsConnected;

    /// <summary>Milliseconds; -1 waits without a limit.</summary>
    public int ReceiveTimeout { get; set; } = Timeout.Infinite;

    public int SendTimeout { get; set; } = Timeout.Infinite;

    internal HostSocket Host { get; }

    public void Connect(EndPoint remoteEP) => Open().Connect(remoteEP);

    public void Bind(EndPoint localEP) => Open().Bind(localEP);

    public void Listen(int backlog) => Open().Listen(backlog);

    public Socket Accept() => new(Open().Accept());

    public int ReceiveFrom(byte[] buffer, ref EndPoint remoteEP) => Open().ReceiveFrom(buffer, ref remoteEP);

    public int SendTo(byte[] buffer, int offset, int size, SocketFlags socketFlags, EndPoint remoteEP) =>
        Open().SendTo(buffer, offset, size, remoteEP);

    public int Send(byte[] buffer) => Send(buffer, 0, buffer.Length, SocketFlags.None);

    public int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags)
    {
        Open().Send(buffer, offset, size, SendTimeout);
        return size;
    }

    public int Receive(byte[] buffer) => Receive(buffer, 0, buffer.Length, SocketFlags.None);

    public int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags) =>
        Open().Receive(buffer, offset, size, ReceiveTimeout);

    /// <summary>Whether something can be read, or the peer has closed; false after so many microseconds.</summary>
    public bool Poll(int microSeconds, SelectMode mode) => mode == SelectMode.SelectRead
        ? Open().WaitForData(microSeconds / 1000)
        : throw new NotSupportedException();

    public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, bool optionValue) =>
        SetSocketOption(optionLevel, optionName, optionValue ? 1 : 0);

    public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, int optionValue) =>
        Open().Set((int)optionLevel, (int)optionName, optionValue);

    public void Close() => ((IDisposable)this).Dispose();

    void IDisposable.Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _isClosed = true;
        Host.Dispose();
    }

    private HostSocket Open() => _isClosed ? throw new ObjectDisposedException(nameof(Socket)) : Host;
}
