using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Boards.NativeSim.World;

namespace nanoFramework.M2Mqtt;

/// <summary>The client's own channel. The host name is resolved once, here, and never again.</summary>
public class MqttNetworkChannel : IMqttNetworkChannel
{
    private const int DnsTimeoutMs = 15_000;

    private readonly bool _secure;
    private readonly X509Certificate? _caCert;
    private readonly X509Certificate? _clientCert;
    private readonly MqttSslProtocols _sslProtocol;
    private Socket? _socket;
    private SslStream? _sslStream;

    public MqttNetworkChannel(
        string remoteHostName,
        int remotePort,
        bool secure,
        X509Certificate? caCert,
        X509Certificate? clientCert,
        MqttSslProtocols sslProtocol)
    {
        RemoteHostName = remoteHostName;
        RemoteIpAddress = Resolve(SimulatedChip.Current, remoteHostName);
        RemotePort = remotePort;
        _secure = secure;
        _caCert = caCert;
        _clientCert = clientCert;
        _sslProtocol = sslProtocol;
    }

    public string RemoteHostName { get; }

    public IPAddress RemoteIpAddress { get; }

    public int RemotePort { get; }

    public bool DataAvailable => _sslStream?.DataAvailable ?? _socket?.Available > 0;

    public bool ValidateServerCertificate { get; set; } = true;

    public void Connect()
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _socket.Connect(new IPEndPoint(RemoteIpAddress, RemotePort));
        if (!_secure)
        {
            return;
        }

        _sslStream = new SslStream(_socket)
        {
            UseStoredDeviceCertificate = _clientCert is null,
            SslVerification = ValidateServerCertificate ? SslVerification.CertificateRequired : SslVerification.NoVerification,
        };
        _sslStream.AuthenticateAsClient(RemoteHostName, _clientCert, _caCert, Protocols());
    }

    public int Send(byte[] buffer)
    {
        if (_sslStream is null)
        {
            return _socket!.Send(buffer);
        }

        _sslStream.Write(buffer, 0, buffer.Length);
        return buffer.Length;
    }

    public int Receive(byte[] buffer)
    {
        int at = 0;
        while (at < buffer.Length)
        {
            int count = _sslStream?.Read(buffer, at, buffer.Length - at)
                ?? _socket?.Receive(buffer, at, buffer.Length - at, SocketFlags.None) ?? 0;
            if (count == 0)
            {
                return 0;
            }

            at += count;
        }

        return at;
    }

    public int Receive(byte[] buffer, int timeout) => Receive(buffer);

    public void Close()
    {
        _sslStream?.Dispose();
        _sslStream = null;
        _socket?.Close();
        _socket = null;
    }

    public void Accept()
    {
    }

    private static IPAddress Resolve(SimulatedChip chip, string hostName)
    {
        if (IPAddress.TryParse(hostName, out IPAddress? literal))
        {
            return literal;
        }

        if (hostName == "localhost")
        {
            return IPAddress.Loopback;
        }

        if (!chip.Radio.IsJoined)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        IPAddress[] found = chip.Time.Await("address of the broker", chip.Number, HoldKind.Transport, DnsTimeoutMs, limit => Dns.GetHostAddressesAsync(hostName, limit));
        return Array.Find(found, a => a.AddressFamily == AddressFamily.InterNetwork)
            ?? throw new SocketException((int)SocketError.HostNotFound);
    }

    private SslProtocols Protocols() => _sslProtocol switch
    {
        MqttSslProtocols.TLSv1_2 => SslProtocols.Tls12,
        MqttSslProtocols.TLSv1_3 => SslProtocols.Tls13,
        _ => SslProtocols.None,
    };
}
