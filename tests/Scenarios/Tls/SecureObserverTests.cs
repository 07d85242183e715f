using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using M2m.Client.Arguments;
using Scenarios.Harness;

namespace Scenarios.Tls;

/// <summary>native-sim's own subscriber, and the lines that it prints, at a broker with TLS.</summary>
[TestClass]
public sealed class SecureObserverTests : IDisposable
{
    private const string Id = SecureBench.Id;
    private const byte Handshake = 22;

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    public async Task Password_does_not_leave_without_TLS()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = new ConcurrentBag<byte[]>();
        _ = Task.Run(() => AcceptAsync(listener, received));
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync(
            "--json", "--duration", "8", "--broker", string.Create(CultureInfo.InvariantCulture, $"mqtts://robot:GEHEIM@127.0.0.1:{port}"),
            "--ca", _certificates.CaFile, "--observer-cert", _certificates.Client("watcher"));

        Assert.IsTrue(received.Any(bytes => bytes.Length > 0), "nothing connects");
        Assert.IsTrue(received.All(bytes => bytes.Length == 0 || bytes[0] == Handshake), "a first byte is not TLS's");
        Assert.IsFalse(received.Any(bytes => Encoding.Latin1.GetString(bytes).Contains("GEHEIM", StringComparison.Ordinal)));
        StringAssert.Contains(outcome.Of("observer").First().GetProperty("text").GetString()!, "TLS");
    }

    [TestMethod]
    public async Task Subscriber_with_a_certificate_of_its_own_sees_what_arrives()
    {
        await using MosquittoBroker broker = await StartAsync();

        NativeSimProgram.Outcome outcome = await RunAsync(broker, "--observer-cert", _certificates.Client("watcher"));

        Assert.AreEqual((0L, 0L), (outcome.Figure("lost"), outcome.Figure("reconnects")), outcome.Output[^1]);
        Assert.IsTrue(outcome.Figure("acknowledged") > 0);
    }

    [TestMethod]
    public async Task Devices_certificate_is_not_used_to_watch()
    {
        await using MosquittoBroker broker = await StartAsync();

        NativeSimProgram.Outcome outcome = await RunAsync(broker);

        StringAssert.Contains(outcome.Of("observer").Single().GetProperty("text").GetString()!, "--observer-cert FILE names another certificate");
        Assert.IsTrue(outcome.Figure("acknowledged") > 0);
        Assert.AreEqual(0, outcome.Figure("reconnects"), outcome.Output[^1]);
        Assert.AreEqual(System.Text.Json.JsonValueKind.Null, outcome.Summary.GetProperty("lost").ValueKind);
    }

    [TestMethod]
    public async Task Printed_lines_show_what_is_for_those_who_watch()
    {
        string device = _certificates.Client(Id);
        string[] common = ["--duration", "1", "--broker", "mqtts://127.0.0.1:9", "--ca", _certificates.CaFile, "--cert", device];
        string people = _certificates.Client("people");
        NativeSimProgram.Outcome none = await NativeSimProgram.RunAsync(common);
        NativeSimProgram.Outcome own = await NativeSimProgram.RunAsync([.. common, "--observer", "mqtts://robot:secret@localhost:10", "--observer-cert", people]);

        Assert.IsFalse(none.Output.Any(line => line.Contains("mosquitto_", StringComparison.Ordinal)));
        string[] lines = [.. own.Output.Where(line => line.Contains(" to ", StringComparison.Ordinal) && line.Contains(people, StringComparison.Ordinal))];
        Assert.AreEqual(3, lines.Length, string.Join('\n', own.Output));
        Assert.IsTrue(lines[..2].All(line => line.Contains($"-h localhost -p 10 --cafile {_certificates.CaFile} --cert {people} --key {people} -u robot -P \"$MQTT_PASSWORD\"", StringComparison.Ordinal)), lines[0]);
        StringAssert.Contains(lines[2], $"M2M_BROKER=mqtts://robot:\"$MQTT_PASSWORD\"@localhost:10 dotnet run --project tools/m2m -- watch --prefix m2m --ca {_certificates.CaFile} --cert {people}");
        Assert.IsFalse(own.Output.Any(line => line.Contains("secret", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("--observer", "http://x")]
    [DataRow("--observer-key", "x.pem")]
    public void Wrong_observer_is_a_wrong_argument(string option, string value) =>
        Assert.ThrowsExactly<UsageException>(() => new Boards.NativeSim.CommandLine(_ => 0).Invoke([option, value]));

    [TestMethod]
    public async Task Observer_at_the_embedded_broker_is_a_wrong_argument()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync("--observer", "mqtt://127.0.0.1:9", "--duration", "1");

        Assert.AreEqual(2, outcome.ExitCode);
        StringAssert.Contains(outcome.Errors.Single(), "--observer and --observer-cert need a broker");
    }

    private Task<NativeSimProgram.Outcome> RunAsync(MosquittoBroker broker, params string[] more) => NativeSimProgram.RunAsync(
        ["--json", "--duration", "12", "--interval", "1", "--broker", broker.SecureUrl, "--ca", _certificates.CaFile, "--cert", _certificates.Client(Id), .. more]);

    private async Task<MosquittoBroker> StartAsync()
    {
        Brokers.Require(MosquittoBroker.Executable, "mosquitto");
        var broker = new MosquittoBroker { Tls = _certificates.Tls with { IsUserTheClient = true } };
        await broker.StartAsync();
        return broker;
    }

    private static async Task AcceptAsync(TcpListener listener, ConcurrentBag<byte[]> received)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                byte[] bytes = new byte[4096];
                int count = await client.GetStream().ReadAsync(bytes);
                received.Add(bytes[..count]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
