using System.Net;
using System.Net.Sockets;

namespace TestBrokers;

public static class FreePort
{
    private const int LowestPort = 12_000;
    private const int HighestPort = 32_000;

    /// <summary>
    /// A port below those that the system gives to outgoing connections: one of them could take it while a broker that
    /// was killed does not listen.
    /// </summary>
    public static int Next()
    {
        while (true)
        {
            int port = Random.Shared.Next(LowestPort, HighestPort);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // In use: try another one.
            }
        }
    }
}
