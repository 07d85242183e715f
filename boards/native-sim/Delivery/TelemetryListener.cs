using System.Buffers;
using System.Globalization;
using Boards.NativeSim.World;
using M2m.Client.Mqtt;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Boards.NativeSim.Delivery;

/// <summary>
/// Subscribes to the telemetry at a broker that is not the embedded one. While it is disconnected, virtual time waits for
/// it, for some seconds. It tells the ledger when it may have missed messages: the broker kept no session for it while it
/// was away, or says that it dropped messages for a subscriber.
/// </summary>
internal sealed class TelemetryListener : IDisposable
{
    private const int RetryMs = 250;
    private const int LateRetryMs = 5_000;
    private const int PollMs = 10;
    private const uint SessionSeconds = 3600;

    // mosquitto's, every 10 s: of all subscribers together. Other brokers have nothing there.
    private const string DropsTopic = "$SYS/broker/publish/messages/dropped";
    private const string TickTopic = "$SYS/broker/uptime";
    private static readonly TimeSpan TickPatience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan HoldPatience = TimeSpan.FromSeconds(5);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly string _name = "native-sim-" + Guid.NewGuid().ToString("N")[..12];
    private readonly BrokerAddress _broker;
    private readonly TlsAttempt? _tls;
    private readonly MqttProtocolVersion? _only;
    private readonly Ledger _ledger;
    private readonly WorldTime _time;
    private readonly CancellationTokenSource _gone = new();
    private MqttProtocolVersion _version;
    private string? _trouble;
    private long? _drops;
    private int _ticks;
    private volatile bool _isSubscribed;

    /// <param name="broker">The broker.</param>
    /// <param name="only">The only version of MQTT to speak; null: 5, and 3.1.1 where 5 is refused.</param>
    /// <param name="ledger">Gets what arrives.</param>
    /// <param name="time">Waits while it is disconnected.</param>
    public TelemetryListener(BrokerAddress broker, MqttProtocolVersion? only, Ledger ledger, WorldTime time)
    {
        _broker = broker;
        _tls = broker.IsSecure ? new TlsAttempt(broker) : null;
        _only = only;
        _ledger = ledger;
        _time = time;
        _client.ApplicationMessageReceivedAsync += OnMessage;
    }

    public bool HasListened { get; private set; }

    public bool IsListening => _isSubscribed && _client.IsConnected;

    /// <summary>Called with the reason when it cannot listen, and with null when it can again.</summary>
    public Action<string?>? Reported { get; init; }

    /// <summary>Connects, and keeps trying; waits some seconds for the first success.</summary>
    public void Start()
    {
        using var listening = new ManualResetEventSlim();
        _ = Task.Run(() => StayAsync(listening));
        listening.Wait(HoldPatience);
    }

    /// <summary>Waits some seconds for what is still missing, and for the broker to say whether it has dropped it.</summary>
    public void CatchUp()
    {
        WaitFor(() => _ledger.IsComplete, HoldPatience);
        int ticks = Volatile.Read(ref _ticks);
        if (ticks > 0)
        {
            WaitFor(() => _ledger.IsComplete || Volatile.Read(ref _ticks) > ticks, TickPatience);
        }

        if (!IsListening)
        {
            _ledger.Missed();
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        try
        {
            using var limit = new CancellationTokenSource(HoldPatience);
            LeaveAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // The broker is gone; it drops the session after an hour, or as it is set up to.
        }

        _client.Dispose();
    }

    private void WaitFor(Func<bool> condition, TimeSpan patience)
    {
        long end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (HasListened && !condition() && Environment.TickCount64 < end)
        {
            Thread.Sleep(PollMs);
        }
    }

    // Under 3.1.1 only a clean session removes the one before, with the messages that wait in it.
    private async Task LeaveAsync(CancellationToken cancel)
    {
        bool wasConnected = _client.IsConnected;
        await _client.DisconnectAsync(new MqttClientDisconnectOptions { SessionExpiryInterval = 0 }, cancel).ConfigureAwait(false);
        if (wasConnected && _version == MqttProtocolVersion.V311)
        {
            await _client.ConnectAsync(Options(_version, isClean: true), cancel).ConfigureAwait(false);
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancel).ConfigureAwait(false);
        }
    }

