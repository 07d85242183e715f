namespace System.Net.Sockets;

public enum SocketOptionName
{
    KeepAlive = 8,
    Broadcast = 32,
    NoDelay = 1,
}
