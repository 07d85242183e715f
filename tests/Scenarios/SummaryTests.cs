using System.Globalization;
using System.Text;
using System.Text.Json;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using MQTTnet.Protocol;
using Scenarios.Harness;

namespace Scenarios;

/// <summary>The figures at the end of a run.</summary>
[TestClass]
public sealed class SummaryTests
{
    private const string Head = "\"bn\":\"urn:dev:mac:020000fffe000001_\"";

    [TestMethod]
    public async Task The_last_line_is_the_summary()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(601, "--interval", "60");

        Assert.AreEqual(0, outcome.ExitCode);
        string[] members = [.. outcome.Summary.EnumerateObject().Select(member => member.Name)];
        CollectionAssert.AreEqual(
            new[] { "type", "device", "time", "readings", "sent", "acknowledged", "lost", "unseen", "duplicates", "dropped", "reconnects", "outbox", "cut" }, members);
        Assert.AreEqual("native-sim", outcome.Summary.GetProperty("device").GetString());
        AssertFigures(outcome, readings: 11, lost: 0, duplicates: 0, reconnects: 0, outbox: 0);
    }

    [TestMethod]
    public async Task An_outage_costs_reconnections_and_nothing_else()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(
            7_201, "--interval", "60", "--fault", "wifi@1000+300", "--fault", "broker@3000+300");

        AssertFigures(outcome, readings: 121, lost: 0, duplicates: 0, reconnects: 2, outbox: 0);
    }

    [TestMethod]
    public async Task Readings_that_a_full_outbox_gives_up_are_dropped_and_not_lost()
    {
        string settings = Path.GetTempFileName();
        await File.WriteAllTextAsync(settings, """{"outbox":{"size":4096}}""");

        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(10_001, "--settings", settings, "--fault", "broker@1000+5000");
        File.Delete(settings);

        string text = outcome.Summary.ToString();
        Assert.AreEqual(1001, outcome.Figure("readings"), text);
        Assert.IsInRange(300, 500, outcome.Figure("dropped"), text);
        Assert.AreEqual(0, outcome.Figure("lost"), text);
        Assert.AreEqual(0, outcome.Figure("outbox"), text);
        Assert.AreEqual(0, outcome.Figure("cut"), text);
    }

    [TestMethod]
    public async Task Readings_that_wait_at_the_end_are_in_the_outbox_and_not_lost()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(2_001, "--fault", "broker@1005");

        AssertFigures(outcome, readings: 201, lost: 0, duplicates: 0, reconnects: 0, outbox: 100);
    }

    [TestMethod]
    public async Task Readings_that_went_with_the_power_are_cut_and_not_lost()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(
            20_000, "--interval", "5", "--fault", "broker@600+600/3000", "--fault", "power=7:3@900+30/2000");

        string text = outcome.Summary.ToString();
        Assert.IsInRange(1, 50, outcome.Figure("cut"), text);
        Assert.AreEqual(0, outcome.Figure("lost"), text);
        Assert.AreEqual(0, outcome.Figure("dropped"), text);
    }

    [TestMethod]
    public async Task Readings_with_the_same_time_after_the_clock_was_put_back_are_two()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(8_000, "--interval", "1", "--fault", "clock=400");

        AssertFigures(outcome, readings: 8001, lost: 0, duplicates: 0, reconnects: 0, outbox: 0);
    }

    [TestMethod]
    public async Task At_an_external_broker_a_subscriber_sees_what_arrives()
    {
        await using var broker = new MqttnetBroker();
        await broker.StartAsync();

        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(
            3_601, "--interval", "60", "--broker", string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{broker.Port}"), "--fault", "broker@1000+300");

        AssertFigures(outcome, readings: 61, lost: 0, duplicates: 0, reconnects: 1, outbox: 0);
    }

    [TestMethod]
    public async Task At_a_broker_that_refuses_MQTT_5_the_subscriber_sees_as_much()
    {
        await using var broker = new MqttnetBroker { RefusalOf5 = MqttConnectReasonCode.UnsupportedProtocolVersion };
        await broker.StartAsync();

        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(601, "--interval", "60", "--broker", ((ITestBroker)broker).Url);

        AssertFigures(outcome, readings: 11, lost: 0, duplicates: 0, reconnects: 0, outbox: 0);
        Assert.AreEqual(0, outcome.Figure("unseen"));
    }

    [TestMethod]
    [DataRow("5", "bad user name or password (reason 134)")]
    [DataRow("3.1.1", "bad user name or password (reason 4)")]
    public async Task A_broker_that_does_not_let_the_subscriber_in_is_named_with_its_reason(string version, string reason)
    {
        await using var broker = new MqttnetBroker { Password = "secret" };
        await broker.StartAsync();

        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync(
            "--json", "--duration", "1", "--mqtt", version, "--broker", string.Create(CultureInfo.InvariantCulture, $"mqtt://me:wrong@127.0.0.1:{broker.Port}"));

        string text = outcome.Of("observer").Single().GetProperty("text").GetString()!;
        StringAssert.Contains(text, reason);
        Assert.IsFalse(text.Contains("wrong", StringComparison.Ordinal), text);
        Assert.AreEqual(JsonValueKind.Null, outcome.Summary.GetProperty("lost").ValueKind);
        Assert.AreEqual(JsonValueKind.Null, outcome.Summary.GetProperty("unseen").ValueKind);
    }

    [TestMethod]
    public async Task The_summary_without_JSON_is_a_line_for_people()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync("--speed", "max", "--duration", "61", "--interval", "60");

        StringAssert.Contains(outcome.Output[^1], " native-sim summary readings 2, sent 2, acknowledged 2, lost 0, ");
    }

    [TestMethod]
    public void A_reading_that_was_acknowledged_and_has_not_arrived_is_missing()
    {
        var log = new DeliveryLog();
        Send(log, 1, Pack(1, 1000, 0));
        Send(log, 2, Pack(2, 1000, 60, 120));
        log.Acknowledged(1);
        log.Acknowledged(2);
        log.Arrived(Pack(1, 1000, 0));

        Assert.AreEqual(2, log.AcknowledgedOnly);
        log.Arrived(Pack(2, 1000, 60, 120));
        Assert.AreEqual(0, log.AcknowledgedOnly);
        Assert.AreEqual(3, log.ReadingsArrived);
    }

    [TestMethod]
    public void A_reading_that_the_observer_may_have_missed_is_unseen_and_not_lost()
    {
        var log = new DeliveryLog();
        Send(log, 1, Pack(1, 1000, 0));
        Send(log, 2, Pack(2, 1000, 10));
        log.Acknowledged(1);
        log.Missed();
        log.Acknowledged(2);
        Send(log, 3, Pack(3, 1000, 20));
        log.Acknowledged(3);

        Assert.AreEqual((1, 2), (log.AcknowledgedOnly, log.Unseen), "what is sent later must arrive");
        log.Arrived(Pack(1, 1000, 0));
        log.Arrived(Pack(3, 1000, 20));
        Assert.AreEqual((0, 1), (log.AcknowledgedOnly, log.Unseen), "what comes after all is seen");
    }

    [TestMethod]
    [DataRow("""{"seq":7,"temperature":21.5,"time":1000}""")]
    [DataRow("""{"seq":7,"temperature":21.5,"age":3}""")]
    [DataRow("""{"seq":7,"temperature":21.5,"timeUnknown":true}""")]
    public void A_plain_JSON_message_is_one_reading(string message)
    {
        var log = new DeliveryLog();
        Send(log, 1, Encoding.UTF8.GetBytes(message));
        log.Acknowledged(1);
        Assert.AreEqual(1, log.AcknowledgedOnly);

        log.Arrived(Encoding.UTF8.GetBytes(message));

        Assert.AreEqual(0, log.AcknowledgedOnly);
        Assert.AreEqual(1, log.ReadingsArrived);
    }

    [TestMethod]
    public void A_pack_that_arrives_twice_counts_its_readings_as_duplicates()
    {
        var log = new DeliveryLog();
        Send(log, 1, Pack(7, 1000, 0, 10));
        log.Arrived(Pack(7, 1000, 0, 10));
        log.Connecting();
        Send(log, 1, Pack(7, 1000, 0, 10));
        log.Arrived(Pack(7, 1000, 0, 10));
        log.Acknowledged(1);

        Assert.AreEqual(2, log.Duplicates);
        Assert.AreEqual(2, log.PacksSent);
        Assert.AreEqual(1, log.PacksAcknowledged);
        Assert.AreEqual(2, log.ReadingsAcknowledged);
    }

    [TestMethod]
    public void A_pack_without_a_base_time_that_comes_again_with_one_is_the_same()
    {
        var log = new DeliveryLog();
        Send(log, 1, Pack(3, null, -20, -10));
        log.Arrived(Pack(3, null, -20, -10));
        Send(log, 2, Pack(3, 5000, 0, 10));
        log.Arrived(Pack(3, 5000, 0, 10));

        Assert.AreEqual(2, log.ReadingsSent);
        Assert.AreEqual(2, log.Duplicates);
    }

    [TestMethod]
    public void Another_pack_with_a_number_that_was_used_before_is_not_the_same()
    {
        var log = new DeliveryLog();
        log.Arrived(Pack(3, 5000, 0));
        log.Arrived(Pack(3, 6000, 0));

        Assert.AreEqual(2, log.ReadingsArrived);
        Assert.AreEqual(0, log.Duplicates);
    }

    [TestMethod]
    public void An_answer_to_a_connection_that_is_gone_acknowledges_nothing()
    {
        var log = new DeliveryLog();
        Send(log, 1, Pack(1, 1000, 0));
        log.Connecting();
        log.Acknowledged(1);

        Assert.AreEqual(0, log.PacksAcknowledged);
    }

    [TestMethod]
    public void What_an_earlier_boot_had_acknowledged_is_acknowledged_again()
    {
        var log = new DeliveryLog();
        Send(log, 1, Pack(1, 1000, 0, 10));
        log.Acknowledged(1);
        Send(log, 2, Pack(1, 1000, 0, 10));
        log.Acknowledged(2);
        Assert.AreEqual(0, log.ReadingsAcknowledgedAgain);

        log.Booting();
        Send(log, 1, Pack(1, 1000, 0, 10));
        log.Acknowledged(1);

        Assert.AreEqual(2, log.ReadingsAcknowledged);
        Assert.AreEqual(2, log.ReadingsAcknowledgedAgain);
    }

    [TestMethod]
    public void What_the_flash_brings_back_does_not_hide_what_the_power_took()
    {
        // Of 5 readings 2 were acknowledged; those come back from the flash, and the 3 others were in RAM only.
        var balance = new ReadingBalance();
        balance.Note(missing: 0, again: 0);
        balance.NoteBoot(missing: 1, again: 0);
        Assert.AreEqual(0, balance.Lost);
        balance.Note(missing: 3, again: 2);

        Assert.AreEqual(3, balance.Cut);
        Assert.AreEqual(0, balance.Lost);
    }

    [TestMethod]
    public void What_goes_without_a_power_cut_is_lost_and_stays_lost_after_one()
    {
        var balance = new ReadingBalance();
        balance.Note(missing: 2, again: 0);
        Assert.AreEqual(2, balance.Lost);

        balance.NoteBoot(missing: 6, again: 0);

        Assert.AreEqual(2, balance.Lost);
        Assert.AreEqual(4, balance.Cut);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("[{\"n\":")]
    [DataRow("[{\"n\":5,\"v\":1}]")]
    [DataRow("garbage")]
    public void A_message_that_is_no_pack_is_ignored(string payload)
    {
        var log = new DeliveryLog();
        log.Arrived(Encoding.UTF8.GetBytes(payload));

        Assert.AreEqual(0, log.ReadingsArrived);
    }

    private static void AssertFigures(NativeSimProgram.Outcome outcome, int readings, int lost, int duplicates, int reconnects, int outbox)
    {
        string text = outcome.Summary.ToString();
        Assert.AreEqual(readings, outcome.Figure("readings"), text);
        Assert.AreEqual(outcome.Figure("sent"), outcome.Figure("acknowledged"), text);
        Assert.AreEqual(lost, outcome.Figure("lost"), text);
        Assert.AreEqual(duplicates, outcome.Figure("duplicates"), text);
        Assert.AreEqual(reconnects, outcome.Figure("reconnects"), text);
        Assert.AreEqual(outbox, outcome.Figure("outbox"), text);
        Assert.AreEqual(outcome.Of("telemetry").Count(), outcome.Figure("sent"), text);
    }

    private static void Send(DeliveryLog log, int id, byte[] pack) => Assert.AreEqual(id, log.Send(pack, () => id));

    private static byte[] Pack(int sequence, int? baseTime, params int[] times)
    {
        string bt = baseTime is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"\"bt\":{baseTime},");
        IEnumerable<string> records = times.Select(t => string.Create(CultureInfo.InvariantCulture, $$"""{"n":"temperature","u":"Cel","v":21.5,"t":{{t}}},{"n":"humidity","u":"%RH","v":40,"t":{{t}}}"""));
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""[{{{Head}},{{bt}}"n":"seq","v":{{sequence}}},{{string.Join(',', records)}}]"""));
    }
}
