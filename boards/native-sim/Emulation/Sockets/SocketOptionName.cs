namespace System.Net.Sockets;

public enum SocketOptionName
{
    KeepAlive = 8,
    NoDelay = 1,
}
