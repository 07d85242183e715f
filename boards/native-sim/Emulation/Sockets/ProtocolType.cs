namespace System.Net.Sockets;

public enum ProtocolType
{
    IP = 0,
    Tcp = 6,
    Udp = 17,
}
