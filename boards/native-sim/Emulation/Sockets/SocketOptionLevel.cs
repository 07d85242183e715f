namespace System.Net.Sockets;

public enum SocketOptionLevel
{
    Socket = 0xFFFF,
    Tcp = 6,
}
