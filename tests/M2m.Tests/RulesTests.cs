using System.Diagnostics;
using System.Text.Json.Nodes;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class RulesTests
{
    private const string Id = "esp32-020000000001";

    private const string Rules = """
        {"rules":{
          "warm":{"when":[{"channel":"temperature","above":-30}],"then":[{"event":"warm"}]},
          "cool":{"when":[{"channel":"temperature","device":"esp32-020000000002","above":25}],"then":[{"request":"esp32-020000000003","method":"actuators.set","params":{"name":"fan","on":true}}]}}}
        """;

    [TestMethod]
    public async Task Rules_of_a_simulated_device_are_set_shown_tested_and_allowed()
    {
        string file = Path.GetTempFileName();
        await using ITestBroker broker = await Brokers.StartAsync();
        using Process device = Process.Start(new ProcessStartInfo("dotnet", [NativeSim(), "--broker", broker.Url, "--json", "--interval", "1"]) { RedirectStandardOutput = true })!;
        try
        {
            device.OutputDataReceived += (_, _) => { };
            device.BeginOutputReadLine();
            await Tool.RunAsync(broker, "watch", "--json", "--count", "4");
            await File.WriteAllTextAsync(file, Rules);
            Ran set = await Tool.RunAsync(broker, "rules", Id, "set", file);
            Assert.AreEqual(0, set.ExitCode, set.Error);
            Ran tested = await Tool.RunAsync(broker, "rules", Id, "test", "warm", "temperature=-31", "--json");
            Assert.AreEqual("inactive", tested.Json.GetProperty("state").GetString(), tested.Error);
            Ran other = await Tool.RunAsync(broker, "rules", Id, "test", "cool", "esp32-020000000002/temperature=30");
            StringAssert.Contains(other.Out, "actuators.set");
            Ran acl = await Tool.RunAsync(broker, "rules", Id, "acl");
            Assert.AreEqual(
                $"user {Id}\ntopic read m2m/esp32-020000000002/status\ntopic read m2m/esp32-020000000002/telemetry\ntopic write m2m/esp32-020000000003/request\ntopic read m2m/esp32-020000000003/response/{Id}\n",
                acl.Out);
            Ran listed = await Tool.RunAsync(broker, "rules", Id);
            Assert.AreEqual("Rule  State   Since  Firings  Why", listed.Out.Split('\n')[0].TrimEnd());
            StringAssert.Contains(listed.Out, "warm  active");
            StringAssert.Contains(listed.Out, "cool  stale");
            await File.WriteAllTextAsync(file, """{"bad":{"when":[{"channel":"temperature","above":"x"}],"then":[{"event":"e"}]}}""");
            Ran refused = await Tool.RunAsync(broker, "rules", Id, "set", file);
            Assert.AreEqual(1, refused.ExitCode);
            StringAssert.Contains(refused.Error, "rules.bad.when[0].above must be a number");
        }
        finally
        {
            device.Kill();
            await device.WaitForExitAsync();
            File.Delete(file);
        }
    }

    [TestMethod]
    public async Task Many_rules_go_in_several_requests_in_their_order()
    {
        string file = Path.GetTempFileName();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["settings.set"] = _ => """{"revision":2,"results":{}}""";
        try
        {
            string text = new('x', 500);
            await File.WriteAllTextAsync(file, "{" + string.Join(',', Enumerable.Range(0, 16).Select(i => $$"""
                "r{{i}}":{"text":"{{text}}"}
                """)) + "}");
            Ran ran = await Tool.RunAsync(broker, "rules", Id, "set", file);
            Assert.AreEqual(0, ran.ExitCode, ran.Error);
            JsonObject[] sent = [.. device.Requests.Where(request => (string?)request["method"] == "settings.set").Select(request => request["params"]!["values"]!.AsObject())];
            Assert.IsTrue(sent.Length > 1);
            CollectionAssert.AreEqual(
                Enumerable.Range(0, 16).Select(i => $"rules.r{i}").Prepend("rules").ToArray(),
                sent.SelectMany(values => values.Select(pair => pair.Key)).ToArray());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    [DataRow("[]", "must be a JSON object of rules by name")]
    [DataRow("{", "Expected depth")]
    public async Task Wrong_file_is_a_wrong_argument(string content, string reason)
    {
        string file = Path.GetTempFileName();
        await using ITestBroker broker = await Brokers.StartAsync();
        try
        {
            await File.WriteAllTextAsync(file, content);
            Ran ran = await Tool.RunAsync(broker, "rules", Id, "set", file);
            Assert.AreEqual(2, ran.ExitCode);
            StringAssert.Contains(ran.Error, reason);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string NativeSim()
    {
        // .../tests/M2m.Tests/bin/Debug/net10.0/
        string[] place = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        string root = string.Join(Path.DirectorySeparatorChar, place[..^5]);
        return Path.Combine([root, "boards", "native-sim", "bin", .. place[^2..], "native-sim.dll"]);
    }
}
