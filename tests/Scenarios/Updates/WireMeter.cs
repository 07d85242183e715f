using System.Collections.Concurrent;
using Scenarios.Outages;

namespace Scenarios.Updates;

/// <summary>Counts what the updates of devices bring over the wire, both ways, and can end connections.</summary>
internal sealed class WireMeter : IAsyncDisposable
{
    private readonly TcpProxy _proxy;
    private readonly ConcurrentDictionary<string, long> _bytes = new();
    private readonly ConcurrentDictionary<TcpProxy.Link, int> _doomed = new();
    private readonly Func<int?>? _doom;
    private int _lost;

    /// <param name="brokerPort">Where the broker is.</param>
    /// <param name="doom">Says for each connection after how many blocks it is lost; null for never.</param>
    public WireMeter(int brokerPort, Func<int?>? doom = null)
    {
        _doom = doom;
        _proxy = new TcpProxy(brokerPort) { Packet = PassAsync };
    }

    public int Port => _proxy.Port;

    /// <summary>Connections that were lost.</summary>
    public int Lost => _lost;

    /// <summary>Bytes of packets that have to do with a device's updates.</summary>
    public long Bytes(string deviceId) => _bytes.GetValueOrDefault(deviceId);

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private async Task PassAsync(TcpProxy.Link link, ProxyPacket packet)
    {
        if (!packet.IsPublish || packet.Topic.Split('/') is not [_, var device, .. var rest])
        {
            return;
        }

        bool isBlock = rest is ["update", "block", ..];
        if (isBlock || rest is ["update", ..] or ["request"])
        {
            _bytes.AddOrUpdate(device, packet.Bytes.Length, (_, before) => before + packet.Bytes.Length);
        }

        if (isBlock && _doom is not null && _doomed.AddOrUpdate(link, _ => _doom() ?? int.MaxValue, (_, left) => left - 1) == 0)
        {
            Interlocked.Increment(ref _lost);
            await link.TryPassAsync(packet, packet.Bytes.Length / 2);
            link.Close(reset: true);
        }
    }
}
