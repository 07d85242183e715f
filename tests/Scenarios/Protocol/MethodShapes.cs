using System.Text.Json.Nodes;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Updates;
using static Scenarios.Protocol.Shape;

namespace Scenarios.Protocol;

/// <summary>Types of params and shapes of results, described by hand: the device knows names and meanings of params only.</summary>
internal static class MethodShapes
{
    private static (string Name, JsonObject Shape)[] None => [];

    private static JsonObject Revision => Record(("revision", Count), ("results", Map(Words("unchanged", "applied", "reconnect", "trial", "restart"))));

    private static JsonObject Sleeps => Flag.Says("whether the device sleeps between its measurements");

    public static IReadOnlyDictionary<string, (JsonObject Params, JsonObject Result)> All => new Dictionary<string, (JsonObject, JsonObject)>
    {
        ["ping"] = Method(None, Record(("uptime", Seconds), ("time?", Epoch))),
        ["methods"] = Method(None, Map(Map(Text)).Says("each method with the meaning of its params")),
        ["info"] = Method(None, Ref("info")),
        ["health"] = Method(None, Ref("health")),
        ["read"] = Method([("channels?", ListOf(Text, 1)), ("maxAge?", Integer(0, 86400).Unit("s"))], AnyOf(Ref("pack"), Ref("flat"))),
        ["history.read"] = Method(
            [("from?", Integer()), ("to?", Integer()), ("channels?", ListOf(Text, 1)), ("limit?", Integer(1, 100)), ("after?", Count)],
            Record(("pack", Ref("pack")), ("next?", Count))),
        ["log.read"] = Method(
            [("level?", Words(LogLevel.Off)), ("limit?", Integer(1, 50)), ("before?", Integer(1))],
            Record(("lines", ListOf(Ref("logLine"))), ("next?", Count), ("unpublished?", Count))),
        ["sensors.list"] = Method([("after?", Text)], Record(("sensors", ListOf(Sensor)), ("next?", Text))),
        ["network.scan"] = Method(None, Record(("networks", ListOf(Record(("ssid", Text), ("signal", Integer().Unit("dBm"))), max: 20)))),
        ["inputs.list"] = Method(None, Record(("inputs", ListOf(Input, max: 8)))),
        ["children.list"] = Method(
            [("after?", Text)],
            Record(
                ("children", ListOf(
                    Record(("name", Text), ("age?", Seconds.Says("since its last answer")), ("lost?", Flag),
                        ("unknown?", Count.Says("names in lines that no channel has")), ("sentences?", Count.Says("GGA and RMC that were taken")), ("refused?", Count.Says("lines, sentences and values")),
                        ("values", Map(AnyOf(Number, new JsonObject { ["type"] = "null" })))),
                    max: 16)),
                ("next?", Text))),
        ["children.set"] = Method([("channel", Text.Says("child_channel")), ("value", Number)], Record(("queued", Flag.Says("an event follows")))),
        ["sensors.calibrate"] = Method(
            [("channel", Text), ("reference?", Number), ("offset?", Number), ("gain?", Number)],
            Record(("channel", Text), ("offset", Number), ("gain", Number), ("value?", Number))),
        ["actuators.list"] = Method(
            None,
            Map(Record(
                ("available", Flag), ("on?", Flag), ("level?", Level), ("fault?", Text), ("kind?", Words("level", "pulse")), ("safe", Flag), ("limit", Seconds),
                ("seconds?", Seconds), ("earlyEnds?", Count)))),
        ["actuators.set"] = Method(
            [("name", Text), ("on?", Flag), ("level?", Level), ("seconds?", Integer(1, 86400).Unit("s")), ("ms?", Integer(1, 60000).Unit("ms"))],
            Record(("on", Flag), ("level?", Level), ("seconds?", Seconds))),
        ["identify"] = Method([("seconds?", Integer(1, 60).Unit("s"))], Record(("seconds", Seconds))),
        ["settings.get"] = Method(
            [("keys?", ListOf(Text, 1, 32)), ("after?", Text)],
            Record(("revision", Count), ("values", Ref("settings")), ("next?", Text))),
        ["settings.schema"] = Method([("after?", Text)], Record(("settings", ListOf(Setting)), ("next?", Text))),
        ["settings.set"] = Method([("values", Ref("settingsChange")), ("revision?", Integer())], Revision),
        ["settings.reset"] = Method([("keys", ListOf(Text, 1, 32)), ("revision?", Integer())], Revision),
        ["power.stayAwake"] = Method([("seconds", Integer(0, 600).Unit("s"))], Record(("sleeps", Sleeps), ("seconds", Seconds))),
        ["power.endOfQueue"] = Method(None, Record(("sleeps", Sleeps))),
        ["update.offer"] = Method(
            [("manifest", Text), ("signature", Text), ("force?", Flag)],
            Record(("state", Words<UpdateState>()), ("version", Text), ("result?", Ref("updateResult")), ("reason?", Text))),
        ["update.status"] = Method(None, Ref("update")),
        ["update.cancel"] = Method(None, Ref("update")),
        ["update.confirm"] = Method(None, Ref("update")),
        ["update.revert"] = Method(None, Ref("update")),
        ["credentials.set"] = Method(
            [("name", CredentialName), ("kind", CredentialKind), ("part?", Integer(0, 3)), ("parts?", Integer(1, 4)), ("data", Text.Says("PEM, or the base64 of one DER certificate; at most 3072 bytes"))],
            AnyOf(Credential, Record(("name", CredentialName), ("received", Count), ("parts", Count)))),
        ["credentials.list"] = Method(None, Record(("credentials", ListOf(Credential, max: 8)))),
        ["credentials.remove"] = Method([("name", CredentialName)], Record(("removed", Flag))),
        ["rules.list"] = Method(
            None,
            Record(("rules", ListOf(Record(("rule", Text), ("state", Words("new", "inactive", "active", "stale", "suspended")), ("why?", Text), ("fault?", Text), ("firings", Count), ("since", Seconds)), max: 16)), ("refused?", Text), ("unreported", Count))),
        ["rules.test"] = Method(
            [("rule", Text), ("values?", Map(AnyOf(Number, Flag, new JsonObject { ["type"] = "null" }))), ("time?", Epoch)],
            Record(("rule", Text), ("state", Words("inactive", "active", "stale")), ("why?", Text), ("actions", ListOf(new JsonObject { ["type"] = "object" }, max: 4)))),
        ["factoryReset"] = Method([("confirm", Text.Says("the device id"))], Record(("factoryReset", Const("accepted")))),
        ["restart"] = Method(None, Record(("restart", Const("accepted")))),
    };

