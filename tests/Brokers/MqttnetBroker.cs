using System.Collections.Concurrent;
using System.Net;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace TestBrokers;

/// <summary>MQTTnet's server in this process.</summary>
public sealed class MqttnetBroker : ITestBroker
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<(string Client, string Filter)> _filters = new();
    private MqttServer? _server;

    public int Port { get; private set; }

    /// <summary>Password that each client must give; null: none.</summary>
    public string? Password { get; init; }

    /// <summary>Refuses everybody with this reason; null: nobody.</summary>
    public MqttConnectReasonCode? Refusal { get; init; }

    /// <summary>Refuses MQTT 5 with this reason; null: takes it.</summary>
    public MqttConnectReasonCode? RefusalOf5 { get; init; }

    /// <summary>Acknowledges a message that clears a retained one, and drops it.</summary>
    public bool IsRefusingToClear { get; init; }

    public async Task StartAsync()
    {
        if (Port == 0)
        {
            Port = FreePort.Next();
        }

        var factory = new MqttServerFactory();
        MqttServerOptions options = factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(Port)
            .WithDefaultEndpointReuseAddress()
            .WithPersistentSessions()
            .Build();
        _server = factory.CreateMqttServer(options);
        _server.ValidatingConnectionAsync += Validate;
        _server.ClientSubscribedTopicAsync += NoteFilter;
        if (IsRefusingToClear)
        {
            _server.InterceptingPublishAsync += e =>
            {
                e.ProcessPublish = !(e.ApplicationMessage.Retain && e.ApplicationMessage.Payload.IsEmpty);
                return Task.CompletedTask;
            };
        }

        await _server.StartAsync();
    }

    public async Task KillAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync().WaitAsync(StopTimeout);
            _server.Dispose();
            _server = null;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    /// <summary>All that a client has subscribed to since the start.</summary>
    public IEnumerable<string> FiltersOf(string client) => _filters.Where(entry => entry.Client == client).Select(entry => entry.Filter);

    public bool HasSubscriber(string filter) => _filters.Any(entry => entry.Filter == filter);

    private Task NoteFilter(ClientSubscribedTopicEventArgs e)
    {
        _filters.Enqueue((e.ClientId, e.TopicFilter.Topic));
        return Task.CompletedTask;
    }

    private Task Validate(ValidatingConnectionEventArgs connection)
    {
        if (Password is not null && connection.Password != Password)
        {
            connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        }

        connection.ReasonCode = Refusal ?? connection.ReasonCode;
        if (RefusalOf5 is { } reason && connection.ProtocolVersion == MqttProtocolVersion.V500)
        {
            connection.ReasonCode = reason;
        }

        return Task.CompletedTask;
    }
}
