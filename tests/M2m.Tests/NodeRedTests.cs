using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Tests.Harness;

namespace M2m.Tests;

/// <summary>The flow of firmware/docs/node-red.md.</summary>
[TestClass]
public sealed class NodeRedTests
{
    private const string Device = "esp32-020000000001";

    [TestMethod]
    [DataRow("senml")]
    [DataRow("json")]
    public async Task Flow_of_the_documentation_shows_readings_and_a_response(string format)
    {
        await using ITestBroker broker = await Brokers.StartAsync(Brokers.Mosquitto);
        await using NodeRed nodeRed = await NodeRed.StartAsync();
        string settings = Path.GetTempFileName();
        await File.WriteAllTextAsync(settings, "{\"telemetry\":{\"format\":\"" + format + "\"}}");
        using Process device = Process.Start(new ProcessStartInfo("dotnet", [NativeSimTests.NativeSim(), "--broker", broker.Url, "--json", "--interval", "1", "--settings", settings]) { RedirectStandardOutput = true })!;
        _ = device.StandardOutput.ReadToEndAsync();
        try
        {
            await nodeRed.DeployAsync(Flow(broker));
            JsonElement state = await nodeRed.WaitForAsync("m2m-show-presence", data => NodeRed.Text(data, "topic") == Device);
            Assert.AreEqual("online", NodeRed.Text(state, "msg"));

            JsonElement reading = await nodeRed.WaitForAsync("m2m-show-readings", data => NodeRed.Text(data, "topic") == Device + "/temperature");
            Assert.IsTrue(double.Parse(NodeRed.Text(reading, "msg")!, CultureInfo.InvariantCulture) is > -40 and < 85, reading.ToString());

            await nodeRed.PressAsync("m2m-button");
            JsonElement response = await nodeRed.WaitForAsync("m2m-show-response", _ => true);
            Assert.AreEqual(Device, NodeRed.Text(response, "topic"));
            StringAssert.Contains(NodeRed.Text(response, "msg"), "temperature");
        }
        finally
        {
            device.Kill();
            await device.WaitForExitAsync();
            File.Delete(settings);
        }
    }

    // What a reader changes in it, too.
    private static JsonNode Flow(ITestBroker broker)
    {
        JsonNode flow = JsonNode.Parse(File.ReadAllText(Path.Combine(NativeSimTests.Repository, "firmware", "docs", "node-red.json")))!;
        JsonNode server = flow.AsArray().Single(node => (string?)node!["type"] == "mqtt-broker")!;
        server["port"] = new Uri(broker.Url).Port.ToString(CultureInfo.InvariantCulture);
        return flow;
    }
}
