using System.Text.Json.Nodes;
using Firmware.Messaging;
using Firmware.Updates;
using static Scenarios.Protocol.Shape;

namespace Scenarios.Protocol;

/// <summary>A message: its payload is null when it has none.</summary>
internal sealed record MessageShape(string Name, string Summary, JsonObject? Payload, string ContentType = "application/json");

/// <summary>The messages apart from events and requests, described by hand; the members that modules add are from the device.</summary>
internal static class MessageShapes
{
    private const string Bytes = "application/octet-stream";

    public static IEnumerable<MessageShape> Presence(IEnumerable<string> statusMembers) => Enum.GetValues<PresenceState>().Select(state =>
    {
        string word = Word(state.ToString(), '-');
        string summary = state switch
        {
            PresenceState.Online => "Connected.",
            PresenceState.Sleeping => "In deep sleep; it connects again at \"until\" at the latest.",
            PresenceState.Offline => "Disconnected in order: stop, restart.",
            _ => "The broker lost the connection: the will.",
        };
        IEnumerable<(string, JsonObject)> more = state switch
        {
            PresenceState.Online => [("seq?", Count.Says("number of the first telemetry pack of this run")), ("time?", Epoch), .. Members(statusMembers), Expiry, LostChildren, GivenName, Updating, NotEnrolled],
            PresenceState.Sleeping => [("until?", Epoch), ("time?", Epoch), .. Members(statusMembers), Expiry, LostChildren, GivenName, Updating, NotEnrolled],
            PresenceState.Offline => [("time?", Epoch)],
            _ => [],
        };
        return new MessageShape("presence." + word, summary, Record([("state", Const(word)), ("id", DeviceId), ("version", Text), ("boot", Count), .. more]));
    });

    /// <summary>The result of <c>info</c>: what is described here, and what modules add.</summary>
    public static JsonObject Info(IEnumerable<string> members, IEnumerable<string> counters)
    {
        (string Name, JsonObject Shape)[] own =
        [
            ("id", DeviceId),
            ("version", Text),
            ("board", Text),
            ("boot", Count),
            ("wake", Text),
            ("uptime", Seconds),
            ("time?", Epoch),
            ("timeAge?", Seconds),
            ("timeError?", Seconds),
            ("freeMemory", Count.Unit("B")),
            ("address?", Text),
            ("signal?", Integer(null, -1).Unit("dBm")),
            ("sensors", ListOf(Record(("name", Text), ("present", Flag), ("channels", TextList)))),
            ("outbox", Count),
            ("counters", Record(counters.Select(name => (name, Count)))),
            ("safeMode", Flag),
            ("bootRecord", Ref("bootRecord")),
            ("settingsRevision", Count),
            Expiry,
            LostChildren,
            GivenName,
            Updating,
            NotEnrolled,
        ];
        return Record([.. own, .. Members(members.Except(own.Select(member => member.Name.TrimEnd('?'))))]);
    }

    public static IEnumerable<MessageShape> Telemetry =>
    [
        new("telemetry.senml", "Readings as a SenML pack (RFC 8428).", DataShapes.Telemetry, "application/senml+json"),
        new("telemetry.json", "Readings of one time of measurement, with telemetry.format \"json\".", DataShapes.Flat(("seq", Count))),
    ];

    public static MessageShape Log => new("log", "A line of the log, with log.level.", Ref("logLine"));

    public static MessageShape Ping => new("ping", "Empty: whether the connection still works.", null, Bytes);

    public static MessageShape Get => new(
        "update.get",
        "Asks the update server for a block.",
        Record(("version", Text), ("block", Count), ("bad?", Count.Says("copies of this block that did not have its digest"))));

    public static MessageShape Block => new(
        "update.block",
        "The bytes of a block of an image.",
        new JsonObject { ["type"] = "string", ["format"] = "binary", ["maxLength"] = Manifest.BlockSize },
        Bytes);

    public static IEnumerable<MessageShape> Offer =>
    [
        new("update.manifest", "An update offered to all boards of one type.", Record(
            ("manifest", Text.Says("JSON text of at most 3328 bytes")),
            ("signature", Text.Says("base64 of the RSA signature over the bytes of the text")))),
        new("update.withdrawn", "Empty: the offer is withdrawn.", null, Bytes),
    ];

    public static MessageShape Removal => new("discovery.removed", "Empty: Home Assistant removes the entity.", null, Bytes);

    public static MessageShape ChannelEntity => Discovery("channel", "A channel of a sensor.",
    [
        ("stat_t", Const("~/telemetry")), ("dev_cla?", Text), ("unit_of_meas?", Text), ("stat_cla", Text), ("sug_dsp_prc", Count), ("exp_aft", Seconds),
        .. Availability,
    ]);

    public static MessageShape HealthEntity => Discovery("health", "A value of the device's health.",
        [("stat_t", Const("~/status")), ("dev_cla?", Text), ("unit_of_meas?", Text), ("stat_cla", Text), ("ent_cat", Const("diagnostic")), .. Availability]);

    public static MessageShape SwitchEntity => Discovery("switch", "An actuator.",
    [
        ("stat_t", Const("~/status")), ("stat_on", Text), ("stat_off", Text), ("cmd_t", Const("~/request")), ("pl_on", Text), ("pl_off", Text),
        ("qos", Integer(1, 1)), .. Availability,
    ]);

