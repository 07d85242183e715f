using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>
    /// The sockets of the access point, served by one thread: DHCP, DNS and one client of HTTP at a time. All are bound to the
    /// access point's address, so that no answer goes to the station's network; what it broadcasts to port 67 arrives, too.
    /// </summary>
    internal sealed class AccessPointWorker
    {
        private const string Everybody = "255.255.255.255";
        private const int DhcpPort = 67;
        private const int DhcpClientPort = 68;
        private const int DnsPort = 53;
        private const int HttpPort = 80;
        private const int Backlog = 4;
        private const int PacketLength = 576;
        private const int BufferLength = 512;
        private const int IdleMs = 100;
        private const int BusyMs = 20;
        private const int SlowMs = 5000; // for a request
        private const int SilentMs = 300; // before another client that waits is taken instead: browsers connect in advance
        private const int ResponseMs = 15000; // for all of a response
        private const int MostDrained = 40;
        private const int Microseconds = 1000;

        private readonly IAccessPointService _service;
        private readonly ILinkEventSink _sink;
        private readonly IClock _clock;
        private Socket _dhcp;
        private Socket _dns;
        private Socket _http;
        private Socket _client; // null for none
        private byte[] _packet;
        private byte[] _buffer;
        private long _since;
        private bool _hasSent;
        private bool _isComplete;
        private bool _isOver;

        internal AccessPointWorker(IAccessPointService service, ILinkEventSink sink, IClock clock)
        {
            _service = service;
            _sink = sink;
            _clock = clock;
        }

        internal bool Start()
        {
            try
            {
                _packet = new byte[PacketLength];
                _buffer = new byte[BufferLength];
                _dhcp = Bind(SocketType.Dgram, ProtocolType.Udp, DhcpPort);
                _dhcp.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
                _dns = Bind(SocketType.Dgram, ProtocolType.Udp, DnsPort);
                _http = Bind(SocketType.Stream, ProtocolType.Tcp, HttpPort);
                _http.Listen(Backlog);
                new Thread(Work).Start();
                return true;
            }
            catch (Exception)
            {
                CloseAll();
                return false;
            }
        }

        internal void Stop() => _isOver = true;

        private static Socket Bind(SocketType type, ProtocolType protocol, int port)
        {
            Socket socket = new Socket(AddressFamily.InterNetwork, type, protocol);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(SoftAccessPoint.Address), port));
                return socket;
            }
            catch (Exception)
            {
                socket.Close();
                throw;
            }
        }

        private void Work()
        {
            try
            {
                while (!_isOver)
                {
                    Answer(_dhcp, true);
                    Answer(_dns, false);
                    try
                    {
                        Serve();
                    }
                    catch (Exception)
                    {
                        // The client has gone, or there is no memory for what it sends.
                        Drop();
                    }
                }
            }
            catch (Exception)
            {
                // The access point is gone: the set-up ends with its time.
            }

            CloseAll();
        }

        private void Answer(Socket socket, bool isDhcp)
        {
            try
            {
                if (!socket.Poll(0, SelectMode.SelectRead))
                {
                    return;
                }

                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                int count = socket.ReceiveFrom(_packet, ref from);
                count = isDhcp ? _service.AnswerDhcp(_packet, count) : _service.AnswerDns(_packet, count);
                if (count > 0)
                {
                    socket.SendTo(_packet, 0, count, SocketFlags.None, isDhcp ? new IPEndPoint(IPAddress.Parse(Everybody), DhcpClientPort) : from);
                }
            }
            catch (SocketException)
            {
                // One that was too long, or whose sender has gone.
            }
        }

        private void Serve()
        {
            if (_client == null)
            {
                if (_http.Poll(IdleMs * Microseconds, SelectMode.SelectRead))
                {
                    Take();
                }

                return;
            }

            long waited = _clock.Uptime - _since;
            if (_isComplete)
            {
                Respond(waited);
            }
            else if (_client.Poll(BusyMs * Microseconds, SelectMode.SelectRead))
            {
                int count = _client.Receive(_buffer);
                _hasSent = true;
                _isComplete = count > 0 && _service.Receive(_buffer, count);
                if (_isComplete)
                {
                    _since = _clock.Uptime;
                    _sink.Post(new LinkEvent(LinkEventKind.Signal, 0));
                }
                else if (count <= 0 || waited >= SlowMs)
                {
                    Drop();
                }
            }
            else if (waited >= SlowMs || (!_hasSent && waited >= SilentMs && _http.Poll(0, SelectMode.SelectRead)))
            {
                Drop();
            }
        }

        private void Take()
        {
            _client = _http.Accept();
            _client.ReceiveTimeout = SlowMs;
            _client.SendTimeout = SlowMs;
            _since = _clock.Uptime;
            _hasSent = false;
            _isComplete = false;
            _service.Begin();
        }

        private void Respond(long waited)
        {
            int count = _service.Next(_buffer);
            if (count == 0 && waited < ResponseMs)
            {
                _dns.Poll(BusyMs * Microseconds, SelectMode.SelectRead); // a pause that ends early for a query
                return;
            }

            while (count > 0 && waited < ResponseMs)
            {
                for (int sent = 0; sent < count;)
                {
                    sent += _client.Send(_buffer, sent, count - sent, SocketFlags.None);
                }

                waited = _clock.Uptime - _since;
                count = _service.Next(_buffer);
            }

            // Closed with something unread, a socket takes the response back.
            int drained = 0;
            while (drained < MostDrained && _client.Poll(drained == 0 ? 0 : BusyMs * Microseconds, SelectMode.SelectRead) && _client.Receive(_buffer) > 0)
            {
                drained++;
            }

            Drop();
        }

        private void Drop()
        {
            _service.Begin(); // what was received is forgotten
            Close(_client);
            _client = null;
        }

        private void CloseAll()
        {
            Close(_client);
            Close(_http);
            Close(_dns);
            Close(_dhcp);
        }

        private static void Close(Socket socket)
        {
            try
            {
                if (socket != null)
                {
                    socket.Close();
                }
            }
            catch (Exception)
            {
                // It was closed already.
            }
        }
    }
}
