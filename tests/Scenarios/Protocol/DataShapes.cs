using System.Reflection;
using System.Text.Json.Nodes;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Updates;
using static Scenarios.Protocol.Shape;

namespace Scenarios.Protocol;

/// <summary>Shapes that several messages share, described by hand; the codes and messages of errors are from the code.</summary>
internal static class DataShapes
{
    private const int MostSpread = 300;

    public static IEnumerable<(string Name, JsonObject Shape)> All =>
    [
        ("id", new JsonObject { ["type"] = new JsonArray("string", "integer"), ["maxLength"] = 64 }),
        ("client", new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9_-]{1,32}$" }),
        ("time", Seconds.Says("seconds since 1970-01-01T00:00:00Z")),
        ("deadline", Number.Unit("s").Says("seconds since 1970-01-01T00:00:00Z; the request is refused after that")),
        ("spread", Integer(0, MostSpread).Unit("s").Says("only in a request to a group: the response comes after a random delay up to this; default 2")),
        ("error", Error),
        ("reading", AnyOf(Record(("t?", ReadingTime), ("n", Text), ("u?", Text), ("v", Number)), Record(("t?", ReadingTime), ("n", Text), ("vb", Flag)))),
        ("pack", Pack),
        ("flat", Flat()),
        ("logLine", LogLine),
        ("updateResult", UpdateResults),
        ("bootRecord", Record(EventShapes.BootRecord)),
        ("health", Health),
        ("connection", Connection),
        ("actuators", Map(AnyOf(Flag, Level)).Says("the actuators whose pin works: whether each is on, or its level; a sleep lets go of the pins")),
        ("childrenLost", ListOf(Text, max: 16).Says("the children that do not answer; absent when all do")),
        ("power", Power),
        ("update", Update),
    ];

    /// <summary>A pack of readings that was asked for (RFC 8428).</summary>
    private static JsonObject Pack => ListOf(
        AnyOf(
            Record(("bn", BaseName), ("bt?", Epoch), ("t?", Integer().Unit("s")), ("n", Text), ("u?", Text), ("v", Number)),
            Record(("bn", BaseName), ("bt?", Epoch), ("t?", Integer().Unit("s")), ("n", Text), ("vb", Flag))),
        Ref("reading"));

    private static JsonObject ReadingTime => Integer().Unit("s").Says("relative to bt, or to now without bt");

    /// <summary>A pack of telemetry: its first record is its number.</summary>
    public static JsonObject Telemetry => ListOf(
        Record(("bn", BaseName), ("bt?", Epoch), ("n", Const("seq")), ("v", Count)),
        AnyOf(Ref("reading"), Record(("n", Const("time-unknown")), ("vb", new JsonObject { ["const"] = true }))));

    private static JsonObject Connection => Record(
        ("mqtt", Words("3.1.1", "5").Says("the version in use")),
        ("telemetry?", Const("telemetry-refused").Says("telemetry is acknowledged and does not reach subscribers")),
        ("retain?", Flag.Says("false: the broker retains no messages")),
        ("refused?", ListOf(Text).Says("filters that the broker refuses")));

    private static JsonObject BaseName => new() { ["type"] = "string", ["pattern"] = "^urn:dev:mac:[0-9a-f]{6}fffe[0-9a-f]{6}_$" };

    private static JsonObject Health => Record(
        ("heap", Count.Unit("B")),
        ("heapLow", Count.Unit("B")),
        ("step", Count.Unit("ms")),
        ("stepAt", Seconds),
        ("outbox", Count),
        ("signal?", Integer(null, -1).Unit("dBm")),
        ("reconnects", Count),
        ("dropped", Count),
        ("uptime", Seconds));

    private static JsonObject Power => Record(
        ("mode", Words("always-on", "deep-sleep")),
        ("millivolts?", Count.Unit("mV")),
        ("percent?", Integer(0, 100).Unit("%")),
        ("battery?", Words<Firmware.Sleep.BatteryState>()),
        ("wakes?", Count),
        ("awake?", Count.Unit("ms")),
        ("charge?", Number.Unit("mAh")),
        ("chargePerDay?", Number.Unit("mAh")),
        ("drift?", Integer().Unit("ppm")),
        ("timeAge?", Seconds),
        ("timeError?", Seconds),
        ("daysLeft?", Count));

    private static JsonObject Update => Record(
        ("state", Words<UpdateState>()),
        ("lwm2mState", Integer(0, 3)),
        ("version?", Text),
        ("blocks?", Count),
        ("of?", Count),
        ("gate?", Words(UpdateGate.None)),
        ("image?", Text),
        ("builtIn", Text),
        ("result", Ref("updateResult")),
        ("outcome?", Text),
        ("reason?", Text));

    private static JsonObject UpdateResults
    {
        get
        {
            UpdateResult[] results = Enum.GetValues<UpdateResult>();
            string meaning = string.Join(", ", results.Select(result => $"{(int)result} {Word(result.ToString(), ' ')}"));
            return Integer((int)results[0], (int)results[^1]).Says("LwM2M object 5, resource 5: " + meaning);
        }
    }

    private static JsonObject LogLine
    {
        get
        {
            JsonObject line = Record(("n", Integer(1)), ("level", Words(LogLevel.Off)), ("time?", Epoch), ("uptime?", Seconds), ("text", Text));
            line["oneOf"] = OneNeeded("time", "uptime");
            return line;
        }
    }

    private static JsonObject Error
    {
        get
        {
            FieldInfo[] codes = [.. typeof(RpcError).GetFields(BindingFlags.Public | BindingFlags.Static).Where(code => code.IsLiteral)];
            JsonObject data = Record(("param?", Text), ("reason?", Text), ("retryAfter?", Integer(1).Unit("s")), ("results?", Map(Text)));
            JsonObject error = Record(("code", Integer()), ("message", Text), ("data?", data));
            error["oneOf"] = new JsonArray([.. codes.Select(Code)]);
            return error;
        }
    }

    /// <summary>Readings of one time of measurement in one object.</summary>
    public static JsonObject Flat(params (string Name, JsonObject Shape)[] members)
    {
        JsonObject flat = Record([.. members, ("time?", Epoch), ("age?", Seconds), ("timeUnknown?", new JsonObject { ["const"] = true })]);
        flat["additionalProperties"] = AnyOf(Number, Flag).Says("the value of the channel with this name");
        flat["oneOf"] = OneNeeded("time", "age", "timeUnknown");
        return flat;
    }

    // "NotAllowedCode" belongs to the message "Not allowed".
    private static JsonObject Code(FieldInfo field)
    {
        string words = Word(field.Name[..^"Code".Length], ' ');
        return new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["code"] = new JsonObject { ["const"] = (int)field.GetRawConstantValue()! },
                ["message"] = new JsonObject { ["const"] = char.ToUpperInvariant(words[0]) + words[1..] },
            },
        };
    }

    private static JsonArray OneNeeded(params string[] names) => new([.. names.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
}
