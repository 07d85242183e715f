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
        device.Methods["settings.get"] = _ => """{"revision":1,"values":{}}""";
        try
        {
            await File.WriteAllTextAsync(file, Many(16, 300));
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
    [DataRow(false)]
    [DataRow(true)]
    public async Task Refused_rules_leave_those_of_before(bool isRefusedAgain)
    {
        string file = Path.GetTempFileName();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        int count = 0;
        device.Methods["settings.get"] = _ => """{"revision":1,"values":{"rules.old":{"when":[{"battery":"low"}],"then":[{"measure":true}]}}}""";
        device.Methods["settings.set"] = _ => ++count == 2 || (count > 2 && isRefusedAgain)
            ? throw new RefusedException("""{"code":-32602,"message":"Invalid params","data":{"results":{"rules.r12":"rules.r12.then must have an action"}}}""")
            : """{"revision":2,"results":{}}""";
        try
        {
            await File.WriteAllTextAsync(file, Many(16, 300));
            Ran ran = await Tool.RunAsync(broker, "rules", Id, "set", file);
            Assert.AreEqual(1, ran.ExitCode);
            StringAssert.Contains(ran.Error, "rules.r12.then must have an action\n" + (isRefusedAgain ? "The rules of before cannot be set again" : "The rules are those of before."));
            JsonNode[] sent = [.. device.Requests.Where(request => (string?)request["method"] == "settings.set")];
            Assert.AreEqual(
                """{"rules":null,"rules.old":{"when":[{"battery":"low"}],"then":[{"measure":true}]}}""",
                sent[^1]["params"]!["values"]!.ToJsonString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public async Task Outputs_and_channels_that_are_not_there_are_warned_of()
    {
        string file = Path.GetTempFileName();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["settings.set"] = _ => """{"revision":2,"results":{}}""";
        device.Methods["actuators.list"] = _ => """{"heater":{"available":true}}""";
        device.Methods["sensors.list"] = _ => """{"sensors":[{"name":"bme280","channels":[{"name":"temperature"}]}]}""";
        device.Methods["inputs.list"] = _ => """{"inputs":[{"name":"door"}]}""";
        device.Methods["settings.get"] = parameters => $$$"""{"revision":1,"values":{{{((string?)parameters["keys"]?[0] == "children" ? "{\"children.meter.registers\":\"power 2 s32 W, relay 9 u16 rw\"}" : "{}")}}}}""";
        device.Methods["rules.list"] = _ => """{"rules":[{"rule":"a","state":"active","since":1,"firings":1,"fault":"no such output: heatre"}],"unreported":3}""";
        try
        {
            await File.WriteAllTextAsync(file, """
                {"a":{"when":[{"channel":"temprature","above":1},{"channel":"door","is":true},{"channel":"meter_power","above":1},{"channel":"co2","device":"esp32-020000000002","above":1}],"and":[{"channel":"temperature","above":1}],
                "then":[{"output":"heater","on":true},{"output":"meter_relay","on":true},{"output":"meter_rely","on":true}],"else":[{"output":"heatre","on":true}]}}
                """);
            Ran ran = await Tool.RunAsync(broker, "rules", Id, "set", file);
            Assert.AreEqual(0, ran.ExitCode, ran.Error);
            CollectionAssert.AreEqual(
                new[] { $"m2m: warning: {Id} has no output 'meter_rely' now. Did you mean 'meter_relay'?", $"m2m: warning: {Id} has no output 'heatre' now. Did you mean 'heater'?", $"m2m: warning: {Id} has no channel 'temprature' now. Did you mean 'temperature'?" },
                ran.Error.Split('\n').Where(line => line.Contains("warning")).ToArray(),
                ran.Error);
            Ran list = await Tool.RunAsync(broker, "rules", Id);
            StringAssert.Contains(list.Error, "m2m: rule a: no such output: heatre");
            StringAssert.Contains(list.Error, "m2m: 3 firings had no event");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    [DataRow("[]", "must be a JSON object of rules by name")]
    [DataRow("{", "is not JSON: Expected depth")]
    [DataRow("""{"a":{},"b":{},"a":{}}""", ": a is given twice")]
    [DataRow("""{"rules":{"a":{"when":[{"channel":"t"},{"channel":"t","above":1,"above":2}]}}}""", ": rules.a.when[1].above is given twice")]
    [DataRow(null, "cannot be read: Could not find file")]
    [DataRow("17", "has 17 rules: a device takes 16")]
    [DataRow("big", "bytes of rules: all settings of a device together have at most 6144")]
    public async Task Wrong_file_is_a_failure_before_anything_is_sent(string? content, string reason)
    {
        string file = Path.GetTempFileName();
        await using ITestBroker broker = await Brokers.StartAsync();
        try
        {
            await File.WriteAllTextAsync(file, content == "17" ? Many(17, 10) : content == "big" ? Many(16, 400) : content);
            Ran ran = await Tool.RunAsync(broker, "rules", Id, "set", content is null ? file + "x" : file);
            Assert.AreEqual(1, ran.ExitCode);
            StringAssert.Contains(ran.Error, reason);
            Assert.IsFalse(ran.Error.Contains("internal", StringComparison.OrdinalIgnoreCase), ran.Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Many(int count, int length) => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $$"""
        "r{{i}}":{"text":"{{new string('x', length)}}"}
        """)) + "}";

    private static string NativeSim()
    {
        // .../tests/M2m.Tests/bin/Debug/net10.0/
        string[] place = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        string root = string.Join(Path.DirectorySeparatorChar, place[..^5]);
        return Path.Combine([root, "boards", "native-sim", "bin", .. place[^2..], "native-sim.dll"]);
    }
}
