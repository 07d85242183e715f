using System.Reflection;
using System.Text;
using Boards.Esp32;
using Boards.Esp32Program;
using Boards.NativeSim.World;
using Cost.Counting;
using Firmware;
using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;
using Firmware.HomeAssistant;
using Firmware.Outputs;
using Firmware.Platform;
using Firmware.Rules;
using Firmware.Security;
using Firmware.Sleep;
using Firmware.Updates;

namespace Cost.Rig;

/// <summary>
/// The firmware and the ESP32 port, as a board's program joins them, on a simulated chip with a BME280. Network, broker
/// and supply are stand-ins that answer at once: the vendor's own threads would make two runs differ.
/// </summary>
public sealed class DeviceRig : IDeviceRig
{
    private const string Root = "I:\\";
    private const int ImageCapacity = 98304;

    private readonly VirtualTime _time = new();
    private readonly SimulatedFlash _flash = new();
    private SimulatedChip _chip = null!;
    private Broker _broker = null!;
    private Supply _supply = null!;
    private Device _device = null!;
    private RuleModule _rules = null!;
    private GatewayModule? _gateway;
    private ChildLine _line = null!;

    public bool IsOver => _device.IsStopped || _supply.IsAsleep;

    public string? LastResponse => _broker.LastResponse;

    public int Published => _broker.Published;

    public void Boot(string? settings, bool isWake)
    {
        _chip = new SimulatedChip(1, _time, flash: _flash);
        _chip.Bus.Attach(new SimulatedSensor(SensorModel.Bme280, 0x76));
        if (isWake)
        {
            _chip.Clock.Set(_time.UtcNow);
        }

        SimulatedChip chip = _chip;
        DeviceCalls.Uptime = () => chip.UptimeMs;
        DeviceCalls.WallClock = () => chip.UtcNow;
        OnChip(() =>
        {
            if (settings != null)
            {
                new FileStorage(Root).Replace("settings.json", Encoding.UTF8.GetBytes(settings));
            }

            Build(isWake, settings?.Contains("\"children\"", StringComparison.Ordinal) == true);
            return 0;
        });
    }

    public void Start() => OnChip(() =>
    {
        _device.Start();
        return 0;
    });

    public int Advance()
    {
        int pause = OnChip(_device.Step);
        if (_broker.IsOnline && !_chip.ClockSynchronized)
        {
            _chip.Clock.Set(_time.UtcNow);
        }

        return _broker.Answer() ? 0 : pause;
    }

    public void Pass(long milliseconds) => _time.AdvanceBy(milliseconds);

    public void Request(string json) => OnChip(() =>
    {
        _broker.Deliver("m2m/" + _device.Id + "/request", Encoding.UTF8.GetBytes(json));
        return 0;
    });

    public void PassRules(int temperature) => OnChip(() =>
    {
        // As if the sensor had measured it: what measuring costs is in the cycle.
        var context = (DeviceContext)typeof(RuleModule).GetField("_device", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_rules)!;
        context.Sampler.Channels[0].Value = temperature;
        _rules.OnMeasured(_chip.UptimeMs);
        return 0;
    });

    public void PollChild(Action<Action> count) => OnChip(() =>
    {
        int published = Published;
        _line.IsSignaling = false;
        count(() =>
        {
            _gateway!.Tick(_chip.UptimeMs);
            _gateway.OnSignal(_chip.UptimeMs);
        });
        _line.IsSignaling = true;
        return published == Published ? 0 : throw new InvalidOperationException("Publishing is no part of a poll.");
    });

    public void ReceiveFromChild(string text, Action<Action> count) => OnChip(() =>
    {
        _line.Put(text);
        count(() => _gateway!.OnSignal(_chip.UptimeMs));
        return 0;
    });

    public long HeldBytes()
    {
        var held = new HeldMemory();
        held.Add(_device);
        if (_gateway != null)
        {
            held.AddStatics(_gateway.GetType().Assembly);
        }

        return held.Bytes;
    }

    private void Build(bool isWake, bool hasChildren)
    {
        var clock = new Esp32Clock();
        var inbox = new Inbox(clock);
        var pins = new OutputPins(new Board());
        _broker = new Broker(inbox);
        _supply = new Supply();
        _rules = new RuleModule();
        _line = new ChildLine(inbox);
        _gateway = hasChildren ? new GatewayModule(_line, new LineOption(), new NmeaOption()) : null;
        DeviceBuilder builder = new DeviceBuilder(new Hardware
        {
            Identity = new BoardIdentity("cost", _chip.Mac, isWake ? "timer" : "power-on"),
            Clock = clock,
            Inbox = inbox,
            Network = _broker,
            Link = _broker,
            SensorPorts = [new Bmxx80Port(1, Bmxx80Port.PrimaryAddress), new Bmxx80Port(1, Bmxx80Port.SecondaryAddress)],
            Storage = new FileStorage(Root),
            Memory = new HeapMemory(),
            Power = _supply,
            Pins = pins,
            PinTable = new Board(),
            Led = pins.OpenOwn(Board.Led, false),
        })
            .Add(new UpdateModule(new UpdateSlots(Root, 0, "1.0.0", ImageCapacity), [], null))
            .Add(new OutputModule(pins, null))
            .Add(new HomeAssistantModule())
            .Add(new SecurityModule(new CredentialStore(new FileStorage(Root)), null, null))
            .Add(_rules)
            .Add(new SleepModule(_supply, null));
        _device = (_gateway == null ? builder : builder.Add(_gateway)).Build();
    }

