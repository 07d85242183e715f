using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Security;

namespace Scenarios.Enrollment;

/// <summary>What fails half-way, what the rules refuse, and what lies.</summary>
[TestClass]
public sealed class EnrollmentFailureTests
{
    [TestMethod]
    public async Task Device_whose_certificate_the_broker_refuses_is_as_it_was_and_is_enrolled_when_that_is_put_right()
    {
        await using EnrollmentBench bench = await EnrollmentBench.StartAsync();
        SimulatedDevice device = bench.Boot();
        bench.ComeOnline(device);

        // An authority that the broker does not know.
        string rules = bench.Rules();
        new TestAuthority("other CA").WriteFolder(bench.Path("other-ca"));
        string wrong = bench.Write("wrong.json", (await File.ReadAllTextAsync(rules)).Replace("devices-ca", "other-ca", StringComparison.Ordinal));
        await using (EnrollmentBench.Operator server = bench.Serve(wrong))
        {
            bench.Until(() => server.Out.Contains("failed m2m/hall it went back: not online within 120 s", StringComparison.Ordinal), "it does not fail", () => server.Out + server.Error);
            bench.Until(() => bench.IsWaiting(device), "it does not announce itself again", () => server.Out);
        }

        await using EnrollmentBench.Operator right = bench.Serve(rules);
        bench.Until(() => bench.IsEnrolled(device), "it is not enrolled", () => right.Out + right.Error);
    }

    [TestMethod]
    public async Task Device_that_loses_power_on_trial_is_enrolled_or_tried_again()
    {
        await using EnrollmentBench bench = await EnrollmentBench.StartAsync();
        SimulatedDevice[] devices = [.. Enumerable.Range(1, 8).Select(number => bench.Boot(number))];
        bench.ComeOnline(devices);
        await using EnrollmentBench.Operator server = bench.Serve(bench.Rules());
        foreach (SimulatedDevice device in devices)
        {
            // Somewhere between the first request and the site: later for each.
            int requests = Array.IndexOf(devices, device) / 2;
            bench.Until(() => Answers(bench, device) > requests || bench.IsEnrolled(device), "nothing happens", () => server.Out + server.Error);
            device.CutPower();
            device.Restart();
        }

        bench.Until(() => Array.TrueForAll(devices, device => bench.IsEnrolled(device)), "not all are enrolled", () => server.Out + server.Error);
    }

    [TestMethod]
    public async Task Settings_that_the_device_refuses_leave_it_as_it_was_and_are_reported()
    {
        await using EnrollmentBench bench = await EnrollmentBench.StartAsync();
        SimulatedDevice device = bench.Boot();
        bench.ComeOnline(device);
        await using EnrollmentBench.Operator server = bench.Serve(bench.Rules("""{"match":"*","site":"m2m/hall","settings":{"interval":0,"intervall":7}}"""));
        bench.Until(() => server.Out.Contains("failed m2m/hall settings.set: ", StringComparison.Ordinal), "it is not reported", () => server.Out + server.Error);
        StringAssert.Contains(server.Out, "interval: must be");
        StringAssert.Contains(server.Out, "intervall: ");
        bench.Until(() => Answers(bench, device) >= 5, "the credential is not removed", () => server.Out);
        await server.KillAsync();
        Assert.IsTrue(bench.IsWaiting(device));
        Assert.AreEqual("bootstrap fleet", await bench.CredentialsAsync(device, "m2m/enroll"));
    }

    [TestMethod]
    public async Task Rules_refuse_ask_and_limit_and_the_list_says_so()
    {
        await using EnrollmentBench bench = await EnrollmentBench.StartAsync();
        SimulatedDevice[] devices = [.. Enumerable.Range(1, 5).Select(number => bench.Boot(number))];
        bench.ComeOnline(devices);
        string rules = bench.Rules($$"""
            {"device":"{{devices[0].Id}}","approve":"no"},
            {"device":["{{devices[1].Id}}"],"site":"m2m/hall","approve":"ask"},
            {"match":"*3","site":"m2m/hall"},
            {"match":"esp32-?????????0*4","site":"m2m/hall","limit":1}
            """);
        await using EnrollmentBench.Operator server = bench.Serve(rules);
        bench.Until(() => bench.IsEnrolled(devices[2]) && bench.IsEnrolled(devices[3]), "what is approved is not enrolled", () => server.Out + server.Error);
        (int exitCode, string list, _) = await bench.RunAsync("enroll", "list", rules, "--json");
        Assert.AreEqual(0, exitCode);
        string[] said = [.. JsonDocument.Parse(list).RootElement.EnumerateArray().Select(one => $"{one.GetProperty("state")} {(one.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : string.Empty)}".Trim())];
        CollectionAssert.AreEqual(new[] { "refused rule 1 says no", "asking", "refused no rule is for it" }, said, list);
        Assert.IsTrue(bench.IsWaiting(devices[0]) && bench.IsWaiting(devices[1]) && bench.IsWaiting(devices[4]));
        Assert.AreEqual("bootstrap fleet", await bench.CredentialsAsync(devices[1], "m2m/enroll"));

        // The limit counts who is in the site.
        SimulatedDevice fifth = bench.Boot(0x14);
        bench.ComeOnline(fifth);
        bench.Until(() => server.Out.Contains($"{fifth.Id} refused rule 4: m2m/hall has its limit of 1 devices", StringComparison.Ordinal), "the limit does not hold", () => server.Out);

        (exitCode, string approved, string error) = await bench.RunAsync("enroll", "approve", devices[1].Id, rules);
        Assert.AreEqual((0, $"{devices[1].Id} is enrolled in m2m/hall"), (exitCode, approved.Trim()), error);
        (exitCode, _, error) = await bench.RunAsync("enroll", "approve", devices[0].Id, rules);
        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, $"{devices[0].Id} is not enrolled: rule 1 says no");
    }

    [TestMethod]
    public async Task Device_under_the_id_of_one_that_is_enrolled_gets_nothing()
    {
        await using EnrollmentBench bench = await EnrollmentBench.StartAsync();
        SimulatedDevice device = bench.Boot();
        bench.ComeOnline(device);
        string rules = bench.Rules();
        await using EnrollmentBench.Operator server = bench.Serve(rules);
        bench.Until(() => bench.IsEnrolled(device), "it is not enrolled", () => server.Out + server.Error);

        // It ends, and another board says that it is it.
        device.Stop();
        bench.Until(() => bench.Status(device, "m2m/hall")?.Text.Contains("\"offline\"", StringComparison.Ordinal) == true, "it does not leave", () => server.Out);
        SimulatedDevice other = bench.Boot();
        bench.ComeOnline(other);
        bench.Until(() => server.Out.Contains("asking m2m/hall it was enrolled before: m2m/hall (offline)", StringComparison.Ordinal), "it is not asked for", () => server.Out + server.Error);
        Assert.AreEqual("bootstrap fleet", await bench.CredentialsAsync(other, "m2m/enroll"));

        // It is the same one, set back: an operator says so.
        (int exitCode, _, string error) = await bench.RunAsync("enroll", "approve", other.Id, rules);
        Assert.AreEqual(0, exitCode, error);
        Assert.IsTrue(bench.IsEnrolled(other));
    }

    private static int Answers(EnrollmentBench bench, SimulatedDevice device) =>
        bench.Bench.Client.Messages.Count(message => message.Topic.StartsWith($"m2m/enroll/{device.Id}/response/", StringComparison.Ordinal));
}
