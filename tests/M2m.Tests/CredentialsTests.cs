using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using M2m.Client.Certificates;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public sealed class CredentialsTests : IDisposable
{
    private const string Id = "esp32-020000000001";
    private const string One = """{"host":"127.0.0.1","port":8883,"tls":true,"ca":"fleet","credential":"own","user":"u","passwordSet":true}""";

    private readonly TestCertificates _certificates = new();
    private readonly ConcurrentDictionary<string, string> _stored = new() { ["own"] = "old", ["fleet"] = "ca" };
    private string _broker = One;

    /// <summary>How the trial ends: the state of the event and its other members; null: not.</summary>
    private string? _end = "\"state\":\"confirmed\"";

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    public async Task Credentials_are_listed_for_people_and_programs()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran people = await Tool.RunAsync(broker, "credentials", Id);
        Ran programs = await Tool.RunAsync(broker, "credentials", Id, "list", "--json");
        Assert.AreEqual("Name   Kind    SHA-256   From        Until       In use", people.Out.Split('\n')[0].TrimEnd());
        StringAssert.Contains(people.Out, "own    client  00c0ffee  2025-11-23  2026-11-23  yes");
        Assert.AreEqual("fleet own", $"{programs.Json[0].GetProperty("name")} {programs.Json[1].GetProperty("name")}");
    }

    [TestMethod]
    public async Task Certificate_and_key_are_stored_in_parts_certificate_first()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        IssuedCertificate issued = _certificates.Issue(Id);
        string chain = string.Concat(Enumerable.Repeat(_certificates.CaPem, 6));
        string file = _certificates.Write("all.pem", "Bag Attributes\r\n" + issued.KeyPem.ReplaceLineEndings("\r\n") + issued.CertificatePem + "text between\n" + chain);
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "set", "next", file);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual(issued.CertificatePem + chain + issued.KeyPem, _stored["next"]);
        JsonNode[] parts = [.. Sent(device, "credentials.set")];
        Assert.IsTrue(parts.Length > 1);
        Assert.IsTrue(parts.All(part => ((string)part["data"]!).Length <= 3072 && (int)part["parts"]! == parts.Length && (string)part["kind"]! == "client"));
        CollectionAssert.AreEqual(Enumerable.Range(0, parts.Length).ToArray(), parts.Select(part => (int)part["part"]!).ToArray());
        Assert.IsFalse((ran.Out + ran.Error).Contains("PRIVATE", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Certificate_without_a_key_is_an_authority()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "set", "fleet", _certificates.CaFile);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual("ca", (string)Sent(device, "credentials.set").Single()["kind"]!);
        Assert.AreEqual(_certificates.CaPem, _stored["fleet"]);
    }

    [TestMethod]
    [DataRow("empty", 1, "has no certificate in PEM")]
    [DataRow("mixed", 1, "is not the key of the certificate")]
    [DataRow("expired", 1, "expired at 2")]
    [DataRow("missing", 1, "there is no file")]
    [DataRow("many", 1, "more than a device stores: at most 12000")]
    [DataRow("keys", 1, "more than one private key")]
    public async Task Wrong_file_is_not_sent(string kind, int exitCode, string reason)
    {
        string file = kind switch
        {
            "empty" => _certificates.Write("a", "nothing"),
            "mixed" => _certificates.Write("a", _certificates.Issue("a").CertificatePem + _certificates.Issue("b").KeyPem),
            "expired" => _certificates.Client("a", -30, -1),
            "many" => _certificates.Write("a", string.Concat(Enumerable.Repeat(_certificates.CaPem, 40))),
            "keys" => _certificates.Write("a", _certificates.Issue("a").Pem + _certificates.Issue("b").KeyPem),
            _ => "missing.pem",
        };
        Ran ran = await Tool.RunAsync(null, "credentials", Id, "set", "next", file);
        Assert.AreEqual(exitCode, ran.ExitCode);
        StringAssert.Contains(ran.Error, reason);
    }

    [TestMethod]
    public async Task Encrypted_key_is_named_by_its_own_file()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var encryption = new System.Security.Cryptography.PbeParameters(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes128Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1);
        string encrypted = _certificates.Write("a.key", key.ExportEncryptedPkcs8PrivateKeyPem("secret", encryption));
        Ran ran = await Tool.RunAsync(null, "credentials", Id, "set", "next", _certificates.Write("a.crt", _certificates.Issue("a").CertificatePem), encrypted);
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, $"openssl pkey -in {encrypted} -out PLAIN.pem");
    }

    [TestMethod]
    [DataRow("leaf", "is not an authority's")]
    [DataRow("server", "is not for clients")]
    [DataRow("right", null)]
    public async Task Certificate_for_another_purpose_is_stored_with_a_warning(string kind, string? warning)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        string file = kind switch
        {
            "leaf" => _certificates.Write("leaf.pem", _certificates.Issue("leaf").CertificatePem),
            "server" => _certificates.ServerFile,
            _ => _certificates.Client("right"),
        };
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "set", "next", file);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual(warning is not null, ran.Error.Contains(warning ?? "the certificate of", StringComparison.Ordinal), ran.Error);
    }

    [TestMethod]
    public async Task Removing_what_is_not_stored_fails()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "remove", "nope");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, $"{Id} has no credential 'nope'");
    }

    [TestMethod]
    [DataRow("Own")]
    [DataRow("a-name-of-17-char")]
    public async Task Wrong_name_is_a_wrong_argument(string name)
    {
        Ran ran = await Tool.RunAsync(null, "credentials", Id, "set", name, "x.pem");
        Assert.AreEqual(2, ran.ExitCode);
        StringAssert.Contains(ran.Error, "1 to 16 of a-z 0-9 -");
    }

    [TestMethod]
    public async Task Credential_in_use_is_not_removed_and_another_one_is()
    {
        _stored["spare"] = "x";
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran used = await Tool.RunAsync(broker, "credentials", Id, "remove", "own");
        Ran spare = await Tool.RunAsync(broker, "credentials", Id, "remove", "spare");
        Assert.AreEqual((1, 0), (used.ExitCode, spare.ExitCode), used.Error + spare.Error);
        StringAssert.Contains(used.Error, "in use by broker");
        Assert.AreEqual($"spare is removed from {Id}\n", spare.Out);
        Assert.IsTrue(_stored.ContainsKey("own") && !_stored.ContainsKey("spare"));
    }

    [TestMethod]
    [DataRow(One, "own", "client", "own-2")]
    [DataRow("[" + One + "]", "own", "client", "own-2")]
    [DataRow(One, "fleet", "ca", "fleet-2")]
    public async Task Rotation_ends_with_the_new_one_and_without_the_old(string entries, string old, string kind, string expected)
    {
        _broker = entries;
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "rotate", old, kind == "ca" ? _certificates.CaFile : _certificates.Client(Id));
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual($"{Id} uses {expected}; {old} is removed\n", ran.Out);
        Assert.IsTrue(_stored.ContainsKey(expected) && !_stored.ContainsKey(old));
        JsonNode sent = Sent(device, "settings.set").Single()["values"]!["broker"]!;
        JsonObject entry = (JsonObject)(sent is JsonArray array ? array.Single()! : sent);
        Assert.AreEqual(entries.StartsWith('['), sent is JsonArray);
        Assert.AreEqual(One.Replace($"\"{old}\"", $"\"{expected}\"", StringComparison.Ordinal).Replace(",\"passwordSet\":true", string.Empty, StringComparison.Ordinal), entry.ToJsonString());
        StringAssert.Contains(ran.Error, "on trial");
    }

    [TestMethod]
    public async Task Rotation_that_goes_back_removes_the_new_one()
    {
        _end = "\"state\":\"rolled-back\",\"reason\":\"not online within 120 s\"";
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "rotate", "own", _certificates.Client(Id), "--json");
        Assert.AreEqual(1, ran.ExitCode);
        Assert.AreEqual($$"""{"device":"{{Id}}","state":"rolled-back","uses":"own","removed":"own-2","reason":"not online within 120 s"}""" + "\n", ran.Out);
        StringAssert.Contains(ran.Error, "went back to own: not online within 120 s. own-2 is removed");
        Assert.IsTrue(_stored.ContainsKey("own") && !_stored.ContainsKey("own-2"));
    }

    [TestMethod]
    public async Task Rotation_that_goes_back_has_the_reason_of_the_devices_log()
    {
        const string Old = """{"n":4,"level":"warning","time":1,"text":"no connection: an old reason"}""";
        _end = "\"state\":\"rolled-back\",\"reason\":\"not online within 120 s\"";
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["log.read"] = parameters => parameters["level"] is null ? $$"""{"lines":[{{Old}}]}"""
            : $$"""{"lines":[{{Old}},{"n":7,"level":"warning","time":2,"text":"no connection: TLS: refused"},{"n":8,"level":"warning","time":3,"text":"something else"}]}""";
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "rotate", "own", _certificates.Client(Id));
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "went back to own: not online within 120 s, no connection: TLS: refused. own-2 is removed");
    }

    [TestMethod]
    public async Task Refused_trial_leaves_nothing_behind()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["settings.set"] = _ => throw new RefusedException("""{"code":-32602,"message":"Invalid params","data":{"param":"broker","reason":"no"}}""");
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "rotate", "own", _certificates.Client(Id));
        Assert.AreEqual(1, ran.ExitCode);
        CollectionAssert.AreEquivalent(new[] { "own", "fleet" }, _stored.Keys.ToArray());
    }

    [TestMethod]
    [DataRow("other", "has no credential 'other'. It has: fleet, own")]
    [DataRow("spare", "no broker entry")]
    public async Task Rotation_of_what_is_not_used_is_refused(string name, string reason)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        _ = name == "spare" ? _stored["spare"] = "x" : null;
        Ran ran = await Tool.RunAsync(broker, "credentials", Id, "rotate", name, _certificates.Client(Id));
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, reason);
        Assert.AreEqual(0, Sent(device, "credentials.set").Count());
    }

    private static IEnumerable<JsonNode> Sent(FakeDevice device, string method) =>
        device.Requests.Where(request => (string)request["method"]! == method).Select(request => request["params"]!);

    private async Task<FakeDevice> StartAsync(ITestBroker broker)
    {
        FakeDevice device = await FakeDevice.StartAsync(broker, Id);
        device.Methods["credentials.list"] = _ => $$"""{"credentials":[{{string.Join(',', _stored.Keys.Order().Select(Described))}}]}""";
        device.Methods["credentials.set"] = Set;
        device.Methods["credentials.remove"] = Remove;
        device.Methods["settings.get"] = _ => "{\"revision\":4,\"values\":{\"broker\":" + _broker + "}}";
        device.Methods["settings.set"] = parameters =>
        {
            _broker = parameters["values"]!["broker"]!.ToJsonString();
            _ = EndTrialAsync(device);
            return """{"revision":5,"results":{"broker":"trial"}}""";
        };
        return device;
    }

    private static string Described(string name) =>
        $$"""{"name":"{{name}}","kind":"{{(name == "fleet" ? "ca" : "client")}}","sha256":"00c0ffee","notBefore":1763900000,"notAfter":1795436000,"inUse":{{(name == "own" ? "true" : "false")}}}""";

    private string Set(JsonNode parameters)
    {
        string name = (string)parameters["name"]!;
        int part = (int)parameters["part"]!;
        int parts = (int)parameters["parts"]!;
        _stored[name] = (part == 0 ? string.Empty : _stored[name]) + (string)parameters["data"]!;
        return part + 1 == parts ? Described(name) : $$"""{"name":"{{name}}","received":{{part + 1}},"parts":{{parts}}}""";
    }

    private string Remove(JsonNode parameters)
    {
        string name = (string)parameters["name"]!;
        if (_broker.Contains($"\"{name}\"", StringComparison.Ordinal))
        {
            throw new RefusedException("""{"code":-32602,"message":"Invalid params","data":{"param":"name","reason":"in use by broker"}}""");
        }

        return _stored.TryRemove(name, out _) ? "{\"removed\":true}" : "{\"removed\":false}";
    }

    // The event follows the response.
    private async Task EndTrialAsync(FakeDevice device)
    {
        await Task.Delay(500);
        if (_end!.Contains("rolled-back", StringComparison.Ordinal))
        {
            _broker = One;
        }

        await device.PublishAsync("event", $$"""{"type":"settings","revision":5,{{_end}}}""");
    }
}
