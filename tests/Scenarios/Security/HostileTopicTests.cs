using System.Text;
using System.Text.Json;
using CsCheck;
using Firmware.Updates;
using Scenarios.Properties;
using Scenarios.Requests;
using Scenarios.Updates;

namespace Scenarios.Security;

/// <summary>
/// Random and crafted messages on every topic that a device listens to. Those with a viewer's rights are valid requests to
/// change something, on query topics; the others are what a client without rights could send if the broker let it.
/// </summary>
[TestClass]
public sealed class HostileTopicTests
{
    private const int Random = 10_000;
    private const int Crafted = 1_000;
    private const int WarmUp = 2_000;
    private const int Parts = 4;
    private const int Settled = 32 * 1024;
    private const string Settings = """{"interval":10,"groups":["hall"],"update":{"delay":0},"actuators":{"relay":{"pin":5}}}""";

    // Each would change something if it were carried out.
    private static readonly string[] Changes =
    [
        "restart", """actuators.set","params":{"name":"relay","on":true}, "x":"y""", """settings.set","params":{"values":{"interval":77}}, "x":"y""",
        """settings.reset","params":{"keys":["*"]}, "x":"y""", "identify", """sensors.calibrate","params":{"channel":"count","offset":1}, "x":"y""",
        """update.offer","params":{"manifest":"{}","signature":"AAAA","force":true}, "x":"y""", "update.revert", "update.cancel", "update.confirm",
        """credentials.set","params":{"name":"ca","kind":"ca","part":0,"parts":1,"data":"x"}, "x":"y""", """credentials.remove","params":{"name":"ca"}, "x":"y""",
        """factoryReset","params":{"confirm":"loopback-020000000001"}, "x":"y""",
    ];

    // No request that is valid: what a client may do that may publish requests is no attack.
    private static readonly string[] Broken =
    [
        "", " ", "{", "}", "[]", "null", "{}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", """{"jsonrpc":"2.0"}""", """{"jsonrpc":"1.0","id":1,"method":"restart"}""",
        """{"jsonrpc":"2.0","id":{},"method":"restart"}""", """{"jsonrpc":"2.0","id":1,"method":["restart"]}""", """{"jsonrpc":"2.0","id":1,"method":"restart","from":"../x"}""",
        """{"jsonrpc":"2.0","id":1,"method":"restart","from":"#"}""", """{"jsonrpc":"2.0","id":1,"method":"restart","params":"x"}""", """{"jsonrpc":"2.0","id":1,"method":"restart"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"restart","deadline":1}""", """{"jsonrpc":"2.0","id":1,"method":"restart","deadline":"x"}""",
        """{"manifest":"{}","signature":"AAAA"}""", """{"manifest":7,"signature":[]}""", """{"manifest":"{\"product\":\"m2m\",\"board\":\"loopback\",\"version\":\"9.9.9\"}","signature":""}""",
        "\u0000\u0000\u0000\u0000", "\"\\ud800\"", """{"id":1e999999,"jsonrpc":"2.0","method":"restart"}""",
    ];

