using System.Text.Json;
using System.Text.Json.Nodes;
using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Protocol;

/// <summary>What a simulated device with all modules says of itself.</summary>
/// <param name="DeviceId">Its id.</param>
/// <param name="Methods">The result of <c>methods</c>.</param>
/// <param name="Reads">The methods that it carries out for a query.</param>
/// <param name="Settings">The entries of <c>settings.schema</c>.</param>
/// <param name="StatusMembers">What its modules add to presence.</param>
/// <param name="InfoMembers">All members of <c>info</c>.</param>
/// <param name="Counters">The counters in <c>info</c>.</param>
/// <param name="Filters">What it subscribes to.</param>
internal sealed record DeviceFacts(
    string DeviceId,
    JsonObject Methods,
    IReadOnlySet<string> Reads,
    IReadOnlyList<JsonObject> Settings,
    IReadOnlyList<string> StatusMembers,
    IReadOnlyList<string> InfoMembers,
    IReadOnlyList<string> Counters,
    IReadOnlySet<string> Filters)
{
    public const string Prefix = "m2m";
    public const string Board = SimulatedBoard.Name;
    public const string Group = "garden";

    private static readonly string[] OwnMembers = ["state", "id", "version", "boot", "seq", "time"];

    public static async Task<DeviceFacts> AskAsync()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(
            more: $$$""","groups":["{{{Group}}}"],"actuators":{"relay":{"pin":5}}""",
            options: new DeviceOptions { BatteryMah = 2000 });
        JsonElement presence = bench.Client.On($"{Prefix}/{device.Id}/status").Last().Json;
        JsonObject info = await ResultAsync(bench, device, "info", "{}");
        JsonObject methods = await ResultAsync(bench, device, "methods", "{}");
        return new DeviceFacts(
            device.Id,
            methods,
            await ReadsAsync(bench, device, methods),
            await SettingsAsync(bench, device),
            [.. presence.EnumerateObject().Select(member => member.Name).Except(OwnMembers)],
            [.. info.Select(member => member.Key)],
            [.. info["counters"]!.AsObject().Select(counter => counter.Key)],
            ((MqttnetBroker)bench.Broker).FiltersOf(device.Id).ToHashSet());
    }

    private static async Task<IReadOnlyList<JsonObject>> SettingsAsync(Bench bench, SimulatedDevice device)
    {
        var settings = new List<JsonObject>();
        string parameters = "{}";
        while (true)
        {
            JsonObject page = await ResultAsync(bench, device, "settings.schema", parameters);
            settings.AddRange(page["settings"]!.AsArray().Select(setting => setting!.AsObject()));
            if (page["next"] is not { } next)
            {
                return settings;
            }

            parameters = new JsonObject { ["after"] = next.GetValue<string>() }.ToJsonString();
        }
    }

    // What only reads is a query; anything else is refused before its params are looked at.
    private static async Task<IReadOnlySet<string>> ReadsAsync(Bench bench, SimulatedDevice device, JsonObject methods)
    {
        var reads = new HashSet<string>();
        foreach ((string method, _) in methods)
        {
            string request = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = method, ["method"] = method, ["from"] = "q-" + method.Replace('.', '-') }.ToJsonString();
            JsonElement response = (await bench.QueryAsync(device, request, "q-" + method.Replace('.', '-'))).Json;
            if (!response.TryGetProperty("error", out JsonElement error) || error.GetProperty("code").GetInt32() != Firmware.Messaging.RpcError.NotAllowedCode)
            {
                reads.Add(method);
            }
        }

        return reads;
    }

    private static async Task<JsonObject> ResultAsync(Bench bench, SimulatedDevice device, string method, string parameters)
    {
        Received response = await bench.RequestAsync(device, method, parameters);
        return JsonNode.Parse(response.Payload)!["result"]!.AsObject();
    }
}
