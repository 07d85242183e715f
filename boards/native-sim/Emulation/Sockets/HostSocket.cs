extern alias host;

using System.Net;
using System.Net.Sockets;
using Boards.NativeSim.World;
using Socket = host::System.Net.Sockets.Socket;

namespace Boards.NativeSim.Emulation.Sockets;

/// <summary>
/// What a socket of the device is on the host. It blocks its caller until an MQTT client takes it over: a client has no
/// thread of its own here, so it awaits each packet itself and lays it out to be received.
/// </summary>
internal sealed partial class HostSocket : IDisposable
{
    private const int UnreachableMs = 500;
    private const int ConnectTimeoutMs = 20_000;
    private const int LongestWaitMs = int.MaxValue;
    private const SocketOptionName LwipKeepIdle = (SocketOptionName)3;
    private const SocketOptionName LwipKeepInterval = (SocketOptionName)4;
    private const SocketOptionName LwipKeepCount = (SocketOptionName)5;

    [ThreadStatic]
    private static HostSocket? s_connectedLast;

    private readonly Socket _socket;
    private readonly object _sending = new();
    private SimulatedChip? _chip;
    private Stream? _stream;
    private byte[] _packet = [];
    private int _at;
    private bool _isTaken;

    public HostSocket(AddressFamily family, SocketType type, ProtocolType protocol) => _socket = new Socket(
        family,
        (host::System.Net.Sockets.SocketType)(int)type,
        (host::System.Net.Sockets.ProtocolType)(int)protocol);

    public bool IsConnected => _socket.Connected;

    public int Available => _isTaken ? _packet.Length - _at : _socket.Available;

    /// <summary>The bytes of a connection; TLS puts its own stream here.</summary>
    public Stream Stream
    {
        get => _stream ?? throw new SocketException((int)SocketError.NotConnected);
        set => _stream = value;
    }

    /// <summary>Bytes of a record of TLS: a larger one ends the connection.</summary>
    public int LargestRecord { get; set; } = int.MaxValue;

    /// <summary>Whose connection it is.</summary>
    public SimulatedChip Chip => _chip ?? throw new SocketException((int)SocketError.NotConnected);

    /// <summary>Takes over the connection that the calling thread made last.</summary>
    public static HostSocket? Take()
    {
        HostSocket? taken = s_connectedLast;
        s_connectedLast = null;
        if (taken is not null)
        {
            taken._isTaken = true;
        }

        return taken;
    }

    /// <exception cref="SocketException">With the codes of the device, whatever the host's are.</exception>
    public void Connect(EndPoint remote)
    {
        if (_socket.SocketType == host::System.Net.Sockets.SocketType.Dgram)
        {
            _socket.Connect(remote);
            return;
        }

        SimulatedChip chip = SimulatedChip.Current;
        if (!chip.Radio.IsJoined || !chip.Radio.BrokerReachable)
        {
            chip.Sleep(UnreachableMs);
            throw new SocketException((int)SocketError.HostUnreachable);
        }

        chip.Sleep(chip.Radio.LatencyMs);
        _chip = chip;
        Translate(() => chip.Time.Await("connection to the broker", chip.Number, HoldKind.Transport, ConnectTimeoutMs, async limit =>
        {
            await _socket.ConnectAsync(remote, limit).ConfigureAwait(false);
            return 0;
        }));
        _stream = new host::System.Net.Sockets.NetworkStream(_socket);
        s_connectedLast = this;
    }

    public void Send(byte[] buffer, int offset, int size, int timeoutMs = Timeout.Infinite)
    {
        lock (_sending)
        {
            _socket.SendTimeout = Math.Max(0, timeoutMs);
            Translate(() =>
            {
                if (_stream is null)
                {
                    return _socket.Send(buffer, offset, size, 0);
                }

                _stream.Write(buffer, offset, size);
                return size;
            });
        }
    }