    public static MessageShape NumberEntity => Discovery("number", "An actuator that takes levels.",
        [("stat_t", Const("~/status")), ("cmd_t", Const("~/request")), ("cmd_tpl", Text), ("unit_of_meas", Text), ("min", Integer()), ("qos", Integer(1, 1)), .. Availability]);

    public static MessageShape ChildSensor => OfChild("childSensor", "A channel of a child of a gateway.",
        [("dev_cla?", Text), ("unit_of_meas?", Text), ("stat_cla", Text), ("sug_dsp_prc", Count), ("exp_aft", Seconds)]);

    public static MessageShape ChildSwitch => OfChild("childSwitch", "A register of a child that is written 1 and 0.",
    [
        ("cmd_t", Const("~/request")), ("stat_on", Const("1")), ("stat_off", Const("0")), ("pl_on", Text), ("pl_off", Text), ("qos", Integer(1, 1)),
    ]);

    public static MessageShape ChildNumber => OfChild("childNumber", "Another register of a child that may be written.",
    [
        ("cmd_t", Const("~/request")), ("cmd_tpl", Text), ("unit_of_meas?", Text), ("min", Number), ("max", Number), ("step", Number), ("qos", Integer(1, 1)),
    ]);

    public static MessageShape ContactEntity => Discovery("contact", "A channel that is true or false.",
        [("stat_t", Const("~/telemetry")), ("pl_on", Const("True")), ("pl_off", Const("False")), ("exp_aft", Seconds), .. Availability]);

    public static MessageShape AlarmEntity => Discovery("alarm", "Alarms of channels and events of rules, by their states.",
        [("stat_t", Const("~/event")), ("evt_typ", TextList)]);

    public static MessageShape FirmwareEntity => Discovery("firmware", "The firmware, and an update of it.",
        [("stat_t", Const("~/status")), ("dev_cla", Const("firmware")), ("ent_cat", Const("diagnostic")), .. Availability]);

    public static MessageShape ButtonEntity => new("discovery.button", "A method without params.", Record(
    [
        .. Start, ("cmd_t", Const("~/request")), ("pl_prs", Text), ("dev_cla", Words("restart", "identify")), ("ent_cat", Const("config")), ("qos", Integer(1, 1)),
        .. Availability, .. End,
    ]));

    public static MessageShape Trigger => new("discovery.trigger", "A contact is turned on.", Record(
        [Base, ("atype", Const("trigger")), ("type", Text), ("stype", Text), ("t", Const("~/event")), ("val_tpl", Text), ("pl", Text), .. End]));

    public static MessageShape ConnectionEntity => Discovery("connection", "Whether the device is connected.",
        [("stat_t", Const("~/status")), ("dev_cla", Const("connectivity")), ("ent_cat", Const("diagnostic"))]);

    // Only while there is an update.
    private static (string Name, JsonObject Shape) Updating => ("updating?", Record(
        ("version", Text), ("percent?", Integer(0, 100).Unit("%").Says("of its blocks; absent while it waits for a gate"))));

    private static (string Name, JsonObject Shape) NotEnrolled => ("enrolled?", Flag.Says("false: the device waits to be enrolled"));

    private static (string Name, JsonObject Shape) GivenName => ("name?", Text.Says("the setting \"name\""));

    private static (string Name, JsonObject Shape) LostChildren => ("childrenLost?", Ref("childrenLost"));

    // Only in the last month.
    private static (string Name, JsonObject Shape) Expiry => ("credentialExpires?", Epoch);

    // Abbreviated names of https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery.
    private static (string Name, JsonObject Shape) Base => ("~", Text.Says("what ~ stands for in the topics"));

    private static (string Name, JsonObject Shape)[] Start => [Base, ("uniq_id", Text), ("name", Text)];

    private static (string Name, JsonObject Shape)[] End =>
    [
        ("dev", Record(("ids", DeviceId), ("name", Text.Says("the setting \"name\", or the id")), ("mf?", Text), ("mdl", Text), ("sw", Text))),
        Origin,
    ];

    private static (string Name, JsonObject Shape)[] EndOfChild =>
    [
        ("dev", Record(("ids", Text.Says("the id of the gateway, _, the name of the child")), ("name", Text.Says("the name of the child")), ("via_device", DeviceId))),
        Origin,
    ];

    private static (string Name, JsonObject Shape) Origin => ("o", Record(("name", Const("m2m")), ("sw", Text)));

    private static JsonObject DeviceId => new() { ["type"] = "string", ["pattern"] = "^esp32-[0-9a-f]{12}$" };

    private static (string Name, JsonObject Shape)[] Availability => [("avty_t", Const("~/status")), ("avty_tpl", Text)];

    private static IEnumerable<(string Name, JsonObject Shape)> Members(IEnumerable<string> names) => names.Select(name => (name + "?", Ref(name)));

    private static MessageShape OfChild(string name, string summary, (string Name, JsonObject Shape)[] members) =>
        new("discovery." + name, summary, Record([.. Start, ("stat_t", Const("~/telemetry")), ("val_tpl", Text), .. members, .. Availability, .. EndOfChild]));

    private static MessageShape Discovery(string name, string summary, (string Name, JsonObject Shape)[] members) =>
        new("discovery." + name, summary, Record([.. Start, ("val_tpl", Text), .. members, .. End]));
}