    private static JsonObject CredentialName => new() { ["type"] = "string", ["pattern"] = "^[a-z0-9-]{1,16}$" };

    private static JsonObject CredentialKind => Words("ca", "client");

    private static JsonObject Credential => Record(
        ("name", CredentialName),
        ("kind", CredentialKind),
        ("sha256", new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-f]{64}$" }),
        ("notBefore", Integer().Says("seconds since 1970")),
        ("notAfter", Integer().Says("seconds since 1970")),
        ("inUse", Flag.Says("whether an entry of broker names it")));

    private static JsonObject Sensor => Record(
        ("name", Text),
        ("model", Text),
        ("present", Flag),
        ("channels", ListOf(Record(
            ("name", Text),
            ("unit?", Text),
            ("decimals?", Count.Says("absent for a channel that is true or false")),
            ("value?", Value),
            ("age?", Seconds),
            ("fault?", Text),
            ("alarm", Words<AlarmState>()),
            ("gain?", Number),
            ("offset?", Number)))));

    private static JsonObject Value => AnyOf(Number, Flag);

    private static JsonObject Input => Record(
        ("name", Text),
        ("kind", Words("contact", "pulse", "analog", "onewire")),
        ("pin?", Count),
        ("address?", Text),
        ("channel?", Text.Says("where it is not the name of the input")),
        ("value?", Value),
        ("unit?", Text),
        ("age?", Seconds),
        ("fault?", Text),
        ("on?", Flag),
        ("changes?", Count.Says("of a contact since the start")),
        ("pulses?", Count.Says("of a meter, since its first start")),
        ("countsAsleep?", Flag.Says("of a meter of a device that sleeps: whether its pulses wake it")),
        ("millivolts?", Count.Unit("mV")));

    private static JsonObject Setting => Record(
    [
        ("name", Text),
        .. SettingForm,
        ("members?", ListOf(Record([("name", Text), .. SettingForm]))),
        ("default?", []),
        ("required?", Flag),
        ("effect", Words("now", "reconnect", "trial", "restart")),
    ]);

    private static (string Name, JsonObject Shape)[] SettingForm =>
    [
        ("type", Words("integer", "number", "boolean", "choice", "string", "list", "table", "object")),
        ("unit?", Text),
        ("choices?", TextList),
        ("min?", Number),
        ("max?", Number),
        ("decimals?", Count),
        ("secret?", Flag),
    ];

    private static (JsonObject Params, JsonObject Result) Method((string Name, JsonObject Shape)[] parameters, JsonObject result) =>
        (Record([.. parameters, ("spread?", Ref("spread"))]), result);
}