    private static readonly Gen<byte[]> Bytes = Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 300], Gen.Byte.Array[3_900, 4_300]);

    public static IEnumerable<string> Topics => Start().Filters.Select(Exact).Distinct();

    public static IEnumerable<string> QueryTopics => Topics.Where(topic => topic.EndsWith("/query", StringComparison.Ordinal));

    [TestMethod]
    public void Device_listens_to_what_is_tested() => Assert.AreEqual(
        "m2m/group/all/query m2m/group/all/request m2m/group/hall/query m2m/group/hall/request m2m/loopback-020000000001/ping m2m/loopback-020000000001/query "
        + "m2m/loopback-020000000001/request m2m/loopback-020000000001/telemetry m2m/loopback-020000000001/update/block/0-2-0/3 m2m/update/loopback/manifest",
        string.Join(' ', Topics.Select(topic => topic.Replace(Start().Firmware.Id, "loopback-020000000001", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));

    [TestMethod]
    [DynamicData(nameof(Topics))]
    public void Rubbish_changes_nothing(string topic) => Attack(topic, i => Encoding.UTF8.GetBytes(Broken[i % Broken.Length].PadRight(i)));

    [TestMethod]
    [DynamicData(nameof(QueryTopics))]
    public void Viewer_changes_nothing(string topic) => Attack(topic, i => Encoding.UTF8.GetBytes(
        $$"""{"jsonrpc":"2.0","id":{{i}},"from":"viewer-{{i % 40}}","method":"{{Changes[i % Changes.Length]}}"}"""));

    // The same messages where they may be sent do something: the test before would see it.
    [TestMethod]
    public void Operator_changes_settings_and_relay()
    {
        LoopbackDevice device = Start();
        string[] before = StateOf(device).Split('\n');
        foreach (string change in Changes[1..3])
        {
            device.Receive(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"from":"operator","method":"{{change}}"}"""));
            device.RunFor(5_000);
        }

        string[] after = StateOf(device).Split('\n');
        Assert.AreNotEqual(before[0], after[0], "the file of settings");
        Assert.AreNotEqual(before[^4], after[^4], "settings");
        Assert.AreNotEqual(before[^3], after[^3], "actuators");
        Assert.AreNotEqual(before[^1], after[^1], "pins");
    }

    private static void Attack(string topic, Func<int, byte[]> crafted)
    {
        LoopbackDevice device = Start();
        string before = StateOf(device);
        var random = new PCG(1, 20261130);
        for (int i = 0; i < WarmUp; i++)
        {
            Send(device, topic, Bytes.Generate(random, null, out _), i);
        }

        // What grows does so in each part; the test's own host may grow once.
        long growth = long.MaxValue;
        for (int part = 1; part <= Parts; part++)
        {
            long used = GC.GetTotalMemory(forceFullCollection: true);
            for (int i = (Random - WarmUp) / Parts; i > 0; i--)
            {
                Send(device, topic, Bytes.Generate(random, null, out _), i);
            }

            growth = Math.Min(growth, GC.GetTotalMemory(forceFullCollection: true) - used);
        }

        for (int i = 0; i < Crafted; i++)
        {
            Send(device, topic, crafted(i), i);
        }

        device.LastAnswer = null;
        device.Receive("""{"jsonrpc":"2.0","id":"last","method":"ping","from":"judge"}"""u8.ToArray());
        device.RunFor(1_000);
        Assert.Contains("\"uptime\"", Encoding.UTF8.GetString(device.LastAnswer ?? []));
        Assert.IsLessThan(Settled, growth, $"the heap grew by {growth} bytes");
        Assert.AreEqual(before, StateOf(device));
        Assert.AreEqual(0, device.Firmware.Counters.Exceptions);
    }

    private static void Send(LoopbackDevice device, string topic, byte[] payload, int i)
    {
        device.Receive(topic, payload, isRetained: i % 7 == 0);
        device.RunFor(100);
    }

    // Files, pins, and what the device says of its settings, actuators and updates.
    private static string StateOf(LoopbackDevice device)
    {
        var state = new StringBuilder();
        foreach (string file in device.FilesKept.Order(StringComparer.Ordinal))
        {
            state.Append(file).Append(' ').AppendLine(Convert.ToHexString(device.File(file)));
        }

        foreach (string method in new[] { "settings.get", "actuators.list", "update.status" })
        {
            device.LastAnswer = null;
            device.Receive(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","from":"judge"}"""));
            device.RunFor(5_000);
            JsonElement result = JsonDocument.Parse(device.LastAnswer ?? []).RootElement.GetProperty("result");
            state.AppendLine(method == "update.status" ? result.GetProperty("state").ToString() : result.ToString());
        }

        return state.Append(device.PinWrites).ToString();
    }

    private static string Exact(string filter) => filter.Replace("+/+", "0-2-0/3", StringComparison.Ordinal);

    private static LoopbackDevice Start()
    {
        var device = new LoopbackDevice(Settings, new UpdateModule(new EmptySlots(), [s_signer.Key], null));
        device.RunFor(5_000);
        device.Client = "judge";
        return device;
    }

    private static readonly UpdateSigner s_signer = UpdateSigner.Generate(2048);
}
