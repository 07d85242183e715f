using System.Text;
using Firmware;
using Firmware.Outputs;
using Firmware.Platform;
using Scenarios.Outbox;

namespace Scenarios.Requests;

/// <summary>
/// The whole firmware between a broker that acknowledges at once and storage that never fails, all in memory and none of
/// it recorded, so that whatever grows is the firmware's.
/// </summary>
internal sealed class LoopbackDevice : INetwork, IBrokerLink, IStorage, IMemory, IPower, IOutputPins, IOutputPin
{
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly SteppedClock _clock = new();
    private readonly Inbox _inbox;
    private int _messageId;

    public LoopbackDevice(string settings, params Module[] modules)
    {
        _inbox = new Inbox(_clock);
        _files["settings.json"] = Encoding.UTF8.GetBytes(settings);
        DeviceBuilder builder = new DeviceBuilder(new Hardware
        {
            Identity = new BoardIdentity("loopback", [2, 0, 0, 0, 0, 1], "power-on"),
            Clock = _clock,
            Inbox = _inbox,
            Network = this,
            Link = this,
            SensorPorts = [new CountingPort()],
            Storage = this,
            Memory = this,
            Power = this,
            Led = this,
        }).Add(new OutputModule(this, null));
        foreach (Module module in modules)
        {
            builder.Add(module);
        }

        Firmware = builder.Build();
        Firmware.Start();
    }

    public Device Firmware { get; }

    /// <summary>Whose responses count; empty for everyone's.</summary>
    public string Client { get; set; } = string.Empty;

    /// <summary>The payload that went last to a response topic; null before.</summary>
    public byte[]? LastAnswer { get; set; }

    public bool IsJoined => true;

    public string Address => "127.0.0.1";

    public int SignalDbm => -60;

    public int FreeBytes => 50_000;

    /// <summary>The filters that it has subscribed to.</summary>
    public List<string> Filters { get; } = [];

    /// <summary>How often a pin was written.</summary>
    public int PinWrites { get; private set; }

    /// <summary>A file; empty when there is none.</summary>
    public byte[] File(string name) => _files.GetValueOrDefault(name, []);

    /// <summary>The files that hold what only who has the right may change.</summary>
    public IEnumerable<string> FilesKept => _files.Keys.Where(name => name.StartsWith("settings", StringComparison.Ordinal) || name.StartsWith("cred", StringComparison.Ordinal));

    /// <summary>Leaves a message in the inbox, as the link does.</summary>
    public void Receive(byte[] payload) => Receive($"m2m/{Firmware.Id}/request", payload, isRetained: false);

    /// <summary>The same on any topic.</summary>
    public void Receive(string topic, byte[] payload, bool isRetained) => _inbox.Post(new LinkEvent(LinkEventKind.Message, Attempt)
    {
        Topic = topic,
        Payload = payload,
        IsRetained = isRetained,
    });

    /// <summary>Lets the device work, and time go on by so much.</summary>
    public void RunFor(int milliseconds)
    {
        long end = _clock.Now + milliseconds;
        while (true)
        {
            int pause = Firmware.Step();
            if (_clock.Now >= end)
            {
                return;
            }

            _clock.Now = Math.Min(end, _clock.Now + pause);
        }
    }

    void INetwork.Join(int attempt, WifiNetwork network) => _inbox.Post(new LinkEvent(LinkEventKind.Joined, attempt));

    void INetwork.Leave()
    {
    }

    void INetwork.Restart()
    {
    }

    bool INetwork.Forget() => true;

    void IBrokerLink.Connect(int attempt, BrokerSession session, bool forget)
    {
        Attempt = attempt;
        _inbox.Post(new LinkEvent(LinkEventKind.LinkUp, attempt) { HasSession = true });
    }

    void IBrokerLink.Unsubscribe(string topic)
    {
    }

    bool IBrokerLink.Subscribe(string[] topics)
    {
        Filters.AddRange(topics);
        _inbox.Post(new LinkEvent(LinkEventKind.Subscribed, Attempt));
        return true;
    }

    int IBrokerLink.Publish(string topic, byte[] payload, int qos, bool retain)
    {
        LastAnswer = topic.Contains("/response/" + Client, StringComparison.Ordinal) ? payload : LastAnswer;
        _messageId = (_messageId % 65_535) + 1;
        _inbox.Post(new LinkEvent(LinkEventKind.Acknowledged, Attempt) { MessageId = _messageId });
        return _messageId;
    }

    void IBrokerLink.Close(bool clean)
    {
    }

    byte[]? IStorage.Read(string name) => _files.GetValueOrDefault(name);

    bool IStorage.Replace(string name, byte[] content)
    {
        _files[name] = content;
        return true;
    }

    bool IStorage.Append(string name, byte[] data, int count)
    {
        _files[name] = [.. _files.GetValueOrDefault(name, []), .. data.AsSpan(0, count)];
        return true;
    }

    int IStorage.ReadAt(string name, int position, byte[] buffer)
    {
        byte[] file = _files.GetValueOrDefault(name, []);
        int count = Math.Clamp(file.Length - position, 0, buffer.Length);
        Array.Copy(file, Math.Min(position, file.Length), buffer, 0, count);
        return count;
    }

    string[] IStorage.List() => [.. _files.Keys];

    bool IStorage.Delete(string name)
    {
        _files.Remove(name);
        return true;
    }

    int IPower.BatteryMillivolts => 0;

    void IPower.Restart() => throw new InvalidOperationException("the requests of these tests never restart it");

    void IPower.Sleep(long milliseconds, int wakePin, bool wakeHigh, bool wakesAtOnce) => throw new InvalidOperationException("nor do they let it sleep");

    IOutputPin IOutputPins.Open(int pin, bool isHigh) => this;

    bool IOutputPin.Write(bool isHigh)
    {
        PinWrites++;
        return true;
    }

    private int Attempt { get; set; }
}
