using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class NativeSimTests
{
    private const string Id = "esp32-020000000001";

    // .../tests/M2m.Tests/bin/Debug/net10.0/
    internal static string Repository => string.Join(Path.DirectorySeparatorChar, Place[..^5]);

    private static string[] Place => AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);

    [TestMethod]
    public async Task Simulated_device_is_watched_listed_and_asked()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using Process device = Process.Start(new ProcessStartInfo("dotnet", [NativeSim(), "--broker", broker.Url, "--json", "--interval", "1"]) { RedirectStandardOutput = true })!;
        try
        {
            device.OutputDataReceived += (_, _) => { };
            device.BeginOutputReadLine();
            Ran watched = await Tool.RunAsync(broker, "watch", "--json", "--count", "4");
            Assert.IsTrue(watched.JsonLines.Any(line => line.TryGetProperty("readings", out var readings) && readings[0].GetProperty("n").GetString() == "temperature"), watched.Out);
            Ran listed = await Tool.RunAsync(broker, "devices", "--json");
            Assert.AreEqual(Id, listed.Json[0].GetProperty("device").GetString());
            foreach (string method in new[] { "ping", "info", "read", "methods" })
            {
                Ran asked = await Tool.RunAsync(broker, "request", Id, method, "--json");
                Assert.AreEqual(0, asked.ExitCode, asked.Error);
            }

            Ran wrong = await Tool.RunAsync(broker, "request", Id, "read", "maxage=1");
            Assert.AreEqual(1, wrong.ExitCode);
            StringAssert.Contains(wrong.Error, "Did you mean 'maxAge'?");
        }
        finally
        {
            device.Kill();
            await device.WaitForExitAsync();
        }
    }

    // .NET's TLS closes without a reason.
    [TestMethod]
    [DataRow("none", "without a certificate of the client (--cert shows one)")]
    [DataRow("stranger", "and with the certificate of --cert (CN=eve, signed by CN=test, valid until 2")]
    [DataRow("expired", "and with the certificate of --cert (CN=eve, signed by CN=test, expired at 2")]
    public async Task Refusal_by_the_embedded_broker_names_the_certificate(string kind, string reason)
    {
        using var certificates = new TestCertificates();
        using Process device = Process.Start(new ProcessStartInfo("dotnet", [NativeSim(), "--tls"]) { RedirectStandardOutput = true })!;
        try
        {
            string line = string.Empty;
            while (!line.Contains(" watch ", StringComparison.Ordinal))
            {
                line = await device.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("native-sim ends");
            }

            _ = device.StandardOutput.ReadToEndAsync();
            string[] own = kind == "none" ? [] : ["--cert", certificates.Client("eve", -30, kind == "expired" ? -1 : 30)];
            Ran ran = await Tool.RunAsync(null, ["devices", "--broker", After(line, "--broker"), "--ca", After(line, "--ca"), .. own]);
            Assert.AreEqual(1, ran.ExitCode);
            StringAssert.Contains(ran.Error, reason);
        }
        finally
        {
            device.Kill();
            await device.WaitForExitAsync();
        }
    }

    [TestMethod]
    public async Task Port_that_is_in_use_is_reported_with_a_line_for_m2m_that_works()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 1883);
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            // Another program has it.
        }

        using Process device = Process.Start(new ProcessStartInfo("dotnet", [NativeSim(), "--interval", "1", "--prefix", "my/house"]) { RedirectStandardOutput = true })!;
        try
        {
            string said = string.Empty;
            while (!said.Contains(" watch ", StringComparison.Ordinal))
            {
                said += await device.StandardOutput.ReadLineAsync() + "\n";
            }

            _ = device.StandardOutput.ReadToEndAsync();
            StringAssert.Matches(said, new(@" PORT 1883 IS IN USE: this broker is at \d+\."));
            string line = said.TrimEnd().Split('\n')[^1];
            Ran ran = await Tool.RunAsync(null, ["watch", .. line[line.IndexOf("--broker", StringComparison.Ordinal)..].Split(' '), "--count", "1"]);
            Assert.AreEqual(0, ran.ExitCode, ran.Error);
            StringAssert.Contains(ran.Out, Id);
        }
        finally
        {
            device.Kill();
            await device.WaitForExitAsync();
        }
    }

    [TestMethod]
    public async Task First_minute_of_a_healthy_device_shows_nothing_alarming()
    {
        string said = await RunAsync("--speed", "max", "--duration", "60");
        StringAssert.Contains(said, "event boot boot 1 wake power-on\n");
        StringAssert.Contains(said, "telemetry seq 6 ");
        string[] alarming = [.. said.Split('\n').Where(line => Regex.IsMatch(line, @"fail|error|warn|crash|safe.?mode|refus|denied|abort|unknown|fault|lost [^0]|dropped [^0]|unseen [^0]", RegexOptions.IgnoreCase))];
        Assert.AreEqual(string.Empty, string.Join('\n', alarming));
    }

    [TestMethod]
    public async Task Device_in_deep_sleep_is_sleeping_and_nothing_else() =>
        StringAssert.Contains(await RunAsync("--speed", "max", "--duration", "60", "--mode", "deep-sleep"), " state off: sleeping\n");

    [TestMethod]
    [DataRow("""{"interval":20,"telemetry":{"format":"json"},"channels":{"humidity":{"offset":1000},"temperature":{"median":3}}}""")]
    [DataRow("""{"interval":20,"telemetry.format":"json","channels.humidity.offset":1000,"channels":{"temperature":{"median":3}}}""")]
    public async Task Settings_file_may_be_nested_or_have_keys_with_dots(string settings)
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, settings);
        string said = await RunAsync("--speed", "max", "--duration", "50", "--json", "--settings", path);
        File.Delete(path);
        StringAssert.Matches(said, new(@"""type"":""telemetry"".*""payload"":\{""seq"":2,.*""humidity"":10\d\d\."));
        Assert.IsFalse(said.Contains("is not a setting", StringComparison.Ordinal), said);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using Process program = Process.Start(new ProcessStartInfo("dotnet", [NativeSim(), .. arguments]) { RedirectStandardOutput = true })!;
        string said = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.AreEqual(0, program.ExitCode, said);
        return said;
    }

    private static string After(string line, string option)
    {
        string[] words = line.Split(' ');
        return words[Array.IndexOf(words, option) + 1];
    }

    internal static string NativeSim()
    {
        return Path.Combine([Repository, "boards", "native-sim", "bin", .. Place[^2..], "native-sim.dll"]);
    }
}
