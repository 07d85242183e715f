using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TestBrokers;

/// <summary>
/// A broker whose packets a test writes byte by byte, to refuse, limit and stay silent as real ones do. It passes
/// messages on with QoS 0, keeps sessions, retains nothing.
/// </summary>
public sealed class ScriptedBroker : ITestBroker
{
    private const byte Version5 = 5;

    private readonly ConcurrentDictionary<Client, bool> _clients = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _sessions = new();
    private TcpListener? _listener;

    public int Port { get; private set; }

    /// <summary>Answers CONNECT with a whole packet. Null closes the connection; a CONNACK that refuses does so afterwards.</summary>
    public Func<ScriptedConnect, byte[]?>? Connack { get; set; }

    /// <summary>Whether a CONNECT gets no answer at all, and the connection stays open.</summary>
    public Func<ScriptedConnect, bool> Ignores { get; set; } = _ => false;

    /// <summary>The code in SUBACK for a filter.</summary>
    public Func<string, byte> Grants { get; set; } = _ => 1;

    /// <summary>What PUBACK has after the message id; null for no PUBACK.</summary>
    public Func<ScriptedPublish, byte[]?> Puback { get; set; } = _ => [];

    /// <summary>Whether a message is passed on to who subscribed to it.</summary>
    public Func<ScriptedPublish, bool> PassesOn { get; set; } = _ => true;

    /// <summary>All accepted and refused CONNECTs.</summary>
    public ConcurrentQueue<ScriptedConnect> Connects { get; } = new();

    /// <summary>The filters of each SUBSCRIBE of a client that knows its own id.</summary>
    public ConcurrentQueue<(string ClientId, string[] Filters)> Subscribes { get; } = new();

    public ConcurrentQueue<(string ClientId, string[] Filters)> Unsubscribes { get; } = new();

    public ConcurrentQueue<ScriptedPublish> Publishes { get; } = new();

    /// <summary>A CONNACK of MQTT 5.</summary>
    public static byte[] Connack5(byte code, params byte[] properties) => [0x20, (byte)(3 + properties.Length), 0, code, (byte)properties.Length, .. properties];

    /// <summary>A CONNACK of MQTT 3.1.1, whatever was asked for.</summary>
    public static byte[] Connack4(byte code) => [0x20, 2, 0, code];