    // The chip's sleeps, as for a measurement, move the world's time on once the step is over.
    private int OnChip(Func<int> work)
    {
        using (_chip.Enter())
        {
            _chip.EnterStep();
            try
            {
                return work();
            }
            finally
            {
                _chip.LeaveStep();
                _time.AdvanceTo(_chip.ReadyAtMs);
            }
        }
    }

    /// <summary>A network and a broker that answer once the step is over, as their threads do on a device.</summary>
    private sealed class Broker(Inbox inbox) : INetwork, IBrokerLink
    {
        private readonly Queue<LinkEvent> _answers = new();
        private readonly HashSet<string> _subscribed = [];
        private int _attempt;

        public bool IsOnline { get; private set; }

        public string? LastResponse { get; private set; }

        public int Published { get; private set; }

        public bool IsJoined { get; private set; }

        public string Address => "10.0.0.7";

        public int SignalDbm => -61;

        /// <summary>Hands over what the step has led to.</summary>
        /// <returns>Whether there was anything, so that the device wakes.</returns>
        public bool Answer()
        {
            bool any = _answers.Count > 0;
            while (_answers.TryDequeue(out LinkEvent? item))
            {
                inbox.Post(item);
            }

            return any;
        }

        public void Deliver(string topic, byte[] payload) =>
            inbox.Post(new LinkEvent(LinkEventKind.Message, _attempt) { Topic = topic, Payload = payload });

        public void Join(int attempt, WifiNetwork network)
        {
            IsJoined = true;
            _answers.Enqueue(new LinkEvent(LinkEventKind.Joined, attempt));
        }

        public void Leave() => IsJoined = false;

        public void Restart() => IsJoined = false;

        public bool Forget() => true;

        public void Connect(int attempt, BrokerSession session, bool forget)
        {
            _attempt = attempt;
            _answers.Enqueue(new LinkEvent(LinkEventKind.LinkUp, attempt) { HasSession = true });
        }

        public void Unsubscribe(string topic) => _subscribed.Remove(topic);

        public bool Subscribe(string[] topics)
        {
            IsOnline = true;
            _subscribed.UnionWith(topics);
            _answers.Enqueue(new LinkEvent(LinkEventKind.Subscribed, _attempt));
            return true;
        }

        public int Publish(string topic, byte[] payload, int qos, bool retain)
        {
            Published++;
            if (topic.Contains("/response/", StringComparison.Ordinal))
            {
                LastResponse = Encoding.UTF8.GetString(payload);
            }

            if (qos > 0)
            {
                _answers.Enqueue(new LinkEvent(LinkEventKind.Acknowledged, _attempt) { MessageId = Published });
            }

            if (_subscribed.Contains(topic))
            {
                _answers.Enqueue(new LinkEvent(LinkEventKind.Message, _attempt) { Topic = topic, Payload = payload });
            }

            return Published;
        }

        public void Close(bool clean)
        {
            IsOnline = false;
            _answers.Enqueue(new LinkEvent(LinkEventKind.Closed, _attempt));
        }
    }

    /// <summary>Sixteen meters at the addresses from 1 on, which answer at once; or a child that sends text.</summary>
    private sealed class ChildLine(Inbox inbox) : ISerialPort
    {
        private const int Meters = 16;

        private readonly SimulatedMeter[] _meters = [.. Enumerable.Range(1, Meters).Select(address => new SimulatedMeter(address))];
        private byte[] _in = [];

        /// <summary>Whether what comes in is signaled, as a port does on a thread of its own.</summary>
        public bool IsSignaling { get; set; } = true;

        public void Put(string text) => _in = Encoding.ASCII.GetBytes(text);

        public bool Open(int baud, int parity, int stopBits) => true;

        public bool Write(byte[] data, int count)
        {
            _in = _meters[data[0] - 1].Receive(data[..count], DateTime.UnixEpoch, out _) ?? [];
            if (IsSignaling)
            {
                inbox.Post(new LinkEvent(LinkEventKind.Signal, 0));
            }

            return true;
        }

        public int Read(byte[] buffer)
        {
            int count = Math.Min(_in.Length, buffer.Length);
            _in.AsSpan(0, count).CopyTo(buffer);
            _in = _in[count..];
            return count;
        }

        public void Close()
        {
        }
    }

    /// <summary>Mains power, and a sleep that only records itself: the meter boots the device again.</summary>
    private sealed class Supply : IPower
    {
        public bool IsAsleep { get; private set; }

        public int BatteryMillivolts => 0;

        public void Restart()
        {
        }

        public void Sleep(long milliseconds, int wakePin, bool wakeHigh, bool wakesAtOnce) => IsAsleep = true;
    }
}
