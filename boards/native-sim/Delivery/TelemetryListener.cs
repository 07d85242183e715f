using System.Buffers;
using Boards.NativeSim.World;
using M2m.Client.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;

namespace Boards.NativeSim.Delivery;

/// <summary>
/// Subscribes to the telemetry at a broker that is not the embedded one. While it is disconnected, virtual time waits for
/// it, for some seconds.
/// </summary>
internal sealed class TelemetryListener : IDisposable
{
    private const int RetryMs = 250;
    private const int PollMs = 10;
    private const uint SessionSeconds = 3600;
    private static readonly TimeSpan HoldPatience = TimeSpan.FromSeconds(5);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _options;
    private readonly Ledger _ledger;
    private readonly WorldTime _time;
    private readonly CancellationTokenSource _gone = new();

    public TelemetryListener(BrokerAddress broker, Ledger ledger, WorldTime time)
    {
        _ledger = ledger;
        _time = time;
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithTcpServer(broker.Host, broker.Port)
            .WithClientId("native-sim-" + Guid.NewGuid().ToString("N")[..12])
            .WithCleanSession(false)
            .WithSessionExpiryInterval(SessionSeconds);
        _options = (broker.User is null ? options : options.WithCredentials(broker.User, broker.Password)).Build();
        _client.ApplicationMessageReceivedAsync += OnMessage;
    }

    public bool HasListened { get; private set; }

    /// <summary>Connects, and keeps trying; waits some seconds for the first success.</summary>
    public void Start()
    {
        using var listening = new ManualResetEventSlim();
        _ = Task.Run(() => StayAsync(listening));
        listening.Wait(HoldPatience);
    }

    public void CatchUp()
    {
        long end = Environment.TickCount64 + (long)HoldPatience.TotalMilliseconds;
        while (HasListened && !_ledger.IsComplete && Environment.TickCount64 < end)
        {
            Thread.Sleep(PollMs);
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        try
        {
            using var limit = new CancellationTokenSource(HoldPatience);
            _client.DisconnectAsync(new MqttClientDisconnectOptions { SessionExpiryInterval = 0 }, limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // The broker is gone; it drops the session after an hour.
        }

        _client.Dispose();
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

            await Task.Delay(RetryMs).ConfigureAwait(false);
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
        try
        {
            MqttClientConnectResult connected = await _client.ConnectAsync(_options, _gone.Token).ConfigureAwait(false);
            if (connected.ResultCode != MqttClientConnectResultCode.Success)
            {
                return false;
            }

            MqttClientSubscribeResult result = await _client.SubscribeAsync(_ledger.Filter, MqttQualityOfServiceLevel.AtLeastOnce, _gone.Token).ConfigureAwait(false);
            return result.Items.All(item => item.ResultCode <= MqttClientSubscribeResultCode.GrantedQoS2);
        }
        catch (Exception)
        {
            return false;
        }
    }

    private Task OnMessage(MqttApplicationMessageReceivedEventArgs e)
    {
        _ledger.Arrived(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
        return Task.CompletedTask;
    }
}
