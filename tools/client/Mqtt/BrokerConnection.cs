using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace M2m.Client.Mqtt;

/// <summary>A connection to the broker: MQTT 5, or 3.1.1 where the broker knows no other.</summary>
public sealed class BrokerConnection : IAsyncDisposable
{
    /// <summary>Larger payloads are counted and dropped.</summary>
    public const int MaxPayload = 64 * 1024;

    // Some brokers take no more in a packet.
    private const int MaxFilters = 8;

    private const uint MaxPacket = 2 * MaxPayload;
    private const int QuietMs = 300;
    private const int MostQuietMs = 3000;
    private const int RoundTripsOfQuiet = 4;
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(1);

    // The library's timeout must not expire before this class's, which has the better message.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly BrokerAddress _broker;
    private readonly TlsAttempt? _tls;
    private readonly TimeSpan _timeout;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private long _lastKept;
    private int _oversized;

    private BrokerConnection(BrokerAddress broker, TimeSpan timeout, string name)
    {
        _broker = broker;
        _tls = broker.IsSecure ? new TlsAttempt(broker) : null;
        _timeout = timeout;
        Name = name;
        _client.ApplicationMessageReceivedAsync += OnMessage;
    }

    /// <summary>Called on one thread at a time.</summary>
    public event Action<Message>? Arrived;

    public string Name { get; }

    public bool IsConnected => _client.IsConnected;

    public int Oversized => _oversized;

    /// <summary>Several clients can share a subscription, so that each message goes to one of them (MQTT 5 section 4.8.2).</summary>
    public bool HasSharedSubscriptions { get; private set; }

    public TimeSpan RoundTrip { get; private set; }

    public static string NewName() => "m2m-" + RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <param name="broker">Where it is.</param>
    /// <param name="version">The only version of MQTT to try; null: both.</param>
    /// <param name="timeout">For each exchange.</param>
    /// <param name="name">The client id.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<BrokerConnection> OpenAsync(BrokerAddress broker, MqttProtocolVersion? version, TimeSpan timeout, string name, CancellationToken cancel)
    {
        var connection = new BrokerConnection(broker, timeout, name);
        try
        {
            MqttHandshakeResult result = await connection.ConnectAsync(version, cancel).ConfigureAwait(false);
            return result.IsAccepted ? connection : throw BrokerFault.Refusal(broker, result);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>QoS 1.</summary>
    public async Task SubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancel)
    {
        foreach (string[] some in filters.Chunk(MaxFilters))
        {
            var options = new MqttClientSubscribeOptionsBuilder();
            foreach (string filter in some)
            {
                options.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce);
            }

            long begin = Stopwatch.GetTimestamp();
            MqttClientSubscribeResult result = await TryAsync(token => _client.SubscribeAsync(options.Build(), token), cancel).ConfigureAwait(false);
            RoundTrip = Stopwatch.GetElapsedTime(begin);
            Interlocked.Exchange(ref _lastKept, Stopwatch.GetTimestamp());
            if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            {
                throw new FailedException($"the broker {_broker} does not allow this user to subscribe to '{refused.TopicFilter.Topic}': {ReasonText.Of((int)refused.ResultCode)}");
            }
        }
    }

    public async Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancel)
    {
        foreach (string[] some in filters.Chunk(MaxFilters))
        {
            var options = new MqttClientUnsubscribeOptionsBuilder();
            Array.ForEach(some, filter => options.WithTopicFilter(filter));
            await TryAsync(token => _client.UnsubscribeAsync(options.Build(), token), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>QoS 1. Returns false when the broker says that the topic has no subscriber.</summary>
    public async Task<bool> PublishAsync(string topic, byte[] payload, CancellationToken cancel, bool isRetained = false)
    {
        MqttApplicationMessage message = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithRetainFlag(isRetained).Build();
        MqttClientPublishResult result = await TryAsync(token => _client.PublishAsync(message, token), cancel).ConfigureAwait(false);
        return result.IsSuccess || result.ReasonCode == MqttClientPublishReasonCode.NoMatchingSubscribers
            ? result.ReasonCode != MqttClientPublishReasonCode.NoMatchingSubscribers
            : throw new FailedException($"the broker {_broker} rejects a message to '{topic}': {ReasonText.Of((int)result.ReasonCode)}");
    }

    /// <summary>QoS 0.</summary>
    public Task SendAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        MqttApplicationMessage message = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(new ReadOnlySequence<byte>(payload)).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce).Build();
        return TryAsync(token => _client.PublishAsync(message, token), cancel);
    }

    public async Task SettleAsync(Func<bool> isEnough, CancellationToken cancel)
    {
        const int PollMs = 10;
        double quiet = Math.Clamp(RoundTripsOfQuiet * RoundTrip.TotalMilliseconds, QuietMs, MostQuietMs);
        long begin = Stopwatch.GetTimestamp();
        while (!isEnough()
            && Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastKept)).TotalMilliseconds < quiet
            && Stopwatch.GetElapsedTime(begin) < _timeout)
        {
            await Task.Delay(PollMs, cancel).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(GoodbyePatience);
            if (_client.IsConnected)
            {
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is MqttCommunicationException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The broker is gone, too.
        }

        _client.Dispose();
    }

    private async Task<MqttHandshakeResult> ConnectAsync(MqttProtocolVersion? only, CancellationToken cancel)
    {
        MqttClientOptions Options(MqttProtocolVersion version)
        {
            MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
                .WithProtocolVersion(version)
                .WithTcpServer(_broker.Host, _broker.Port)
                .WithClientId(Name)
                .WithTimeout(_timeout + Grace)
                .WithCleanSession();
            _tls?.AddTo(options);
            options = version == MqttProtocolVersion.V500 ? options.WithMaximumPacketSize(MaxPacket) : options;
            return (_broker.User is null ? options : options.WithCredentials(_broker.User, _broker.Password)).Build();
        }

        MqttHandshakeResult result = await TryAsync(token => MqttHandshake.ConnectAsync(_client, Options, only, token), cancel).ConfigureAwait(false);
        HasSharedSubscriptions = result.Version == MqttProtocolVersion.V500 && result.Connack.SharedSubscriptionAvailable;
        return result;
    }

    private async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_timeout);
        try
        {
            return await work(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested
            && e is MqttCommunicationException or AuthenticationException or OperationCanceledException or SocketException or IOException or InvalidOperationException or MqttProtocolViolationException)
        {
            // The library reports a timeout in several ways.
            bool isLate = limit.IsCancellationRequested || e is MqttCommunicationTimedOutException;
            string? reason = _tls is null ? null : await _tls.FindReasonAsync(e, isLate, _timeout, cancel).ConfigureAwait(false);
            throw reason is null ? BrokerFault.Silence(_broker, isLate ? new TimeoutException(e.Message) : e, _timeout) : new FailedException(reason);
        }
    }

    private Task OnMessage(MqttApplicationMessageReceivedEventArgs e)
    {
        if (e.ApplicationMessage.Retain)
        {
            Interlocked.Exchange(ref _lastKept, Stopwatch.GetTimestamp());
        }

        if (e.ApplicationMessage.Payload.Length > MaxPayload)
        {
            Interlocked.Increment(ref _oversized);
            return Task.CompletedTask;
        }

        Arrived?.Invoke(new Message(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray(), e.ApplicationMessage.Retain));
        return Task.CompletedTask;
    }
}
