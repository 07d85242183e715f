using System;
using System.Net;
using System.Net.Sockets;

namespace Boards.Esp32
{
    /// <summary>
    /// Queries a time server (SNTP, RFC 4330). The vendor's client is not used: it gives lwIP a pointer to the server's name on
    /// the managed heap, where a collection moves it, and it sets the clock to whatever a server says.
    /// </summary>
    public static class TimeServer
    {
        /// <summary>UDP port of time servers.</summary>
        public const int Port = 123;

        private const int TimeoutMs = 3000;
        private const int Length = 48;
        private const int OriginateAt = 24;
        private const int TransmitAt = 40;
        private const int TimestampLength = 8;
        private const byte Request = 0x23; // version 4, mode "client"
        private const int ModeServer = 4;
        private const int MaxStratum = 15;
        private const long SecondsTo1970 = 2208988800;
        private const long FirstOfEra1 = 0x80000000; // seconds below it are those after 7 February 2036

        /// <summary>Queries; blocks for some seconds at most, and longer where a name cannot be resolved.</summary>
        /// <param name="server">Name or address.</param>
        /// <param name="port">UDP port.</param>
        /// <param name="utc">Milliseconds since 1970.</param>
        /// <returns>False without a response that can be used.</returns>
        public static bool TryAsk(string server, int port, out long utc)
        {
            utc = 0;
            try
            {
                IPAddress address = Dns.GetHostEntry(server).AddressList[0];
                using Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.SendTimeout = TimeoutMs;
                socket.ReceiveTimeout = TimeoutMs;
                socket.Connect(new IPEndPoint(address, port));
                byte[] stamp = new byte[TimestampLength];
                new Random().NextBytes(stamp);
                byte[] request = new byte[Length];
                request[0] = Request;
                stamp.CopyTo(request, TransmitAt);
                long sentAt = Environment.TickCount64;
                socket.Send(request);
                byte[] response = new byte[Length];
                int received = socket.Receive(response);
                long trip = Environment.TickCount64 - sentAt;
                if (received < Length || !IsResponse(response, request))
                {
                    return false;
                }

                long seconds = Number(response, TransmitAt);
                seconds += (seconds < FirstOfEra1 ? 1L << 32 : 0) - SecondsTo1970;
                utc = (seconds * 1000) + ((Number(response, TransmitAt + 4) * 1000) >> 32) + (trip / 2);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        // The transmit timestamp of the request is random: who did not see it cannot repeat it.
        private static bool IsResponse(byte[] response, byte[] request)
        {
            bool isServer = (response[0] & 7) == ModeServer && response[0] >> 6 != 3 && response[1] > 0 && response[1] <= MaxStratum;
            for (int i = 0; i < TimestampLength && isServer; i++)
            {
                isServer = response[OriginateAt + i] == request[TransmitAt + i];
            }

            return isServer && (Number(response, TransmitAt) | Number(response, TransmitAt + 4)) != 0;
        }

        private static long Number(byte[] data, int at) =>
            (uint)((data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3]);
    }
}
