using System.Collections;
using System.Security.Cryptography.X509Certificates;
using Boards.NativeSim.Emulation.M2Mqtt;
using Boards.NativeSim.Emulation.Sockets;
using Boards.NativeSim.World;
using MQTTnet.LowLevelClient;
using MQTTnet.Packets;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>The device's client over a real socket of the host. Connect blocks; publish and subscribe only queue.</summary>
public partial class MqttClient : IMqttClient, IDisposable
{
    private const ushort DefaultKeepAliveSeconds = 60;
    private const int CloseMs = 200;

    private readonly SimulatedChip _chip = SimulatedChip.Current;
    private readonly int _boot;
    private readonly object _gate = new();
    private readonly InflightQueue _inflight = new();

    // A device's program may put a channel of its own here, as it may with the vendor's client.
    private IMqttNetworkChannel _channel = null!;
    private byte[] _first = null!;
    private HostSocket? _socket;
    private BrokerConnection? _connection;
    private ushort _lastMessageId;

    public MqttClient(string brokerHostName)
        : this(brokerHostName, MqttSettings.BrokerDefaultPort, false, null, null, MqttSslProtocols.None)
    {
    }

    public MqttClient(
        string brokerHostName,
        int brokerPort,
        bool secure,
        X509Certificate? caCert,
        X509Certificate? clientCert,
        MqttSslProtocols sslProtocol)
    {
        _boot = _chip.Boot;
        Settings = MqttSettings.Instance;
        Init(brokerHostName, brokerPort, secure, caCert, clientCert, sslProtocol);
    }

    public bool IsConnected => _connection?.IsOpen ?? false;

    public string? ClientId { get; private set; }

    public bool CleanSession { get; private set; }

    public bool WillFlag { get; private set; }

    public MqttQoSLevel WillQosLevel { get; private set; }

    public string? WillTopic { get; private set; }

    public string? WillMessage { get; private set; }

    public MqttProtocolVersion ProtocolVersion { get; set; }

    public string? AuthenticationMethod { get; set; }

    public byte[]? AuthenticationData { get; set; }

    public uint SessionExpiryInterval { get; set; }

    public bool RequestProblemInformation { get; set; }

    public bool RequestResponseInformation { get; set; }

    public ushort ReceiveMaximum { get; set; } = ushort.MaxValue;

    public ushort TopicAliasMaximum { get; set; }

    /// <summary>The device never sends it.</summary>
    public uint WillDelayInterval { get; set; }

    public ArrayList UserProperties { get; internal set; } = [];

    public uint MaximumPacketSize { get; set; }

    public MqttSettings Settings { get; }

    public void Init(
        string brokerHostName,
        int brokerPort,
        bool secure,
        byte[]? caCert,
        byte[]? clientCert,
        MqttSslProtocols sslProtocol) =>
        Init(brokerHostName, brokerPort, secure, Load(caCert), Load(clientCert), sslProtocol);

    public MqttReasonCode Connect(string clientId) => Connect(clientId, true);

    public MqttReasonCode Connect(string clientId, bool cleanSession) =>
        Connect(clientId, null, null, cleanSession, DefaultKeepAliveSeconds);

    public MqttReasonCode Connect(string clientId, string? username, string? password) =>
        Connect(clientId, username, password, true, DefaultKeepAliveSeconds);

    public MqttReasonCode Connect(
        string clientId,
        string? username,
        string? password,
        bool cleanSession,
        ushort keepAlivePeriod) =>
        Connect(
            clientId,
            username,
            password,
            false,
            MqttQoSLevel.AtMostOnce,
            false,
            null,
            null,
            cleanSession,
            keepAlivePeriod);

