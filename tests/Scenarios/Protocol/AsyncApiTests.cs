using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scenarios.Protocol;

/// <summary>The machine-readable twin of protocol.md.</summary>
[TestClass]
public sealed partial class AsyncApiTests
{
    private const string Device = "m2m/esp32-020000000001/";
    private const string Update = "UPDATE_DOCS=1 dotnet test tests/Scenarios --filter FullyQualifiedName~AsyncApi";

    [TestMethod]
    public async Task The_document_is_the_one_that_the_code_gives()
    {
        string text = CompactJson.Write(AsyncApiDocument.Of(await DeviceFacts.AskAsync()));
        if (ProtocolCheck.IsUpdate)
        {
            await File.WriteAllTextAsync(Contract.Path, text);
            return;
        }

        string[] expected = text.Split('\n');
        string[] actual = await File.ReadAllLinesAsync(Contract.Path);
        int line = Enumerable.Range(0, expected.Length - 1).FirstOrDefault(i => i >= actual.Length || actual[i] != expected[i], -1);
        Assert.AreEqual(-1, line, $"{Contract.Path} is out of date from line {line + 1} on, which should be\n{expected[Math.Max(0, line)]}\nUpdate it: {Update}");
        Assert.HasCount(expected.Length - 1, actual, $"{Contract.Path} is too long. Update it: {Update}");
    }

    [TestMethod]
    public void Every_event_of_the_source_is_described()
    {
        string firmware = Path.Combine(Contract.Root(), "firmware");
        string[] separate = [$"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"];
        IEnumerable<string> written = Directory.EnumerateFiles(firmware, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Array.Exists(separate, part => file.Contains(part, StringComparison.Ordinal)))
            .SelectMany(file => EventPattern().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct();

        CollectionAssert.AreEquivalent(EventShapes.All.Select(e => e.Type).ToArray(), written.ToArray());
    }

    [TestMethod]
    public void Every_link_of_the_document_leads_somewhere()
    {
        JsonNode document = JsonNode.Parse(File.ReadAllText(Contract.Path))!;

        foreach (Match link in LinkPattern().Matches(document.ToJsonString()))
        {
            JsonNode? target = document;
            foreach (string name in link.Groups[1].Value.Split('/'))
            {
                target = target?[name];
            }

            Assert.IsNotNull(target, link.Value);
        }
    }

    [TestMethod]
    [DataRow("status", """{"state":"online","id":"esp32-020000000001","version":"0.1.0","boot":"12"}""", "/boot")]
    [DataRow("status", """{"state":"away","id":"esp32-020000000001","version":"0.1.0","boot":12}""", "no message of this channel has this form")]
    [DataRow("event", """{"type":"sensor-fault","sensor":"bme280@76","reason":"no answer","since":5}""", "/since")]
    [DataRow("telemetry", """[{"bn":"urn:dev:mac:020000fffe000001_","n":"seq","v":41},{"n":"temperature","u":"Cel"}]""", "not a message telemetry.senml")]
    [DataRow("response/a", """{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Invalid request"}}""", "not a message error")]
    [DataRow("log", "restarting", "not JSON")]
    [DataRow("update/get", "", "an empty message")]
    [DataRow("state", "{}", "no channel has this topic")]
    public void A_wrong_message_is_a_violation(string topic, string payload, string reason) =>
        Assert.Contains(reason, new MessageCheck(Contract.Committed).Check(Device + topic, Encoding.UTF8.GetBytes(payload)) ?? "no violation");

    [TestMethod]
    public void A_result_is_checked_by_the_method_of_its_request()
    {
        var check = new MessageCheck(Contract.Committed);
        Assert.IsNull(check.Check(Device + "request", """{"jsonrpc":"2.0","id":"7","method":"identify","from":"a"}"""u8.ToArray()));

        Assert.IsNull(check.Check(Device + "response/a", """{"jsonrpc":"2.0","id":"7","result":{"seconds":10}}"""u8.ToArray()));
        Assert.Contains(
            "not a message identify.response",
            check.Check(Device + "response/a", """{"jsonrpc":"2.0","id":"7","result":{"uptime":10}}"""u8.ToArray()) ?? "no violation");
    }

    [TestMethod]
    public void A_request_that_is_carried_out_although_it_is_not_described_is_a_violation()
    {
        var check = new MessageCheck(Contract.Committed);
        Assert.IsNull(check.Check(Device + "request", """{"jsonrpc":"2.0","id":"7","method":"identify","params":{"seconds":"10"},"from":"a"}"""u8.ToArray()));

        Assert.Contains(
            "/params/seconds",
            check.Check(Device + "response/a", """{"jsonrpc":"2.0","id":"7","result":{"seconds":10}}"""u8.ToArray()) ?? "no violation");
    }

    [GeneratedRegex("""(?:Begin|AddPair|[eE]vents\.Add|=> Add)\("([a-z-]+)"[,)]""")]
    private static partial Regex EventPattern();

    [GeneratedRegex("\"\\$ref\":\"#/([^\"]+)\"")]
    private static partial Regex LinkPattern();
}