    public Task StartAsync()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Task.Run(() => AcceptAsync(_listener));
        return Task.CompletedTask;
    }

    public Task KillAsync()
    {
        _listener?.Stop();
        Drop(_ => true);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    /// <summary>Closes the connections of some clients, after a last packet.</summary>
    public void Drop(Func<string, bool> clients, params byte[] last)
    {
        foreach (Client client in _clients.Keys.Where(client => clients(client.Id)))
        {
            client.TrySend(last);
            client.Close();
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                TcpClient socket = await listener.AcceptTcpClientAsync();
                socket.NoDelay = true;
                _ = Task.Run(() => Serve(new Client(socket)));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The broker has ended.
        }
    }

    private void Serve(Client client)
    {
        try
        {
            while (client.Read() is { } packet && Take(client, packet))
            {
                // Until one of the two ends it.
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The connection has ended.
        }

        _clients.TryRemove(client, out _);
        client.Close();
    }

    private bool Take(Client client, Packet packet)
    {
        switch (packet.Type)
        {
            case 1:
                return Accept(client, packet);
            case 3:
                Take(client, packet.ReadPublish(client.Id, client.IsVersion5));
                return true;
            case 8:
                string[] filters = packet.ReadFilters(client.IsVersion5, true);
                Subscribes.Enqueue((client.Id, filters));
                byte[] codes = [.. filters.Select(filter => Grant(client, filter))];
                client.TrySend(Packet.Write(0x90, [.. packet.Body[..2], .. Properties(client), .. codes]));
                return true;
            case 10:
                string[] gone = packet.ReadFilters(client.IsVersion5, false);
                Unsubscribes.Enqueue((client.Id, gone));
                foreach (string filter in gone)
                {
                    client.Filters.TryRemove(filter, out _);
                }

                client.TrySend(Packet.Write(0xB0, [.. packet.Body[..2], .. Properties(client), .. client.IsVersion5 ? new byte[gone.Length] : []]));
                return true;
            case 12:
                client.TrySend([0xD0, 0]);
                return true;
            default:
                return packet.Type != 14;
        }
    }

    private bool Accept(Client client, Packet packet)
    {
        ScriptedConnect connect = packet.ReadConnect();
        Connects.Enqueue(connect);
        if (Ignores(connect))
        {
            return true;
        }

        bool hadSession = !connect.IsClean && _sessions.ContainsKey(connect.ClientId);
        client.Begin(connect, connect.IsClean ? new() : _sessions.GetOrAdd(connect.ClientId, _ => new()));
        byte[] accepted = connect.Version == Version5 ? Connack5(0) : Connack4(0);
        byte[]? connack = Connack is null ? accepted : Connack(connect);
        if (connack is not [_, _, _, 0, ..])
        {
            client.TrySend(connack ?? []);
            return false;
        }

        connack = [.. connack];
        connack[2] |= (byte)(hadSession ? 1 : 0);
        _clients[client] = true;
        client.TrySend(connack);
        return true;
    }

    private byte Grant(Client client, string filter)
    {
        byte code = Grants(filter);
        if (code < 0x80)
        {
            client.Filters[filter] = true;
        }

        return code;
    }

    private void Take(Client client, ScriptedPublish publish)
    {
        Publishes.Enqueue(publish);
        if (PassesOn(publish))
        {
            foreach (Client other in _clients.Keys.Where(other => other.Filters.Keys.Any(filter => Matches(filter, publish.Topic))))
            {
                byte[] topic = Packet.Text(publish.Topic);
                other.TrySend(Packet.Write(0x30, [.. topic, .. Properties(other), .. publish.Payload]));
            }
        }

        if (publish.QoS > 0 && Puback(publish) is { } more)
        {
            client.TrySend(Packet.Write(0x40, [(byte)(publish.Id >> 8), (byte)publish.Id, .. more]));
        }
    }

    private static byte[] Properties(Client client) => client.IsVersion5 ? [0] : [];

    private static bool Matches(string filter, string topic)
    {
        string[] wanted = filter.Split('/');
        string[] levels = topic.Split('/');
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == "#")
            {
                return true;
            }

            if (i >= levels.Length || (wanted[i] != "+" && wanted[i] != levels[i]))
            {
                return false;
            }
        }

        return wanted.Length == levels.Length;
    }

    private sealed class Client(TcpClient socket)
    {
        private readonly NetworkStream _stream = socket.GetStream();
        private readonly Lock _gate = new();

        public string Id { get; private set; } = string.Empty;

        public bool IsVersion5 { get; private set; }

        public ConcurrentDictionary<string, bool> Filters { get; private set; } = new();

        public void Begin(ScriptedConnect connect, ConcurrentDictionary<string, bool> filters)
        {
            Id = connect.ClientId;
            IsVersion5 = connect.Version == Version5;
            Filters = filters;
        }

        public Packet? Read()
        {
            int first = _stream.ReadByte();
            int length = 0;
            for (int shift = 0, digit = 128; first >= 0 && digit >= 128; shift += 7)
            {
                digit = _stream.ReadByte();
                length |= (digit & 127) << shift;
            }

            if (first < 0)
            {
                return null;
            }

            byte[] body = new byte[length];
            _stream.ReadExactly(body);
            return new Packet((byte)first, body);
        }

        public void TrySend(byte[] bytes)
        {
            try
            {
                lock (_gate)
                {
                    _stream.Write(bytes);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // It has gone.
            }
        }

        public void Close() => socket.Dispose();
    }

    private sealed record Packet(byte First, byte[] Body)
    {
        public int Type => First >> 4;

        public static byte[] Text(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
        }

        public static byte[] Write(byte first, byte[] body)
        {
            var bytes = new List<byte> { first };
            int length = body.Length;
            do
            {
                bytes.Add((byte)((length & 127) | (length > 127 ? 128 : 0)));
                length >>= 7;
            }
            while (length > 0);
            return [.. bytes, .. body];
        }

        public ScriptedConnect ReadConnect()
        {
            int at = 0;
            _ = ReadBytes(ref at);
            byte version = Body[at++];
            byte flags = Body[at++];
            int keepAlive = BinaryPrimitives.ReadUInt16BigEndian(Body.AsSpan(at));
            at += 2;
            byte[] properties = [];
            if (version == Version5)
            {
                int length = ReadLength(ref at);
                properties = Body[at..(at + length)];
                at += length;
            }

            return new ScriptedConnect(Encoding.UTF8.GetString(ReadBytes(ref at)), version, flags, keepAlive, properties);
        }

        public ScriptedPublish ReadPublish(string clientId, bool isVersion5)
        {
            int at = 0;
            string topic = Encoding.UTF8.GetString(ReadBytes(ref at));
            int qos = (First >> 1) & 3;
            int id = 0;
            if (qos > 0)
            {
                id = BinaryPrimitives.ReadUInt16BigEndian(Body.AsSpan(at));
                at += 2;
            }

            SkipProperties(ref at, isVersion5);
            return new ScriptedPublish(clientId, topic, Body[at..], id, qos, (First & 1) != 0, (First & 8) != 0);
        }

        public string[] ReadFilters(bool isVersion5, bool haveOptions)
        {
            int at = 2;
            SkipProperties(ref at, isVersion5);
            var filters = new List<string>();
            while (at < Body.Length)
            {
                filters.Add(Encoding.UTF8.GetString(ReadBytes(ref at)));
                at += haveOptions ? 1 : 0;
            }

            return [.. filters];
        }

        private void SkipProperties(ref int at, bool isVersion5)
        {
            if (isVersion5)
            {
                int length = ReadLength(ref at);
                at += length;
            }
        }

        private byte[] ReadBytes(ref int at)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(Body.AsSpan(at));
            at += 2 + length;
            return Body[(at - length)..at];
        }

        private int ReadLength(ref int at)
        {
            int length = 0;
            for (int shift = 0, digit = 128; digit >= 128; shift += 7)
            {
                digit = Body[at++];
                length |= (digit & 127) << shift;
            }

            return length;
        }
    }
}
