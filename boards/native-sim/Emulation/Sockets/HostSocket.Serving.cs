extern alias host;

using System.Net;
using System.Net.Sockets;
using Boards.NativeSim.World;
using Socket = host::System.Net.Sockets.Socket;

namespace Boards.NativeSim.Emulation.Sockets;

/// <content>
/// A socket of the chip's access point: on the host it is on loopback, at a port that the host chooses. What is broadcast goes
/// to who has sent something last.
/// </content>
internal sealed partial class HostSocket
{
    private SimulatedAccessPoint? _accessPoint; // of a socket that is bound
    private SimulatedChip? _owner;
    private IPEndPoint? _place;
    private EndPoint _lastPeer = new IPEndPoint(IPAddress.Loopback, 0);
    private int _port;

    /// <exception cref="SocketException">The access point is closed, or has another address.</exception>
    public void Bind(EndPoint local)
    {
        SimulatedChip chip = SimulatedChip.Current;
        var endPoint = (IPEndPoint)local;
        SimulatedAccessPoint own = chip.Radio.SoftAccessPoint;
        if (own.Address != endPoint.Address.ToString())
        {
            throw new SocketException((int)SocketError.AddressNotAvailable);
        }

        if (own.At(endPoint.Port) is not null)
        {
            throw new SocketException((int)SocketError.AddressAlreadyInUse);
        }

        Translate(() =>
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return 0;
        });
        _accessPoint = own;
        _port = endPoint.Port;
        _place = (IPEndPoint)_socket.LocalEndPoint!;
        Own(chip);
        if (_socket.SocketType == host::System.Net.Sockets.SocketType.Dgram)
        {
            own.Open(_port, _place);
        }
    }

    public void Listen(int backlog)
    {
        _socket.Listen(backlog);
        _accessPoint!.Open(_port, _place!);
    }

    public HostSocket Accept() => Translate(() => new HostSocket(_socket.Accept(), _owner!));

    public int ReceiveFrom(byte[] buffer, ref EndPoint remote)
    {
        EndPoint peer = remote;
        int count = Translate(() => _socket.ReceiveFrom(buffer, ref peer));
        remote = _lastPeer = peer;
        return count;
    }

    public int SendTo(byte[] buffer, int offset, int size, EndPoint remote)
    {
        EndPoint peer = ((IPEndPoint)remote).Address.Equals(IPAddress.Broadcast) ? _lastPeer : remote;
        return Translate(() => _socket.SendTo(buffer, offset, size, 0, peer));
    }

    private HostSocket(Socket accepted, SimulatedChip chip)
    {
        _socket = accepted;
        _chip = chip;
        _stream = new host::System.Net.Sockets.NetworkStream(accepted);
        Own(chip);
    }

    // In virtual time who waits for a peer lets time go on.
    private bool WaitForPeer(int timeoutMs)
    {
        bool IsReady(int ms) => Translate(() => _socket.Poll(ms * 1000, host::System.Net.Sockets.SelectMode.SelectRead));
        SimulatedChip chip = _owner ?? SimulatedChip.Current;
        if (chip.Time is not VirtualTime || timeoutMs == 0)
        {
            return IsReady(timeoutMs);
        }

        if (IsReady(0))
        {
            return true;
        }

        chip.Sleep(timeoutMs);
        return IsReady(0);
    }

    private void Own(SimulatedChip chip)
    {
        _owner = chip;
        chip.PoweredOff += OnPoweredOff;
    }

    private void OnPoweredOff(object? sender, EventArgs e) => Dispose();

    private void Unbind()
    {
        if (_owner is not null)
        {
            _owner.PoweredOff -= OnPoweredOff;
        }

        if (_place is not null)
        {
            _accessPoint?.Close(_place);
        }
    }
}
