using System.Text;
using System.Text.Json;
using CsCheck;

namespace Scenarios.Requests;

/// <summary>Requests of hostile clients.</summary>
[TestClass]
public sealed class HostileRequestTests
{
    private const int Count = 10_000;
    private const int WarmUp = 2_000;
    private const int Settled = 64 * 1024;

    private static readonly string[] Methods =
    [
        "ping", "methods", "info", "read", "health", "history.read", "log.read", "sensors.list", "sensors.calibrate", "actuators.list",
        "actuators.set", "identify", "settings.get", "settings.schema", "settings.set", "settings.reset", "", "nosuch", "\0", "settings",
    ];

    private static readonly string[] Names =
    [
        "channels", "maxAge", "from", "to", "limit", "after", "before", "level", "channel", "reference", "offset", "gain", "name", "on", "seconds",
        "keys", "values", "revision", "spread", "x", "__proto__", "",
    ];

    // Nothing that would cut the device off: trials have their own tests.
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "60", "1e9", "-9223372036854775808", "99999999999999999999", "1.5", "\"\"", "\"temperature\"", "\"relay\"",
        "[]", "{}", "[[[[[[[[]]]]]]]]", "[\"temperature\"]", "{\"interval\":5}", "{\"interval\":0}", "{\"channels.temperature.offset\":0.5}",
        "{\"channels.a.gain\":1,\"channels.b.gain\":2}", "{\"log.level\":\"debug\"}", "{\"groups\":[1]}", "{\"actuators.x.pin\":4}", "[\"*\"]", "\"\\u0000\\ud83d\\ude00\"",
        "\"" + new string('y', 600) + "\"", "{\"homeassistant.enabled\":true}", "{\"homeassistant.enabled\":false}", "{\"telemetry.format\":\"json\"}",
    ];

    private static readonly Gen<string> Members = Gen.Select(Any(Names), Any(Values), (name, value) => $"\"{name}\":{value}")
        .Array[0, 4].Select(all => string.Join(',', all));

    private static readonly Gen<byte[]> Wellformed = Gen.Select(
        Any(Methods), Members, Gen.Int[0, 40], Any("", ",\"from\":\"a\"", ",\"from\":\"b\"", ",\"from\":\"../x\"", ",\"deadline\":1", ",\"id\":7"),
        (method, members, id, more) => Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":{{id}},"method":{{JsonSerializer.Serialize(method)}},"params":{{{members}}}{{more}}}"""));

    private static readonly Gen<byte[]> Broken = Gen.Select(Wellformed, Gen.Int[0, 200], Gen.Byte, (bytes, at, value) =>
    {
        bytes[at % bytes.Length] = value;
        return bytes;
    });

    private static readonly Gen<byte[]> Requests = Gen.OneOf(Wellformed, Wellformed, Broken, Gen.Byte.Array[0, 4200]);

    [TestMethod]
    public void Ten_thousand_random_requests_leave_the_device_answering_with_flat_memory()
    {
        var device = new LoopbackDevice("""{"interval":10,"actuators":{"relay":{"pin":5,"limit":60}}}""");
        var random = new PCG(1, 20261123);
        device.RunFor(5_000);
        int answers = 0;
        for (int i = 0; i < WarmUp; i++)
        {
            device.LastAnswer = null;
            Ask(device, random);
            answers += device.LastAnswer is null ? 0 : 1;
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = WarmUp; i < Count; i++)
        {
            Ask(device, random);
        }

        device.RunFor(60_000);
        device.LastAnswer = null;
        device.Receive("""{"jsonrpc":"2.0","id":"last","method":"ping"}"""u8.ToArray());
        device.RunFor(1);

        Assert.IsNotNull(device.LastAnswer);
        using JsonDocument answer = JsonDocument.Parse(device.LastAnswer);
        Assert.IsTrue(answer.RootElement.TryGetProperty("result", out _));
        Assert.AreEqual(0, device.Firmware.Counters.Exceptions);
        Assert.IsGreaterThan(WarmUp / 2, answers);
        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.IsLessThan(Settled, growth, $"the heap grew by {growth} bytes");
    }

    // A client may send two a second.
    private static void Ask(LoopbackDevice device, PCG random)
    {
        device.Receive(Requests.Generate(random, null, out _));
        device.RunFor(300);
    }

    private static Gen<string> Any(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