    public MqttReasonCode Connect(
        string clientId,
        string? username,
        string? password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string? willTopic,
        string? willMessage,
        bool cleanSession,
        ushort keepAlivePeriod)
    {
        RequirePower();
        _chip.Time.HandOver(HandOverPlace.Connect);
        MqttConnectPacket connect = BrokerHandshake.ConnectPacket(
            clientId,
            username,
            password,
            willRetain,
            willQosLevel,
            willFlag,
            willTopic,
            willMessage,
            cleanSession,
            keepAlivePeriod);
        AddVersion5(connect);

        // A broker counts the host's time, which says nothing about virtual time: there it is not to judge by it.
        connect.KeepAlivePeriod = _chip.Time is VirtualTime ? (ushort)0 : keepAlivePeriod;
        using IDisposable counted = _chip.Time.BeginWorker("connect", _chip.Number);
        _connection?.CloseSilently();
        MqttMsgConnack connack = Greet(connect, out ILowLevelMqttClient wire, out ReceivedBytes? bytes);
        if (connack.ReturnCode != MqttReasonCode.Success)
        {
            (wire as IDisposable)?.Dispose();
            return _chip.PackageState(() => new RefusalRace(_chip.Seed)).IsLost() ? throw new MqttCommunicationException() : connack.ReturnCode;
        }

        ClientId = clientId;
        CleanSession = cleanSession;
        WillFlag = willFlag;
        WillQosLevel = willQosLevel;
        WillTopic = willTopic;
        WillMessage = willMessage;
        Start(wire, bytes, cleanSession, connect.KeepAlivePeriod);
        return connack.ReturnCode;
    }

    public void Disconnect()
    {
        RequirePower();
        _chip.Time.HandOver(HandOverPlace.Disconnect);
        BrokerConnection? connection = _connection;
        if (connection is null || !connection.IsOpen)
        {
            throw new MqttCommunicationException(new NullReferenceException());
        }

        try
        {
            connection.SendDisconnect().ConfigureAwait(false).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            throw new MqttCommunicationException(e);
        }

        connection.BeginClosing();
    }

