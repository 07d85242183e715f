using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios;

[TestClass]
public sealed class RequestTests
{
    public static IEnumerable<object[]> AllBrokers => Brokers.All;

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task Every_method_answers(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline();
        JsonElement methods = Result(await bench.RequestAsync(device, "methods"));

        foreach (JsonProperty method in methods.EnumerateObject())
        {
            // A method that needs a param, another state or more time says so. The last one restarts the device; a client may send two a second.
            bench.RunFor(1);
            Received answer = await bench.RequestAsync(device, method.Name);
            Assert.IsTrue(answer.Json.TryGetProperty("result", out _) || Code(answer) is -32602 or -32004 or -32000, method.Name + ": " + answer.Text);
        }

        CollectionAssert.IsSubsetOf(new[] { "ping", "methods", "info", "read" }, methods.EnumerateObject().Select(m => m.Name).ToArray());
    }

    [TestMethod]
    public async Task A_request_right_after_a_measurement_is_answered()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();

        Result(await bench.RequestAsync(device, "read"));

        Assert.AreEqual(JsonValueKind.Object, Result(await bench.RequestAsync(device, "ping")).ValueKind);
    }

    [TestMethod]
    public async Task Read_measures_now()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","interval":86400""");
        bench.RunFor(3600);

        JsonElement pack = Result(await bench.RequestAsync(device, "read", """{"channels":["temperature"]}"""));

        Assert.AreEqual(1, pack.GetArrayLength());
        Assert.AreEqual("temperature", pack[0].GetProperty("n").GetString());
        Assert.AreEqual(new DateTimeOffset(bench.Time.UtcNow).ToUnixTimeSeconds(), pack[0].GetProperty("bt").GetInt64(), 1);
    }

    [TestMethod]
    public async Task Info_has_id_board_boot_memory_signal_and_sensors()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.RunFor(10);

        JsonElement info = Result(await bench.RequestAsync(device, "info"));

        Assert.AreEqual(device.Id, info.GetProperty("id").GetString());
        Assert.AreEqual("native-sim", info.GetProperty("board").GetString());
        Assert.AreEqual(1, info.GetProperty("boot").GetInt32());
        Assert.AreEqual("power-on", info.GetProperty("wake").GetString());
        Assert.IsGreaterThan(0, info.GetProperty("freeMemory").GetInt32());
        Assert.IsLessThan(0, info.GetProperty("signal").GetInt32());
        Assert.AreEqual("bme280@76", info.GetProperty("sensors")[0].GetProperty("name").GetString());
    }

    [TestMethod]
    public async Task A_group_request_is_answered_by_every_member()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice member = bench.BootOnline(1, ""","groups":["greenhouse"]""");
        SimulatedDevice other = bench.BootOnline(2);
        const string Request = """{"jsonrpc":"2.0","id":1,"method":"ping","from":"g","params":{"spread":0}}""";

        await bench.Client.PublishAsync("m2m/group/greenhouse/request", Request);
        bench.WaitFor(() => bench.Client.On($"m2m/{member.Id}/response/g").Any(), "the member does not answer");
        await bench.Client.PublishAsync("m2m/group/all/request", Request.Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal));
        bench.WaitFor(() => bench.Client.On($"m2m/{other.Id}/response/g").Any(), "not every device is in all");

        Assert.AreEqual(2, bench.Client.On($"m2m/{other.Id}/response/g").Single().Json.GetProperty("id").GetInt32());
    }

    [TestMethod]
    public async Task Members_of_a_group_answer_one_after_the_other_within_the_spread()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice[] members = [.. Enumerable.Range(1, 10).Select(number => bench.BootOnline(number))];
        var answeredAt = new Dictionary<string, long>();
        long askedAt = bench.Time.NowMs;

        await bench.Client.PublishAsync("m2m/group/all/request", """{"jsonrpc":"2.0","id":1,"method":"ping","from":"g","params":{"spread":30}}""");
        for (int step = 0; step < 600 && answeredAt.Count < members.Length; step++)
        {
            // The request comes from outside: real time has to pass for it, too.
            await Task.Delay(5);
            bench.Scheduler.RunFor(100);
            foreach (SimulatedDevice member in members.Where(m => bench.Client.On($"m2m/{m.Id}/response/g").Any()))
            {
                answeredAt.TryAdd(member.Id, bench.Time.NowMs - askedAt);
            }
        }

        Assert.HasCount(members.Length, answeredAt);
        Assert.IsGreaterThan(3, answeredAt.Values.Select(ms => ms / 1000).Distinct().Count(), "they answer all at once");
    }

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task Malformed_requests_are_answered_with_a_typed_error(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline();

        Assert.AreEqual(-32700, Code(await bench.SendAsync(device, "{\"id\":[}")));
        Assert.AreEqual(-32700, Code(await bench.SendAsync(device, "")));
        Assert.AreEqual(-32600, Code(await bench.SendAsync(device, "[]")));
        Assert.AreEqual(-32600, Code(await bench.SendAsync(device, """{"jsonrpc":"2.0","id":{},"method":"ping"}""")));
        Assert.AreEqual(-32600, Code(await bench.SendAsync(device, """{"jsonrpc":"2.0","id":1,"method":"ping","from":"../../x"}""")));
        Assert.AreEqual(-32601, Code(await bench.SendAsync(device, """{"jsonrpc":"2.0","id":2,"method":"reboot"}""")));
        Assert.AreEqual(-32602, Code(await bench.SendAsync(device, """{"jsonrpc":"2.0","id":3,"method":"ping","params":[1]}""")));
        Assert.AreEqual(-32602, Code(await bench.SendAsync(device, """{"jsonrpc":"2.0","id":4,"method":"ping","params":{"x":1}}""")));
        Assert.AreEqual(-32602, Code(await bench.SendAsync(device, """{"jsonrpc":"2.0","id":5,"method":"read","params":{"channels":["nothing"]}}""")));
        Assert.AreEqual(-32600, Code(await bench.SendAsync(device, new string(' ', 4097))));
        Assert.AreEqual("pong", (await bench.RequestAsync(device, "ping")).Json.TryGetProperty("result", out _) ? "pong" : "nothing");
    }

    [TestMethod]
    public async Task A_message_larger_than_the_device_can_hold_does_not_reach_it()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","mqtt":{"version":"5"}""");

        await bench.Client.PublishAsync($"m2m/{device.Id}/request", new byte[200_000]);

        Assert.AreEqual(0, Result(await bench.RequestAsync(device, "info")).GetProperty("counters").GetProperty("reconnects").GetInt32());
    }

    [TestMethod]
    public async Task A_repeated_request_that_does_harm_is_answered_from_memory_and_carried_out_once()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        const string Request = """{"jsonrpc":"2.0","id":"7","method":"update.cancel","from":"r"}""";

        Received first = await bench.SendAsync(device, Request, "r");
        bench.RunFor(30);
        Received second = await bench.SendAsync(device, Request, "r");

        Assert.AreEqual(first.Text, second.Text);
        Assert.AreEqual(1, Result(await bench.RequestAsync(device, "info")).GetProperty("counters").GetProperty("requests").GetInt32());
    }

    [TestMethod]
    public async Task A_request_past_its_deadline_is_not_carried_out()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.RunFor(10);
        long now = new DateTimeOffset(bench.Time.UtcNow).ToUnixTimeSeconds();

        Assert.AreEqual(-32001, Code(await bench.RequestAsync(device, "ping", "{}", $",\"deadline\":{now - 5}")));
        Assert.AreEqual(JsonValueKind.Object, Result(await bench.RequestAsync(device, "ping", "{}", $",\"deadline\":{now + 5}")).ValueKind);
    }

    [TestMethod]
    public async Task A_retained_request_is_refused_so_that_it_is_not_repeated_at_each_connection()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client.PublishAsync("m2m/esp32-020000000001/request", """{"jsonrpc":"2.0","id":1,"method":"ping"}""", retain: true);

        SimulatedDevice device = bench.BootOnline();
        bench.WaitFor(() => bench.Client.On($"m2m/{device.Id}/response/any").Any(), "no answer");

        Assert.AreEqual(-32600, Code(bench.Client.On($"m2m/{device.Id}/response/any").First()));
    }

    [TestMethod]
    public async Task A_notification_is_carried_out_without_a_response()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();

        await bench.Client.PublishAsync($"m2m/{device.Id}/request", """{"jsonrpc":"2.0","method":"ping"}""");
        JsonElement info = Result(await bench.RequestAsync(device, "info"));

        Assert.AreEqual(1, info.GetProperty("counters").GetProperty("requests").GetInt32());
        Assert.IsFalse(bench.Client.On($"m2m/{device.Id}/response/any").Any());
    }

    [TestMethod]
    public async Task A_read_from_a_sensor_that_does_not_respond_is_not_available()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        device.Chip.Bus.At(0x76)!.Fault = SensorFault.Nack;

        Assert.AreEqual(-32002, Code(await bench.RequestAsync(device, "read")));
        Assert.AreEqual(-32002, Code(await bench.RequestAsync(device, "read", """{"channels":["humidity"]}""")));
    }

    [TestMethod]
    public async Task The_brokers_password_is_in_no_message()
    {
        await using Bench bench = await Bench.StartAsync();
        const string Secret = "correct-horse-battery";
        string settings = $$"""{"broker":{"host":"127.0.0.1","port":{{bench.Broker.Port}},"user":"u","password":"{{Secret}}","passwort":"{{Secret}}"},"wifi":[{"ssid":"home","password":"{{Secret}}"}]}""";
        SimulatedDevice device = bench.BootOnline(options: new DeviceOptions { Settings = settings });
        bench.WaitFor(() => bench.Events(device, "settings-fault").Any(), "the unknown key is not reported");
        await bench.RequestAsync(device, "info");

        Assert.IsFalse(bench.Client.Messages.Any(message => message.Text.Contains(Secret, StringComparison.Ordinal)));
    }

    internal static JsonElement Result(Received response)
    {
        Assert.IsTrue(response.Json.TryGetProperty("result", out JsonElement result), response.Text);
        return result;
    }

    private static int Code(Received response)
    {
        Assert.IsTrue(response.Json.TryGetProperty("error", out JsonElement error), response.Text);
        return error.GetProperty("code").GetInt32();
    }
}
