using Boards.NativeSim.World;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace Scenarios.Vendor;

/// <summary>The vendor's client as the port uses it, on a chip of its own in real time, before a scripted broker.</summary>
internal sealed class VendorClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SimulatedChip _chip;
    private readonly List<(ushort Id, bool IsPublished)> _published = [];
    private readonly List<MqttMsgConnack> _opened = [];
    private readonly List<MqttMsgDisconnect> _closeRequests = [];
    private bool _isClosed;

    public VendorClient(ScriptedBroker broker, MqttProtocolVersion version, int seed = 1)
    {
        _chip = new SimulatedChip(1, new RealTime(), seed);
        _chip.Radio.InstantJoin = true;
        using IDisposable _ = _chip.Enter();
        _chip.Radio.Join("any", string.Empty, false, CancellationToken.None);
        Client = new MqttClient("127.0.0.1", broker.Port, false, null, null, MqttSslProtocols.None) { ProtocolVersion = version };
        Client.ConnectionOpened += (_, e) => Note(() => _opened.Add(e.Message));
        Client.MqttMsgPublished += (_, e) => Note(() => _published.Add((e.MessageId, e.IsPublished)));
        Client.ConnectionClosedRequest += (_, e) => Note(() => _closeRequests.Add(e.Message));
        Client.ConnectionClosed += (_, _) => Note(() => _isClosed = true);
    }

    public MqttClient Client { get; }

    public MqttMsgConnack Connack => Seen(() => _opened[0]);

    public int Opened => Seen(() => _opened.Count);

    public int CloseRequests => Seen(() => _closeRequests.Count);

    public MqttReasonCode Connect()
    {
        using IDisposable _ = _chip.Enter();
        return Client.Connect("vendor", null, null, true, MqttQoSLevel.AtLeastOnce, true, "will", "lost", false, 30);
    }

    public ushort Publish()
    {
        using IDisposable _ = _chip.Enter();
        return Client.Publish("t", [1], null, null, MqttQoSLevel.AtLeastOnce, false);
    }

    /// <summary>How a message ended.</summary>
    public bool IsPublished(ushort id)
    {
        Wait(() => _published.Exists(p => p.Id == id));
        return Seen(() => _published.Find(p => p.Id == id).IsPublished);
    }

    public void WaitUntilClosed() => Wait(() => _isClosed);

    public ValueTask DisposeAsync()
    {
        using IDisposable _ = _chip.Enter();
        Client.Close();
        return ValueTask.CompletedTask;
    }

    private void Note(Action note)
    {
        lock (_published)
        {
            note();
            Monitor.PulseAll(_published);
        }
    }

    private T Seen<T>(Func<T> read)
    {
        lock (_published)
        {
            return read();
        }
    }

    private void Wait(Func<bool> condition)
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        lock (_published)
        {
            while (!condition())
            {
                Assert.IsLessThan(end, Environment.TickCount64, "it does not come");
                Monitor.Wait(_published, 100);
            }
        }
    }
}
