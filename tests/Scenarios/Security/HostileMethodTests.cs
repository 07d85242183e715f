using System.Text.Json;
using System.Text.Json.Nodes;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;
using Scenarios.Protocol;

namespace Scenarios.Security;

/// <summary>
/// All methods that a device lists, with missing, wrong, extra, huge and hostile params: a new method is tested as soon as it
/// is described. That what it carries out fits the description is checked by the client of the bench.
/// </summary>
[TestClass]
public sealed class HostileMethodTests
{
    private static readonly string[] Hostile =
    [
        "null", "true", "false", "0", "-1", "1e9", "1.5", "-9223372036854775808", "99999999999999999999", "1e999", "\"\"", "\" \"", "\"#\"", "\"../../boot\"", "\"a/b\"",
        "\"\\u0000\"", "\"%s%n\"", "\"__proto__\"", "[]", "[null]", "[\"\"]", "[[[[[[[[]]]]]]]]", "{}", "{\"\":{}}", "{\"a\":{\"b\":{\"c\":{}}}}", "{\"*\":null}",
        "\"" + new string('y', 3_000) + "\"", "[" + string.Join(',', Enumerable.Repeat("1", 60)) + "]", "\"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\"",
    ];

    // Errors of params, of rights and of state. Anything else, above all -32603, is a fault of the method.
    private static readonly int[] Expected = [-32602, -32002, -32003, -32004];

    [TestMethod]
    public async Task Every_method_survives_missing_wrong_extra_huge_and_hostile_params()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","actuators":{"relay":{"pin":5},"fan":{"pin":4,"kind":"level","minOff":1},"door":{"pin":12,"kind":"pulse","interlock":"fan"}},"rules":{"relay":{"when":[{"channel":"temperature","below":1}],"then":[{"output":"relay","on":true}]}},"children":{"meter":{"address":1,"registers":"relay 0 u16 rw"}}""", options: new DeviceOptions { BatteryMah = 2000 });
        JsonObject methods = JsonNode.Parse((await bench.RequestAsync(device, "methods")).Payload)!["result"]!.AsObject();
        var faults = new List<string>();
        var judged = new HashSet<string>();
        int sent = 0;
        foreach ((string method, JsonNode? meaning) in methods)
        {
            foreach (string parameters in ParamsFor(method, meaning!.AsObject()))
            {
                // A client may send two a second.
                bench.RunFor(1);
                Received answer = await bench.RequestAsync(device, method, parameters);
                sent++;
                judged.Add(method + ' ' + JudgedIn(answer));
                string? fault = FaultOf(answer, method, parameters);
                if (fault is not null)
                {
                    faults.Add(fault);
                }
            }
        }

        JsonElement info = RequestTests.Result(await bench.RequestAsync(device, "info"));
        Assert.AreEqual(string.Empty, string.Join('\n', faults));

        // Where the params before it were right, so that its own values came to be judged.
        string[] missed = [.. methods.SelectMany(method => method.Value!.AsObject().Select(param => method.Key + ' ' + param.Key)).Where(param => !judged.Contains(param))];
        Assert.AreEqual(string.Empty, string.Join(", ", missed));
        Assert.AreEqual(0, info.GetProperty("counters").GetProperty("exceptions").GetInt32());
        Assert.AreEqual(1, info.GetProperty("boot").GetInt32());
        Assert.IsGreaterThan(methods.Count * 3, sent);
    }

    private static string? JudgedIn(Received answer) =>
        answer.Json.TryGetProperty("error", out JsonElement error) && error.TryGetProperty("data", out JsonElement data) && data.TryGetProperty("param", out JsonElement param)
            ? param.GetString()?.Split('.')[0]
            : null;

    private static string? FaultOf(Received answer, string method, string parameters)
    {
        string shown = $"{method} {parameters[..Math.Min(parameters.Length, 80)]}: {answer.Text[..Math.Min(answer.Text.Length, 200)]}";
        if (!answer.Json.TryGetProperty("error", out JsonElement error))
        {
            return IsNeverRight(parameters) ? "carried out: " + shown : null;
        }

        return Expected.Contains(error.GetProperty("code").GetInt32()) ? null : shown;
    }

    private static bool IsNeverRight(string parameters) => parameters.Contains("\"nosuch\"", StringComparison.Ordinal);

    // Not its good params: those of a method that restarts or erases would end the test, and the other scenarios have them.
    private static IEnumerable<string> ParamsFor(string method, JsonObject meaning)
    {
        JsonObject shapes = MethodShapes.All[method].Params["properties"]!.AsObject();
        string[] required = [.. MethodShapes.All[method].Params["required"]!.AsArray().Select(name => name!.GetValue<string>())];
        string Good(string name) => method == "children.set" && name == "channel" ? "\"meter_relay\"" : Plausible(shapes, name);
        yield return """{"nosuch":1}""";
        yield return """{"nosuch":{"a":[{}]},"__proto__":{}}""";
        yield return "{" + string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"nosuch\":{i}")) + "}";
        foreach (string name in required)
        {
            yield return Compose(required.Where(other => other != name).Select(other => (other, Good(other))));
        }

        foreach ((string name, _) in meaning)
        {
            foreach (string value in Hostile)
            {
                yield return Compose(required.Concat(OneOf(method)).Where(other => other != name).Select(other => (other, Good(other))).Append((name, value)));
            }
        }
    }

    // Needed, although not by the schema: there is a choice.
    private static string[] OneOf(string method) => method switch { "actuators.set" => ["on"], "rules.test" => ["rule"], _ => [] };

    private static string Plausible(JsonObject shapes, string name) => shapes[name]?["enum"]?[0]?.ToJsonString() ?? shapes[name]?["type"]?.ToString() switch
    {
        "string" when name == "channel" => "\"temperature\"",
        "boolean" => "true",
        "integer" or "number" => shapes[name]!["minimum"]?.ToJsonString() ?? "1",
        "array" => """["interval"]""",
        "string" => "\"relay\"",
        _ => """{"interval":10}""",
    };

    private static string Compose(IEnumerable<(string Name, string Value)> members) => "{" + string.Join(',', members.Select(member => $"\"{member.Name}\":{member.Value}")) + "}";
}
