using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public sealed class InputsTests
{
    private const string Id = "esp32-020000000001";
    private const string Inputs = """
        {"inputs":[{"name":"door","kind":"contact","pin":4,"value":true,"age":12,"on":true,"changes":3},
         {"name":"meter","kind":"pulse","pin":5,"value":41.2,"unit":"m3","age":2,"pulses":41200},
         {"name":"tank","kind":"onewire","address":"0316821E6401","fault":"the sensor does not answer"}]}
        """;

    [TestMethod]
    public async Task Inputs_are_shown_for_people_and_programs()
    {
        (Ran people, Ran programs) = await RunAsync(Inputs);
        string[] rows = [.. people.Out.Split('\n').Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.AreEqual("Name Kind Pin Value Age Detail", rows[0]);
        Assert.AreEqual("door contact 4 true 12 s 3 changes", rows[1]);
        Assert.AreEqual("meter pulse 5 41.2 m3 2 s 41200 pulses", rows[2]);
        Assert.AreEqual("tank onewire 0316821E6401 the sensor does not answer -", rows[3]);
        Assert.AreEqual("door meter tank", string.Join(' ', programs.Json.EnumerateArray().Select(input => input.GetProperty("name").GetString())));
    }

    [TestMethod]
    [DataRow("""{"inputs":[{"name":5,"kind":[],"pin":{"a":1},"value":null,"age":"old"}]}""")]
    [DataRow("""{"inputs":[{}]}""")]
    [DataRow("""{"inputs":7}""")]
    [DataRow("""{}""")]
    public async Task Response_of_another_shape_is_survived(string response) => Assert.AreEqual(0, (await RunAsync(response)).People.ExitCode);

    private static async Task<(Ran People, Ran Programs)> RunAsync(string response)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, Id);
        device.Methods["inputs.list"] = _ => response;
        return (await Tool.RunAsync(broker, "inputs", Id), await Tool.RunAsync(broker, "inputs", Id, "--json"));
    }
}