    public void Close()
    {
        if (!_chip.Runs(_boot))
        {
            return;
        }

        _chip.Time.HandOver(HandOverPlace.Close);
        using IDisposable counted = _chip.Time.BeginWorker("close", _chip.Number);
        BrokerConnection? connection = _connection;
        _connection = null;
        connection?.CloseSilently();
        _channel.Close();
        _inflight.Close();
        _chip.Sleep(CloseMs);
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
    {
        ushort id = NextMessageId();
        Enqueue(new InflightMessage(id, OutgoingPackets.Subscribe(id, topics, qosLevels)));
        return id;
    }

    public ushort Unsubscribe(string[] topics)
    {
        ushort id = NextMessageId();
        Enqueue(new InflightMessage(id, OutgoingPackets.Unsubscribe(id, topics)));
        return id;
    }

    public ushort Publish(string topic, byte[]? message) => Publish(topic, message, null);

    public ushort Publish(string topic, byte[]? message, string? contentType) =>
        Publish(topic, message, contentType, null);

    public ushort Publish(string topic, byte[]? message, string? contentType, ArrayList? userProperties) =>
        Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(
        string topic,
        byte[]? message,
        string? contentType,
        ArrayList? userProperties,
        MqttQoSLevel qosLevel,
        bool retain)
    {
        ushort id = NextMessageId();
        if (!IsVersion5 && (!string.IsNullOrEmpty(contentType) || userProperties is { Count: > 0 }))
        {
            throw new NotSupportedException();
        }

        var packet = OutgoingPackets.Publish(id, topic, message, contentType, userProperties, qosLevel, retain);
        if (!Enqueue(new InflightMessage(id, packet)))
        {
            throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
        }

        return id;
    }

    /// <summary>
    /// Reads a message from the channel as the device's receive thread does, up to where it takes memory for it.
    /// </summary>
    /// <returns>Bytes that follow, or -1 when the channel kept the message to itself.</returns>
    internal int BeginReading(MqttPublishPacket publish)
    {
        _socket!.LayOut(PublishedBytes.Of(publish));
        if (_channel.Receive(_first) == 0)
        {
            return -1;
        }

        byte[] next = new byte[1];
        int length = 0;
        int shift = 0;
        do
        {
            _channel.Receive(next);
            length |= (next[0] & 127) << shift;
            shift += 7;
        }
        while (next[0] > 127);
        return length;
    }

    /// <summary>Reads the rest of the message.</summary>
    internal void EndReading(int length) => _channel.Receive(new byte[length]);

    /// <summary>Whether nothing stands between the client and what the broker sends.</summary>
    internal bool HasOwnChannel => _channel is MqttNetworkChannel or ReshapedChannel;

    private bool IsVersion5 => ProtocolVersion == MqttProtocolVersion.Version_5;

    private static X509Certificate? Load(byte[]? certificate) =>
        certificate is null ? null : new X509Certificate(certificate);

    private void Init(
        string brokerHostName,
        int brokerPort,
        bool secure,
        X509Certificate? caCert,
        X509Certificate? clientCert,
        MqttSslProtocols sslProtocol)
    {
        ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
        var channel = new MqttNetworkChannel(brokerHostName, brokerPort, secure, caCert, clientCert, sslProtocol);
        _channel = _chip.HasReshapedClient ? new ReshapedChannel(channel) : channel;
        _first = new byte[1];
        if (secure)
        {
            Settings.SslPort = brokerPort;
        }
        else
        {
            Settings.Port = brokerPort;
        }
    }

    private void AddVersion5(MqttConnectPacket connect)
    {
        if (!IsVersion5)
        {
            return;
        }

        connect.AuthenticationMethod = AuthenticationMethod;
        connect.AuthenticationData = AuthenticationData;
        connect.SessionExpiryInterval = SessionExpiryInterval;

        // Without the property the broker assumes 1; with it the client sends the other one's value.
        connect.RequestProblemInformation = !RequestProblemInformation || RequestResponseInformation;
        connect.RequestResponseInformation = RequestResponseInformation;
        connect.ReceiveMaximum = ReceiveMaximum == ushort.MaxValue ? (ushort)0 : ReceiveMaximum;
        connect.TopicAliasMaximum = TopicAliasMaximum;
        connect.MaximumPacketSize = MaximumPacketSize;
        connect.UserProperties = OutgoingPackets.UserProperties(UserProperties);
    }

    private MqttMsgConnack Greet(MqttConnectPacket connect, out ILowLevelMqttClient wire, out ReceivedBytes? bytes)
    {
        _channel.ValidateServerCertificate = Settings.ValidateServerCertificate;
        wire = BrokerHandshake.Open(_channel, ProtocolVersion, out HostSocket socket, out bytes);
        _socket = socket;
        try
        {
            MqttMsgConnack connack = BrokerHandshake.Greet(_chip, wire, connect, bytes);
            RequirePower();
            ConnectionOpened?.Invoke(this, new ConnectionOpenedEventArgs(connack));
            return connack;
        }
        catch
        {
            (wire as IDisposable)?.Dispose();
            throw;
        }
    }

    private void Start(ILowLevelMqttClient wire, ReceivedBytes? bytes, bool cleanSession, ushort keepAliveSeconds)
    {
        var limits = new ConnectionLimits(
            keepAliveSeconds * 1000L,
            Settings.DelayOnRetry,
            Settings.AttemptsOnRetry,
            IsVersion5 ? MaximumPacketSize : 0);
        var connection = new BrokerConnection(_chip, _boot, this, _inflight, wire, bytes, limits);
        lock (_gate)
        {
            _connection = connection;
            connection.Start(_inflight.Open(cleanSession));
        }
    }

    private bool Enqueue(InflightMessage message)
    {
        RequirePower();
        lock (_gate)
        {
            if (!_inflight.TryAdd(message, Settings.InflightQueueSize))
            {
                return false;
            }

            _connection?.Send(message);
            return true;
        }
    }

    // From 1 to 65535, then from 1 again; 0 is no message id.
    private ushort NextMessageId()
    {
        lock (_gate)
        {
            return ++_lastMessageId == 0 ? ++_lastMessageId : _lastMessageId;
        }
    }

    private void RequirePower()
    {
        if (!_chip.Runs(_boot))
        {
            throw new PowerCutException();
        }
    }
}
