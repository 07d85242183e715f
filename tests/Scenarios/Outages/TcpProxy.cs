using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Scenarios.Outages;

/// <summary>A proxy between devices and broker on loopback that can behave as a bad network.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Link, bool> _links = new();
    private readonly int _brokerPort;
    private volatile TaskCompletionSource? _stall;

    public TcpProxy(int brokerPort)
    {
        _brokerPort = brokerPort;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Milliseconds of real time for which each piece is held back; the pieces are small then.</summary>
    public int DelayMs { get; set; }

    /// <summary>Sees each packet of MQTT before it is passed on, and may end the connection instead.</summary>
    public Func<Link, ProxyPacket, Task>? Packet { get; set; }

    /// <summary>From now on connections are accepted and stay open, and nothing comes through.</summary>
    public void Stall() => _stall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was held back comes through after all.</summary>
    public void Release()
    {
        TaskCompletionSource? stall = _stall;
        _stall = null;
        stall?.TrySetResult();
    }

    /// <summary>Ends all connections, with a reset or in good order; what was held back is lost.</summary>
    public void Cut(bool reset)
    {
        foreach (Link link in _links.Keys)
        {
            link.Close(reset);
        }
    }

    public ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut(true);
        Release();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient device = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(device));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The proxy has ended.
        }
    }

    private async Task ServeAsync(TcpClient device)
    {
        var link = new Link(device);
        _links[link] = true;
        try
        {
            await link.Broker.ConnectAsync(IPAddress.Loopback, _brokerPort);
            await Task.WhenAny(PumpAsync(link, isToBroker: true), PumpAsync(link, isToBroker: false));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or NullReferenceException)
        {
            // There is no broker, or the link was cut meanwhile.
        }

        link.Close(reset: false);
        _links.TryRemove(link, out _);
    }

    private async Task PumpAsync(Link link, bool isToBroker)
    {
        byte[] buffer = new byte[16384];
        int count = 0;
        try
        {
            while (await link.Source(isToBroker).ReadAsync(buffer.AsMemory(count)) is int read and > 0)
            {
                count += read;
                while (ProxyPacket.WholeLength(buffer.AsSpan(0, count)) is int length and > 0)
                {
                    await PassAsync(link, new ProxyPacket(isToBroker, buffer[..length]));
                    buffer.AsSpan(length, count - length).CopyTo(buffer);
                    count -= length;
                }
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection has ended.
        }
    }

    private async Task PassAsync(Link link, ProxyPacket packet)
    {
        if (_stall is { } stall)
        {
            await stall.Task;
        }

        if (Packet is { } hook)
        {
            await hook(link, packet);
        }

        int piece = DelayMs > 0 ? Math.Max(1, packet.Bytes.Length / 3) : packet.Bytes.Length;
        for (int at = 0; at < packet.Bytes.Length; at += piece)
        {
            if (DelayMs > 0)
            {
                await Task.Delay(DelayMs);
            }

            await link.Target(packet.IsToBroker).WriteAsync(packet.Bytes.Slice(at, Math.Min(piece, packet.Bytes.Length - at)));
        }
    }

    /// <summary>One connection of a device, and its continuation to the broker.</summary>
    internal sealed class Link(TcpClient device)
    {
        public TcpClient Broker { get; } = new() { NoDelay = true };

        /// <summary>Telemetry under way on it, by message id.</summary>
        public ConcurrentDictionary<int, ProxyPacket> Open { get; } = new();

        public bool IsClosed { get; private set; }

        public Stream Source(bool isToBroker) => (isToBroker ? device : Broker).GetStream();

        public Stream Target(bool isToBroker) => Source(!isToBroker);

        /// <summary>Passes the first bytes of a packet on, if the other end still takes them.</summary>
        public async Task TryPassAsync(ProxyPacket packet, int count)
        {
            try
            {
                await Target(packet.IsToBroker).WriteAsync(packet.Bytes[..count]);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // It has closed meanwhile.
            }
        }

        public void Close(bool reset)
        {
            IsClosed = true;
            foreach (TcpClient client in new[] { device, Broker })
            {
                try
                {
                    client.NoDelay = true;
                    client.LingerState = new LingerOption(reset, 0);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException or NullReferenceException)
                {
                    // It was closed before.
                }

                client.Dispose();
            }
        }
    }
}
