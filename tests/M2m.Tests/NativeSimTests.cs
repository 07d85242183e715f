using System.Diagnostics;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class NativeSimTests
{
    private const string Id = "esp32-020000000001";

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

    private static string After(string line, string option)
    {
        string[] words = line.Split(' ');
        return words[Array.IndexOf(words, option) + 1];
    }

    private static string NativeSim()
    {
        // .../tests/M2m.Tests/bin/Debug/net10.0/
        string[] place = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        string root = string.Join(Path.DirectorySeparatorChar, place[..^5]);
        return Path.Combine([root, "boards", "native-sim", "bin", .. place[^2..], "native-sim.dll"]);
    }
}