    private async Task StayAsync(ManualResetEventSlim listening)
    {
        WorldHold? hold = null;
        long since = 0;
        while (!_gone.IsCancellationRequested)
        {
            if (!_client.IsConnected)
            {
                since = hold is null ? Environment.TickCount64 : since;
                hold ??= _time.Begin("the listener at the broker");
                if (await TryListenAsync().ConfigureAwait(false))
                {
                    HasListened = true;
                    Set(listening);
                }
            }

            if (_client.IsConnected || Environment.TickCount64 - since > HoldPatience.TotalMilliseconds)
            {
                hold?.End();
                hold = _client.IsConnected ? null : hold;
            }

            // What fails that long will not be mended soon.
            bool isLate = !_client.IsConnected && Environment.TickCount64 - since > HoldPatience.TotalMilliseconds;
            await Task.Delay(isLate ? LateRetryMs : RetryMs, _gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        hold?.End();
    }

    private static void Set(ManualResetEventSlim listening)
    {
        try
        {
            listening.Set();
        }
        catch (ObjectDisposedException)
        {
            // Start no longer waits.
        }
    }

    private async Task<bool> TryListenAsync()
    {
        _isSubscribed = false;
        try
        {
            string? trouble = await ListenAsync().ConfigureAwait(false);
            if (trouble is not null)
            {
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), _gone.Token).ConfigureAwait(false);
            }

            Report(trouble);
            _isSubscribed = trouble is null;
            return _isSubscribed;
        }
        catch (Exception e)
        {
            Report(await DescribeAsync(e).ConfigureAwait(false));
            return false;
        }
    }

    private async Task<string> DescribeAsync(Exception failure)
    {
        try
        {
            string? reason = _tls is null ? null : await _tls.FindReasonAsync(failure, failure is OperationCanceledException, HoldPatience, _gone.Token).ConfigureAwait(false);
            return reason ?? BrokerFault.Describe(_broker, failure, HoldPatience);
        }
        catch (OperationCanceledException)
        {
            return BrokerFault.Describe(_broker, failure, HoldPatience);
        }
    }

    // Returns why it was refused.
    private async Task<string?> ListenAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        limit.CancelAfter(HoldPatience);
        MqttHandshakeResult connected = await MqttHandshake.ConnectAsync(_client, version => Options(version, isClean: false), _only, limit.Token).ConfigureAwait(false);
        if (!connected.IsAccepted)
        {
            return BrokerFault.Refusal(_broker, connected).Message;
        }

        _version = connected.Version;
        MqttClientSubscribeResult granted = await _client.SubscribeAsync(_ledger.Filter, MqttQualityOfServiceLevel.AtLeastOnce, limit.Token).ConfigureAwait(false);
        if (granted.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            return $"the broker {_broker} does not allow this user to subscribe to '{_ledger.Filter}': {ReasonText.Of((int)refused.ResultCode)}";
        }

        if (!HasListened || !connected.Connack.IsSessionPresent)
        {
            _ledger.Missed();
        }

        _drops = null;
        await WatchDropsAsync(limit.Token).ConfigureAwait(false);
        return null;
    }

    private async Task WatchDropsAsync(CancellationToken cancel)
    {
        try
        {
            await _client.SubscribeAsync(DropsTopic, MqttQualityOfServiceLevel.AtMostOnce, cancel).ConfigureAwait(false);
            await _client.SubscribeAsync(TickTopic, MqttQualityOfServiceLevel.AtMostOnce, cancel).ConfigureAwait(false);
        }
        catch (Exception) when (_client.IsConnected)
        {
            // A broker that does not know these topics.
        }
    }

    private MqttClientOptions Options(MqttProtocolVersion version, bool isClean)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(version)
            .WithTcpServer(_broker.Host, _broker.Port)
            .WithClientId(_name)
            .WithCleanSession(isClean);
        _tls?.AddTo(options);
        options = version == MqttProtocolVersion.V500 ? options.WithSessionExpiryInterval(SessionSeconds) : options;
        return (_broker.User is null ? options : options.WithCredentials(_broker.User, _broker.Password)).Build();
    }

    private void Report(string? trouble)
    {
        if (trouble != _trouble && !_gone.IsCancellationRequested)
        {
            _trouble = trouble;
            Reported?.Invoke(trouble);
        }
    }

    private Task OnMessage(MqttApplicationMessageReceivedEventArgs e)
    {
        string topic = e.ApplicationMessage.Topic;
        byte[] payload = e.ApplicationMessage.Payload.ToArray();
        if (topic == DropsTopic && long.TryParse(payload, NumberStyles.None, CultureInfo.InvariantCulture, out long drops))
        {
            if (_drops is { } before && drops > before)
            {
                _ledger.Missed();
            }

            _drops = drops;
        }
        else if (topic == TickTopic)
        {
            Interlocked.Increment(ref _ticks);
        }

        _ledger.Arrived(topic, payload);
        return Task.CompletedTask;
    }
}