    /// <summary>What is there, at least one byte. Taken over, 0 at the end of what was laid out.</summary>
    public int Receive(byte[] buffer, int offset, int size, int timeoutMs)
    {
        if (_isTaken)
        {
            int count = Math.Min(size, _packet.Length - _at);
            Array.Copy(_packet, _at, buffer, offset, count);
            _at += count;
            return count;
        }

        if (_stream is null)
        {
            _socket.ReceiveTimeout = Math.Max(0, timeoutMs);
            return Translate(() => _socket.Receive(buffer, offset, size, 0));
        }

        int limitMs = timeoutMs > 0 ? timeoutMs : LongestWaitMs;
        return Translate(() => Chip.Time.Await("answer of a peer", Chip.Number, HoldKind.Stranger, limitMs, async limit =>
            await _stream.ReadAsync(buffer.AsMemory(offset, size), limit).ConfigureAwait(false)));
    }

    public bool WaitForData(int timeoutMs)
    {
        if (_stream is null)
        {
            return WaitForPeer(timeoutMs);
        }

        if (timeoutMs == 0)
        {
            return _socket.Poll(0, host::System.Net.Sockets.SelectMode.SelectRead);
        }

        try
        {
            return Chip.Time.Await("answer of a peer", Chip.Number, HoldKind.Stranger, timeoutMs, async limit =>
            {
                await Stream.ReadAsync(Memory<byte>.Empty, limit).ConfigureAwait(false);
                return true;
            });
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Lays out a packet to be received.</summary>
    public void LayOut(byte[] packet)
    {
        _packet = packet;
        _at = 0;
    }

    /// <summary>Sets an option. The platform passes numbers that it does not know on to lwIP.</summary>
    public void Set(int level, int name, int value)
    {
        var (hostLevel, hostName) = ((SocketOptionLevel)level, (SocketOptionName)name) switch
        {
            (SocketOptionLevel.Tcp, SocketOptionName.NoDelay) =>
                (host::System.Net.Sockets.SocketOptionLevel.Tcp, host::System.Net.Sockets.SocketOptionName.NoDelay),
            (SocketOptionLevel.Socket, SocketOptionName.KeepAlive) =>
                (host::System.Net.Sockets.SocketOptionLevel.Socket, host::System.Net.Sockets.SocketOptionName.KeepAlive),
            (SocketOptionLevel.Socket, SocketOptionName.Broadcast) =>
                (host::System.Net.Sockets.SocketOptionLevel.Socket, host::System.Net.Sockets.SocketOptionName.Broadcast),
            (SocketOptionLevel.Tcp, LwipKeepIdle) =>
                (host::System.Net.Sockets.SocketOptionLevel.Tcp, host::System.Net.Sockets.SocketOptionName.TcpKeepAliveTime),
            (SocketOptionLevel.Tcp, LwipKeepInterval) =>
                (host::System.Net.Sockets.SocketOptionLevel.Tcp, host::System.Net.Sockets.SocketOptionName.TcpKeepAliveInterval),
            (SocketOptionLevel.Tcp, LwipKeepCount) =>
                (host::System.Net.Sockets.SocketOptionLevel.Tcp, host::System.Net.Sockets.SocketOptionName.TcpKeepAliveRetryCount),
            _ => throw new SocketException((int)SocketError.ProtocolOption),
        };
        _socket.SetSocketOption(hostLevel, hostName, value);
    }

    // Without waiting for what is still to be sent: nothing is said to the peer.
    public void Dispose()
    {
        Unbind();
        _stream?.Dispose();
        _socket.Dispose();
    }

    private static T Translate<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (TimeoutException)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch (SocketException e)
        {
            throw new SocketException((int)e.SocketErrorCode);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            var code = (e.InnerException as SocketException)?.SocketErrorCode ?? SocketError.ConnectionReset;
            throw new SocketException((int)code);
        }
    }
}
