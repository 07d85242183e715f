using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Certificates;
using M2m.Client.Mqtt;
using M2m.Enrollment;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public sealed class EnrollTests : IDisposable
{
    private const string Id = "esp32-020000000001";
    private const string Claims = "m2m/enroll";
    private const string Site = "m2m/hall";
    private const string All = """{"authority":"ca","rules":[{"match":"*","site":"m2m/hall"}]}""";
    private const string Secure = """[{"host":"broker.example","port":8882,"user":"u","passwordSet":true,"tls":true,"ca":"fleet","credential":"own"}]""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("enroll-");

    public void Dispose() => _folder.Delete(true);

    [TestMethod]
    [DataRow("{", "is not JSON: ")]
    [DataRow("[]", "must have one JSON object")]
    [DataRow("""{"rules":[{"match":"*","site":"m2m/hall"}]}""", "authority is missing: the directory of m2m ca new")]
    [DataRow("""{"authority":"ca"}""", "rules must be an array of 1 to 1000 rules")]
    [DataRow("""{"authority":"ca","rules":[]}""", "rules must be an array of 1 to 1000 rules")]
    [DataRow("""{"authority":"ca","rule":[]}""", "rule is unknown. Did you mean 'rules'? Known are: prefix, authority, days, ca, broker, rules")]
    [DataRow("""{"authority":"ca","authority":"cb","rules":[]}""", "is not JSON: ")]
    [DataRow("""{"authority":7,"rules":[]}""", "authority must be a text that is not empty")]
    [DataRow("""{"authority":"ca","days":0,"rules":[]}""", "days must be a whole number from 1 to 36500, not 0")]
    [DataRow("""{"authority":"ca","prefix":"m2m//x","rules":[]}""", "prefix must be names of A-Z a-z 0-9 _ - with single / between, not 'm2m//x'")]
    [DataRow("""{"authority":"ca","rules":[7]}""", "rules[0] must be an object")]
    [DataRow("""{"authority":"ca","rules":[{"site":"m2m/hall"}]}""", "rules[0] must have one of \"device\" (an id, or an array of ids) and \"match\" (a pattern with * and ?)")]
    [DataRow("""{"authority":"ca","rules":[{"device":"a","match":"*","site":"m2m/hall"}]}""", "rules[0] must have one of ")]
    [DataRow("""{"authority":"ca","rules":[{"mach":"*","site":"m2m/hall"}]}""", "rules[0].mach is unknown. Did you mean 'match'?")]
    [DataRow("""{"authority":"ca","rules":[{"device":"esp32-*","site":"m2m/hall"}]}""", "rules[0].device must be 1 to 64 of A-Z a-z 0-9 _ -, not 'esp32-*': a pattern is \"match\"")]
    [DataRow("""{"authority":"ca","rules":[{"device":["a",7],"site":"m2m/hall"}]}""", "rules[0].device[1] must be the id of a device, a string")]
    [DataRow("""{"authority":"ca","rules":[{"device":[],"site":"m2m/hall"}]}""", "rules[0].device must have one id at least")]
    [DataRow("""{"authority":"ca","rules":[{"match":"a/#","site":"m2m/hall"}]}""", "rules[0].match must be 1 to 64 of A-Z a-z 0-9 _ - * ?, not 'a/#'")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*"}]}""", "rules[0].site is missing: the prefix that the devices get")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/+"}]}""", "rules[0].site must be names of")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/enroll"}]}""", "rules[0].site must differ from the prefix of new devices, 'm2m/enroll'")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","approve":"aks"}]}""", "rules[0].approve must be yes, ask or no, not 'aks'. Did you mean 'ask'")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","limit":0}]}""", "rules[0].limit must be a whole number from 1 to 1000000, not 0")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","settings":[]}]}""", "rules[0].settings must be an object")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","settings":{"broker":{"host":"x"}}}]}""", "rules[0].settings.broker is set by the enrollment: \"broker\" of the rule changes it")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","settings":{"enrolled":false}}]}""", "rules[0].settings.enrolled is set by the enrollment")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","settings":{"mqtt":{"rate":2},"mqtt.rate":3}}]}""", "rules[0].settings.mqtt.rate is there twice")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","settings":{"a b":1}}]}""", "rules[0].settings.a b is no name of a setting")]
    [DataRow("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","broker":{"tls":false}}]}""", "rules[0].broker.tls must be true: a device shows its certificate only under TLS")]
    [DataRow("""{"authority":"ca","broker":{"hots":"x"},"rules":[{"match":"*","site":"m2m/hall"}]}""", "broker.hots is unknown. Did you mean 'host'?")]
    [DataRow("""{"authority":"ca","ca":"none.pem","rules":[{"match":"*","site":"m2m/hall"}]}""", "there is no file ")]
    public void Malformed_rules_are_reported_with_their_place(string text, string fault)
    {
        FailedException failed = Assert.ThrowsExactly<FailedException>(() => EnrollmentRulesReader.Read(Rules(text)));
        StringAssert.Contains(failed.Message, fault);
    }

    [TestMethod]
    [DataRow("esp32-1", "esp32-1", true)]
    [DataRow("esp32-1", "esp32-12", false)]
    [DataRow("*", "", true)]
    [DataRow("esp32-*", "esp32-", true)]
    [DataRow("esp32-*", "esp3-1", false)]
    [DataRow("*-0?", "esp32-01", true)]
    [DataRow("*-0?", "esp32-0", false)]
    [DataRow("a*b*c", "axbxbxc", true)]
    [DataRow("a*b*c", "axbxbx", false)]
    [DataRow("*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Pattern_matches(string pattern, string id, bool isMatch) => Assert.AreEqual(isMatch, new EnrollmentRule(1, [pattern], Approval.Yes, Site).IsFor(id));

    [TestMethod]
    [DataRow("a1", 1)]
    [DataRow("b1", 2)]
    [DataRow("b2", 3)]
    [DataRow("c1", 4)]
    [DataRow("x", 0)]
    public void First_rule_that_is_for_a_device_decides_whether_it_lists_or_matches(string id, int number)
    {
        EnrollmentRules rules = EnrollmentRulesReader.Read(Rules("""
            {"authority":"ca","rules":[{"match":"a*","site":"m2m/1"},{"device":["b1","a1"],"site":"m2m/2"},{"match":"b*","site":"m2m/3"},{"device":["c1","b2"],"site":"m2m/4"},{"device":"c1","site":"m2m/5"}]}
            """));
        Assert.AreEqual(number, rules.Find(id)?.Number ?? 0);
        Assert.AreEqual(id is "a1" or "b1" or "b2" or "c1", rules.Lists(id));
    }

    [TestMethod]
    public void Flood_of_made_up_ids_is_bounded_and_a_listed_device_has_room()
    {
        const int Flood = 60_000;
        EnrollmentRules rules = EnrollmentRulesReader.Read(Rules($$"""{"authority":"ca","rules":[{"device":"{{Id}}","site":"m2m/hall"},{"match":"fake-*","site":"m2m/hall"}]}"""));
        var book = new EnrollmentBook(rules, EnrollmentLog.Open(null));
        for (int i = 0; i < Flood; i++)
        {
            book.Take(Status($"fake-{i}"));
            book.Take(Status($"other-{i}"));
            book.Take(Status($"fake-x{i}", $"liar-{i}"));
        }

        book.Take(Status(Id));
        Assert.HasCount(EnrollmentBook.MaxApplicants + 1, book.All);
        Assert.IsNotNull(book.Of("fake-0"), "a device that waits has made room");
        Assert.IsGreaterThan(2 * Flood, (int)book.Dropped);
        IReadOnlyList<(Applicant Applicant, Step Step)> due = book.Begin(20_000);
        Assert.IsTrue(due.Any(one => one.Applicant.Id == Id && one.Step == Step.Enroll));
        Assert.IsFalse(due.Any(one => one.Applicant.Id.StartsWith("other", StringComparison.Ordinal) || one.Applicant.Id.StartsWith("fake-x", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("m2m/hall", 0, true, "b1 refused")]
    [DataRow("m2m/hall", 0, false, "b1 refused")]
    [DataRow("m2m/hall", 400, true, "b1 enrolling")]
    [DataRow("m2m/other", 0, true, "b1 enrolling")]
    public void Device_that_the_server_before_had_on_trial_counts_for_the_limit(string site, int secondsAgo, bool hasLeft, string expected)
    {
        EnrollmentRules rules = EnrollmentRulesReader.Read(Rules("""{"authority":"ca","rules":[{"match":"*","site":"m2m/hall","limit":1}]}"""));
        string file = Path.Combine(_folder.FullName, "log.jsonl");
        File.WriteAllText(file, $$"""{"time":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - secondsAgo}},"device":"a1","state":"issued","site":"{{site}}"}""" + "\n");
        var book = new EnrollmentBook(rules, EnrollmentLog.Open(file));
        if (hasLeft)
        {
            book.Take(new Message($"{Claims}/a1/status", """{"state":"lost","id":"a1"}"""u8.ToArray(), true));
        }

        book.Take(Status("b1"));
        book.Begin(9);
        Applicant other = book.Of("b1")!;
        Assert.AreEqual(expected, $"{other.Id} {other.Stage.ToString().ToLowerInvariant()}", other.Text);

        // One that went back has its own place.
        if (expected == "b1 refused")
        {
            book.Take(Status("a1"));
            Assert.AreEqual("a1", book.Begin(9).Single().Applicant.Id);
            Assert.AreEqual(Stage.Refused, other.Stage);
        }
    }

    [TestMethod]
    public async Task Device_gets_what_the_rule_says_in_one_change()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        string rules = Rules("""
            {"authority":"ca","ca":"ca/ca.pem","broker":{"port":8883},"rules":[
              {"match":"esp32-*","site":"m2m/hall","settings":{"interval":60,"channels":{"temperature":{"high":30}},"rules":{"heat":{"when":[],"then":[]}}}}]}
            """);
        await using Tool server = Tool.Start(broker, "enroll", "serve", rules, "--json");
        await Wait.ForAsync(() => Last(device, "settings.set") is not null, () => server.Out + server.Error);
        JsonNode values = Last(device, "settings.set")!["params"]!["values"]!;
        Assert.AreEqual(
            """{"interval":60,"channels.temperature.high":30,"rules.heat":{"when":[],"then":[]},"broker":[{"host":"broker.example","port":8883,"tls":true,"ca":"fleet-2","credential":"own-2"}],"prefix":"m2m/hall","enrolled":true}""",
            values.ToJsonString());
        JsonNode[] stored = [.. device.Requests.Where(request => (string?)request["method"] == "credentials.set").Select(request => request["params"]!)];
        Assert.AreEqual("fleet-2 ca own-2 client", string.Join(' ', stored.Select(one => $"{one["name"]} {one["kind"]}")));
        string pem = (string)stored[1]["data"]!;
        using var certificate = Pem.Identity(pem, "it", pem, "it");
        Assert.AreEqual("CN=" + Id, certificate.Subject);
        await server.WaitForAsync("\"state\":\"trial\",\"site\":\"m2m/hall\"");
    }

    [TestMethod]
    public async Task Device_whose_key_would_go_in_the_clear_gets_none()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker, brokers: """[{"host":"a","port":8882,"tls":true},{"host":"b","port":1883}]""");
        Ran ran = await Tool.RunAsync(broker, "enroll", "approve", Id, Rules(All));
        Assert.AreEqual(1, ran.ExitCode);
        Assert.AreEqual($"m2m: {Id} is not enrolled: it has a broker without TLS: a private key must not go there in the clear\n", ran.Error);
        Assert.IsNull(Last(device, "credentials.set"));
    }

    [TestMethod]
    public async Task Device_that_gives_another_id_is_listed_and_left_alone()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice liar = await StartAsync(broker, status: """{"state":"online","id":"esp32-020000000002","version":"1","boot":1,"enrolled":false}""");
        await using FakeDevice plain = await FakeDevice.StartAsync(broker, "esp32-020000000003", Claims);
        Ran ran = await Tool.RunAsync(broker, "enroll", "list", Rules(All), "--json");
        Assert.AreEqual(
            """[{"device":"esp32-020000000001","state":"refused","reason":"its status is under esp32-020000000001, but says 'esp32-020000000002'","rule":1},{"device":"esp32-020000000003","state":"away","reason":"online","rule":1}]""",
            ran.Out.Trim(),
            ran.Error);
        Assert.IsEmpty(liar.Requests);
    }

    [TestMethod]
    public async Task Two_devices_with_one_id_are_a_conflict()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        await RetainAsync(broker, $"{Site}/{Id}/status", Online(Id));
        Ran ran = await Tool.RunAsync(broker, "enroll", "approve", Id, Rules(All));
        Assert.AreEqual($"m2m: {Id} is not enrolled: another device with this id is in m2m/hall (online)\n", ran.Error);
        Assert.IsNull(Last(device, "credentials.set"));
    }

    [TestMethod]
    public async Task What_a_server_left_undone_the_next_one_does()
    {
        await using ITestBroker broker = await Brokers.StartAsync();

        // The device is in its site already; its announcement is what the broker still has, and not even ended in order.
        await RetainAsync(broker, $"{Claims}/{Id}/status", Waiting(Id));
        await using FakeDevice device = await FakeDevice.StartAsync(broker, Id, Site);
        device.Methods["credentials.list"] = _ => """{"credentials":[{"name":"own","kind":"client","inUse":true},{"name":"bootstrap","kind":"client","inUse":false},{"name":"fleet","kind":"ca","inUse":true},{"name":"old","kind":"ca","inUse":false}]}""";
        device.Methods["credentials.remove"] = _ => """{"removed":true}""";
        await using Tool server = Tool.Start(broker, "enroll", "serve", Rules(All), "--timeout", "2", "--json");
        await server.WaitForAsync("\"state\":\"enrolled\"");
        Assert.AreEqual("bootstrap", string.Join(' ', device.Requests.Where(request => (string?)request["method"] == "credentials.remove").Select(request => (string?)request["params"]!["name"])));
        Ran list = await Tool.RunAsync(broker, "enroll", "list", Rules(All), "--json");
        Assert.AreEqual("[]", list.Out.Trim());
    }

    [TestMethod]
    public async Task Keys_of_the_live_table_approve_and_refuse()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice first = await StartAsync(broker);
        await using FakeDevice second = await StartAsync(broker, "esp32-020000000002");
        await using TerminalSession session = TerminalSession.Start(broker, $"enroll serve '{Rules(All)}' --by-hand", width: 80, height: 24);
        await session.WaitForAsync("2 asking");
        await session.TypeAsync("n");
        await session.WaitForAsync("refused by hand");
        Assert.IsNull(Last(first, "credentials.set"));
        await session.TypeAsync("yyyy");
        await session.WaitForAsync("1 asking");
        Assert.IsEmpty(second.Requests, "a key that is held decides on one device only");
        await session.TypeAsync("\u001b[B");
        await session.WaitForAsync(">  esp32-020000000002");
        await session.TypeAsync("y");
        await session.WaitForAsync("trial");
        Assert.IsNotNull(Last(second, "settings.set"));
        Assert.IsNull(Last(first, "settings.get"));
        await session.PressCtrlCAsync();
        await session.WaitForAsync("exit=0");
    }

    [TestMethod]
    public async Task Unknown_setting_of_a_rule_is_a_warning_before_any_device_takes_it()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        string rules = Rules("""{"authority":"ca","rules":[{"match":"a*","site":"m2m/a","settings":{"interval":5,"channels":{"co2":{"high":900}}}},{"match":"*","site":"m2m/b","settings":{"intervall":5}}]}""");
        Ran ran = await Tool.RunAsync(broker, "enroll", "list", rules);
        StringAssert.StartsWith(ran.Error, "m2m: warning: rules[1].settings: there is no setting 'intervall'. Did you mean 'interval'?");
        Assert.AreEqual(0, ran.ExitCode);
    }

    [TestMethod]
    public async Task Wrong_and_unused_settings_of_children_are_warnings()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        string rules = Rules("""{"authority":"ca","rules":[{"match":"*","site":"m2m/b","settings":{"children":{"a":{"address":1,"registers":"x 0 u61"},"gps":{"protocol":"nmea","address":2}}}}]}""");
        Ran ran = await Tool.RunAsync(broker, "enroll", "list", rules);
        StringAssert.StartsWith(ran.Error, "m2m: warning: rules[0].settings: children.a.registers: entry 1, \"x 0 u61\": the type 'u61' must be one of u16, ");
        StringAssert.Contains(ran.Error, "m2m: warning: rules[0].settings: children.gps.address is not used: children.gps.protocol is nmea");
        Assert.AreEqual(0, ran.ExitCode);
    }

    [TestMethod]
    public async Task Key_decides_on_the_device_that_was_marked_before_another_came()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice marked = await StartAsync(broker, "esp32-020000000002");
        await using TerminalSession session = TerminalSession.Start(broker, $"enroll serve '{Rules(All)}' --by-hand", width: 80, height: 24);
        await session.WaitForAsync(">  esp32-020000000002");
        await using FakeDevice above = await StartAsync(broker);
        await session.WaitForAsync("2 asking");
        await session.TypeAsync("y");
        await session.WaitForAsync("1 asking");
        await session.WaitForAsync("trial");
        Assert.IsNotNull(Last(marked, "settings.set"));
        Assert.IsEmpty(above.Requests);
    }

    [TestMethod]
    public void Texts_of_a_device_are_kept_in_part()
    {
        var book = new EnrollmentBook(EnrollmentRulesReader.Read(Rules(All)), EnrollmentLog.Open(null));
        book.Take(Status(Id));
        Applicant applicant = book.Of(Id)!;
        book.End(applicant, (one, now) => one.Fail("it says " + new string('x', 100_000), now));
        Assert.IsTrue(applicant.Text.Length <= Applicant.MaxText && applicant.Text.StartsWith("it says x", StringComparison.Ordinal), $"{applicant.Text.Length}");
        book.Take(new Message($"{Claims}/{Id}/event", Encoding.UTF8.GetBytes($$"""{"type":"settings","state":"rolled-back","reason":"{{new string('y', 100_000)}}"}"""), false));
        Assert.IsTrue(applicant.Text.Length <= Applicant.MaxText && applicant.Text.StartsWith("it went back: y", StringComparison.Ordinal), $"{applicant.Text.Length}");
    }

    [TestMethod]
    public void Status_that_is_cleared_does_not_end_the_pause_after_a_failure()
    {
        var book = new EnrollmentBook(EnrollmentRulesReader.Read(Rules(All)), EnrollmentLog.Open(null)) { Pause = TimeSpan.FromHours(1) };
        book.Take(Status(Id));
        book.End(book.Begin(1).Single().Applicant, (one, now) => one.Fail("it does not respond", now));
        book.Take(new Message($"{Claims}/{Id}/status", [], false));
        Assert.IsEmpty(book.Begin(1));
        Assert.AreEqual(Stage.Away, book.Of(Id)!.Stage);
        book.Take(Status(Id));
        Assert.IsEmpty(book.Begin(1));
    }

    [TestMethod]
    public void Device_that_ends_again_and_again_has_one_line_in_the_log()
    {
        string path = Path.Combine(_folder.FullName, "log");
        for (int run = 0; run < 2; run++)
        {
            EnrollmentLog log = EnrollmentLog.Open(path);
            log.Add(Id, EnrollmentLog.Enrolled, Site, null);
            log.Add(Id, EnrollmentLog.Enrolled, Site, null);
        }

        Assert.HasCount(1, File.ReadAllLines(path));
    }

    [TestMethod]
    public async Task Server_whose_output_is_closed_ends()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{{ dotnet '{Tool.Dll}' enroll serve '{Rules(All)}' --by-hand --json; echo exit=$? >&2; }} | head -n 1"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["M2M_BROKER"] = broker.Url;
        using Process pipe = Process.Start(start)!;
        Task<string> saying = pipe.StandardError.ReadToEndAsync();

        // It is noticed at the next write.
        for (int i = 0; i < 600 && !saying.IsCompleted; i++)
        {
            string id = $"esp32-{i:x12}";
            await RetainAsync(broker, $"{Claims}/{id}/status", Waiting(id));
            await Task.WhenAny(saying, Task.Delay(100));
        }

        if (!saying.IsCompleted)
        {
            pipe.Kill(entireProcessTree: true);
            Assert.Fail("it goes on");
        }

        StringAssert.Contains(await pipe.StandardOutput.ReadToEndAsync(), "\"state\":\"asking\"");
        StringAssert.EndsWith(await saying, "exit=0\n");
    }

    [TestMethod]
    public async Task Key_does_not_leave_this_computer_without_tls()
    {
        Ran ran = await Tool.RunAsync(null, "enroll", "serve", Rules(All), "--broker", "mqtt://broker.example");
        Assert.AreEqual(2, ran.ExitCode);
        StringAssert.Contains(ran.Error, "mqtt://broker.example:1883 is without TLS: private keys of devices must not go there in the clear");
    }

    private static async Task<FakeDevice> StartAsync(ITestBroker broker, string id = Id, string? status = null, string brokers = Secure)
    {
        FakeDevice device = await FakeDevice.StartAsync(broker, id, Claims, status ?? Waiting(id));
        device.Methods["settings.get"] = _ => $$"""{"revision":1,"values":{"broker":{{brokers}} } }""";
        device.Methods["credentials.list"] = _ => """{"credentials":[{"name":"fleet","kind":"ca","sha256":"00","inUse":true},{"name":"own","kind":"client","sha256":"01","inUse":true}]}""";
        device.Methods["credentials.set"] = parameters => $$"""{"name":"{{parameters["name"]}}"}""";
        device.Methods["settings.set"] = _ => """{"revision":2,"results":{"broker":"trial"}}""";
        return device;
    }

    private static JsonNode? Last(FakeDevice device, string method) => device.Requests.LastOrDefault(request => (string?)request["method"] == method);

    private static string Online(string id) => $$"""{"state":"online","id":"{{id}}","version":"1","boot":1}""";

    private static string Waiting(string id) => $$"""{"state":"online","id":"{{id}}","version":"1","boot":1,"enrolled":false}""";

    private static Message Status(string id, string? said = null) => new($"{Claims}/{id}/status", Encoding.UTF8.GetBytes(Waiting(said ?? id)), false);

    private static async Task RetainAsync(ITestBroker broker, string topic, string payload)
    {
        Assert.IsTrue(BrokerAddress.TryParse(broker.Url, out BrokerAddress? address));
        await using BrokerConnection connection = await BrokerConnection.OpenAsync(address, null, Tool.Patience, BrokerConnection.NewName(), CancellationToken.None);
        await connection.PublishAsync(topic, Encoding.UTF8.GetBytes(payload), CancellationToken.None, isRetained: true);
    }

    // With an authority beside it.
    private string Rules(string text)
    {
        string folder = Path.Combine(_folder.FullName, "ca");
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            using CertificateAuthority authority = CertificateAuthority.Create("test", DateTimeOffset.UtcNow, TimeSpan.FromDays(30));
            File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.CertificatePem);
            File.WriteAllText(Path.Combine(folder, "ca.key"), authority.KeyPem);
        }

        string path = Path.Combine(_folder.FullName, "rules.json");
        File.WriteAllText(path, text);
        return path;
    }
}
