using System.Text.Json.Nodes;
using Firmware.Diagnostics;
using Firmware.Sensing;
using Firmware.Sleep;
using Firmware.Updates;
using static Scenarios.Protocol.Shape;

namespace Scenarios.Protocol;

/// <summary>The events, described by hand: their members exist only as code that writes them.</summary>
internal static class EventShapes
{
    private static readonly string[] ReadingFaults =
        [Plausibility.NotValid, Plausibility.OutOfRange, Plausibility.Saturated, Plausibility.TooFast, Plausibility.Stuck];

    public static IEnumerable<(string Type, string Summary, JsonObject Shape)> All =>
    [
        Event("sensor-fault", "A sensor is missing or stops responding.", ("sensor", Text.Says("\"none\": no sensor at all")), ("reason", Text)),
        Event("sensor-recovered", "The sensor measures again.", ("sensor", Text)),
        Event("reading-fault", "A value of a channel is implausible; it is not sent.", ("channel", Text), ("reason", Words(ReadingFaults))),
        Event("reading-recovered", "The values of the channel are plausible again.", ("channel", Text)),
        Event("alarm", "A value passed a threshold.", ("channel", Text), ("state", Words<AlarmState>()), ("value", AnyOf(Number, Flag)), ("limit", Number)),
        Event("disagreement", "Two sensors of one quantity differ by more than the setting permits.", Pair),
        Event("agreement", "Two sensors that disagreed agree again.", Pair),
        Event("outbox-full", "Readings were dropped because the outbox was full.", ("reason", Text.Says("how many"))),
        Event("messages-dropped", "Requests and other messages found no room; at most once a minute.", ("reason", Text.Says("how many"))),
        Event("time-doubted", "A time server, or a child that is a receiver of satellite navigation, gave a time that cannot be; the clock is not set to it.", ("child?", Text), ("reason", Text)),
        Event("time-missing", "A broker with TLS is not connected to, because the time is not known; once until it is.", ("reason", Text)),
        Event("credential-expires", "A credential that the device uses expires within 30 days; once for each.", ("credential", Text), ("expires", Epoch), ("reason", Text)),
        Event("factory-reset", "The device restarts, and then erases itself.", ("reason", Text)),
        Event("setup-opened", "The access point for the set-up is open.", ("reason", Text)),
        Event("setup-closed", "The access point for the set-up closes.", ("reason", Text)),
        Event("setup-failed", "The access point for the set-up could not be opened.", ("reason", Text)),
        Event("boot", "The device starts, except after a deep sleep.", [("boot", Count), ("wake", Text), ("safeMode", Flag), .. BootRecord]),
        Event(
            "battery",
            "The state of the battery changed.",
            ("state", Words<BatteryState>()), ("millivolts", Count.Unit("mV")), ("percent", Integer(0, 100).Unit("%"))),
        Event(
            "settings",
            "A trial of settings ended.",
            ("state", Words("confirmed", "rolled-back")), ("revision", Count), ("reason?", Text), ("request?", Ref("id")), ("from?", Ref("client"))),
        Event("settings-fault", "The settings file has a fault.", ("path", Text), ("reason", Text)),
        Event("input", "A contact has changed.", ("input", Text), ("on", Flag)),
        Event("input-fault", "The pin of an input cannot be used.", ("input", Text), ("reason", Text)),
        Event("child-fault", "A child does not answer, or refuses what it is asked.", ("child", Text), ("reason", Text)),
        Event("child-recovered", "The child answers again, and refuses nothing.", ("child", Text)),
        Event("child-written", "A register of a child was written.", ("channel", Text)),
        Event("actuator", "An actuator is switched.", ("actuator", Text), ("on", Flag), ("level?", Level), ("reason", Text)),
        Event("actuator-fault", "The pin of an actuator cannot be used.", ("actuator", Text), ("reason", Text)),
        Event("actuator-recovered", "The pin of an actuator works again.", ("actuator", Text)),
        Event(
            "rule",
            "A rule has fired: its state has changed, and there are actions for the new one.",
            ("rule", Text), ("state", Words("inactive", "active", "stale")), ("reason?", Text.Says("the condition that decided")), ("event?", Text), ("text?", Text)),
        Event("rule-fault", "An action of a rule that was set is never carried out.", ("rule", Text), ("reason", Text)),
        Event("rule-loop", "A rule was active too often and is suspended for 10 minutes.", ("rule", Text), ("reason", Text)),
        Event(
            "rule-request",
            "A request of a rule to another device has ended.",
            ("rule", Text), ("device", Text), ("method", Text), ("state", Words("done", "refused", "late", "dropped")), ("reason?", Text), ("result?", new JsonObject())),
        Event("mqtt-version", "The broker is used with another version of MQTT than the setting says, until the next start.", ("version", Text), ("reason", Text)),
        Event("subscription-refused", "The broker refuses a subscription; it is tried again with growing pauses.", ("filter", Text), ("reason", Text)),
        Event("subscription-recovered", "A subscription that was refused is granted.", ("filter", Text)),
        Event("telemetry-refused", "Telemetry is acknowledged and does not reach subscribers; the readings stay.", ("topic", Text), ("reason", Text)),
        Event("telemetry-recovered", "Telemetry reaches subscribers.", ("topic", Text)),
        Event("retain-refused", "The broker retains no messages: presence and discovery are published without.", ("reason", Text)),
        Event("message-too-large", "A message was dropped because the broker does not take packets of its size.", ("topic", Text), ("reason", Text)),
        Event(
            "security",
            "What may mean an attack; what follows of the same reason within a minute, or ten, is only counted.",
            ("reason", Words("request-refused", "update-signature", "credentials-changed", "broker-refused", "broker-ended", "safe-mode", Firmware.Diagnostics.BootRecord.WatchdogWake)),
            ("detail?", Text),
            ("suppressed?", Count.Says("how many more of this reason since its last event"))),
        Event("update", "An update makes progress.", UpdateMembers),
    ];

    /// <summary>Members of the boot record, in the event and in <c>info</c>.</summary>
    public static (string Name, JsonObject Shape)[] BootRecord =>
    [
        ("stage", Words<BootStage>()),
        ("lastStage?", Words<BootStage>()),
        ("previousWakeCause?", Text),
        ("cleanShutdown?", Flag),
        ("lastEnd?", Text),
        ("crashLoopCount", Count),
        ("knownGoodRevision", Count),
        ("exception?", Record(("type?", Text), ("message?", Text), ("where?", Text), ("boot", Count), ("uptime", Seconds))),
    ];

    private static (string Name, JsonObject Shape)[] Pair =>
        [("channel", Text), ("value", Number), ("other", Text), ("otherValue", Number), ("limit", Number)];

    private static (string Name, JsonObject Shape)[] UpdateMembers =>
    [
        ("state", Words(UpdateState.Idle, UpdateState.Verifying)),
        ("version?", Text),
        ("blocks?", Count),
        ("of?", Count),
        ("gate?", Words(UpdateGate.None)),
        ("result", Ref("updateResult")),
        ("reason?", Text),
        ("request?", Ref("id")),
        ("from?", Ref("client")),
    ];

    private static (string Type, string Summary, JsonObject Shape) Event(string type, string summary, params (string Name, JsonObject Shape)[] members) =>
        (type, summary, Record([("type", Const(type)), .. members, ("time?", Epoch)]));
}
