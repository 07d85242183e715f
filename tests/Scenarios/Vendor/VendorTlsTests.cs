extern alias emulation;

using System.Net;
using System.Net.Sockets;
using System.Text;
using Boards.NativeSim.World;
using nanoFramework.Hardware.Esp32;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using X509Certificate = emulation::System.Security.Cryptography.X509Certificates.X509Certificate;
using X509Certificate2 = emulation::System.Security.Cryptography.X509Certificates.X509Certificate2;

namespace Scenarios.Vendor;

/// <summary>What the vendor's TLS does, by its sources and by running it; the emulation must do the same, against a real mosquitto.</summary>
[TestClass]
public sealed class VendorTlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly SimulatedChip _chip = new(1, new RealTime(), 1);

    public VendorTlsTests()
    {
        _chip.Radio.InstantJoin = true;
        using IDisposable _ = _chip.Enter();
        _chip.Radio.Join("any", string.Empty, false, CancellationToken.None);
        _chip.Clock.Set(DateTime.UtcNow);
    }

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    [DataRow(null, MqttSslProtocols.TLSv1_2, 20_200)]
    [DataRow(null, MqttSslProtocols.None, 37_400)]
    [DataRow(MosquittoTls.Version12, MqttSslProtocols.TLSv1_2, 20_200)]
    [DataRow(MosquittoTls.Version13, MqttSslProtocols.TLSv1_3, 37_400)]
    public async Task Connection_with_certificates_is_accepted_and_takes_native_memory(string? version, MqttSslProtocols protocols, int bytes)
    {
        await using MosquittoBroker broker = await StartAsync(_certificates.Tls with { Version = version });
        using IDisposable _ = _chip.Enter();
        uint before = Free();
        MqttClient client = Client(broker, protocols);
        Assert.AreEqual(MqttReasonCode.Success, client.Connect("device"));
        Assert.AreEqual(bytes, (int)(before - Free()));
        client.Close();
        Assert.AreEqual(before, Free());
    }

    [TestMethod]
    [DataRow(MosquittoTls.Version13, MqttSslProtocols.TLSv1_2)]
    [DataRow(MosquittoTls.Version12, MqttSslProtocols.None, DisplayName = "None is TLS 1.3 only")]
    public async Task Other_version_is_no_connection(string version, MqttSslProtocols protocols)
    {
        await using MosquittoBroker broker = await StartAsync(_certificates.Tls with { Version = version });
        using IDisposable _ = _chip.Enter();
        uint before = Free();
        Assert.ThrowsExactly<MqttConnectionException>(() => Client(broker, protocols).Connect("device"));
        Assert.AreEqual(before, Free());
    }

    [TestMethod]
    [DataRow("expired")]
    [DataRow("later")]
    [DataRow("name")]
    [DataRow("authority")]
    [DataRow("clock")]
    public async Task Broker_that_cannot_be_trusted_is_no_connection(string kind)
    {
        using var others = new TestCertificates();
        string server = kind switch
        {
            "expired" => _certificates.Server(kind, -30, -1, "127.0.0.1"),
            "later" => _certificates.Server(kind, 10, 30, "127.0.0.1"),
            "name" => _certificates.Server(kind, "broker.example"),
            _ => _certificates.ServerFile,
        };
        await using MosquittoBroker broker = await StartAsync(new MosquittoTls(_certificates.CaFile, server));
        using IDisposable _ = _chip.Enter();
        if (kind == "clock")
        {
            _chip.Clock.Set(DateTime.UnixEpoch);
        }

        string ca = kind == "authority" ? others.CaPem : _certificates.CaPem;
        Assert.ThrowsExactly<MqttConnectionException>(() => Client(broker, MqttSslProtocols.TLSv1_2, ca).Connect("device"));
    }

    [TestMethod]
    public async Task Certificate_that_the_broker_does_not_accept_is_no_connection()
    {
        using var others = new TestCertificates();
        await using MosquittoBroker broker = await StartAsync(_certificates.Tls);
        using IDisposable _ = _chip.Enter();
        Assert.ThrowsExactly<MqttConnectionException>(() => Client(broker, MqttSslProtocols.TLSv1_2, own: others.Issue("device").Pem).Connect("device"));
    }

    [TestMethod]
    public async Task Third_session_finds_no_native_memory()
    {
        await using MosquittoBroker broker = await StartAsync(_certificates.Tls);
        using IDisposable _ = _chip.Enter();
        MqttClient first = Client(broker, MqttSslProtocols.TLSv1_3);
        first.Connect("first");
        Client(broker, MqttSslProtocols.TLSv1_3).Connect("second");
        Assert.ThrowsExactly<MqttConnectionException>(() => Client(broker, MqttSslProtocols.TLSv1_3).Connect("third"));
        first.Close();
        Assert.AreEqual(MqttReasonCode.Success, Client(broker, MqttSslProtocols.TLSv1_3).Connect("third"));
    }

    [TestMethod]
    [DataRow(MqttSslProtocols.TLSv1_2, false)]
    [DataRow(MqttSslProtocols.TLSv1_3, true)]
    public async Task Message_over_4_KB_ends_a_connection_with_TLS_1_2(MqttSslProtocols protocols, bool isReceived)
    {
        const string Topic = "large";
        await using MosquittoBroker broker = await StartAsync(_certificates.Tls);
        using IDisposable _ = _chip.Enter();
        MqttClient client = Client(broker, protocols);
        var outcome = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.MqttMsgPublishReceived += (_, _) => outcome.TrySetResult(true);
        client.ConnectionClosed += (_, _) => outcome.TrySetResult(false);
        client.Connect("device");
        client.Subscribe([Topic], [MqttQoSLevel.AtLeastOnce]);
        client.Publish(Topic, new byte[5000], null, null, MqttQoSLevel.AtLeastOnce, false);
        Assert.AreEqual(isReceived, await outcome.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [TestMethod]
    public void Bytes_in_PEM_need_a_terminator_and_text_does_not()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(_certificates.CaPem);
        Assert.Throws<Exception>(() => new X509Certificate(bytes));
        Assert.IsNotNull(new X509Certificate([.. bytes, 0]));
        Assert.IsNotNull(new X509Certificate(_certificates.CaPem));
        M2m.Client.Certificates.IssuedCertificate own = _certificates.Issue("device");
        byte[] certificate = [.. Encoding.ASCII.GetBytes(own.CertificatePem), 0];
        byte[] key = Encoding.ASCII.GetBytes(own.KeyPem);
        Assert.Throws<Exception>(() => new X509Certificate2(certificate, key, string.Empty));
        Assert.IsNotNull(new X509Certificate2(certificate, [.. key, 0], string.Empty));
    }

    [TestMethod]
    public void Certificate_that_cannot_be_read_is_refused_at_once() =>
        Assert.Throws<Exception>(() => new X509Certificate("nothing"));

    [TestMethod]
    public async Task Silent_peer_holds_up_the_chip_until_it_is_gone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task connecting = Task.Run(() =>
        {
            using IDisposable _ = _chip.Enter();
            Assert.ThrowsExactly<MqttConnectionException>(() => Client(port, MqttSslProtocols.TLSv1_2, _certificates.CaPem, _certificates.Issue("device").Pem).Connect("device"));
        });
        using (TcpClient peer = await listener.AcceptTcpClientAsync())
        {
            await peer.GetStream().ReadExactlyAsync(new byte[1]);
            Assert.IsTrue(_chip.IsInNativeCall);
        }

        await connecting;
        Assert.IsFalse(_chip.IsInNativeCall);
    }

    private static uint Free()
    {
        NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out _, out uint free, out _);
        return free;
    }

    private static async Task<MosquittoBroker> StartAsync(MosquittoTls tls)
    {
        Brokers.Require(MosquittoBroker.Executable, "mosquitto");
        var broker = new MosquittoBroker { Tls = tls };
        await broker.StartAsync();
        return broker;
    }

    private static MqttClient Client(int port, MqttSslProtocols protocols, string ca, string own) =>
        new("127.0.0.1", port, true, new X509Certificate(ca), Own(Encoding.ASCII.GetBytes(own + '\0')), protocols);

    private static X509Certificate2 Own(byte[] pem) => new(pem, pem, string.Empty);

    private MqttClient Client(MosquittoBroker broker, MqttSslProtocols protocols, string? ca = null, string? own = null) =>
        Client(broker.SecurePort, protocols, ca ?? _certificates.CaPem, own ?? _certificates.Issue("device").Pem);
}
