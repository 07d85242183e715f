using System.Globalization;
using Cost.Counting;
using Cost.Instrumentation;
using Firmware.Tests.Fakes;

namespace Cost;

/// <summary>
/// What is measured. Each scenario has a device of its own that was online for a minute before, and was asked by other
/// clients.
/// </summary>
internal static class Scenarios
{
    private const string AlwaysOn = """{"interval":10,"sntp":[]}""";
    private const string Sleeping = """{"interval":300,"sntp":[],"power":{"mode":"deep-sleep"}}""";

    // Each compares a channel with a limit and looks at the time, and decides an output.
    private static readonly string SixteenRules = Rules("\"below\":{0}.5,\"hysteresis\":0.5", "then", "else");

    // What changes is not acted on: an action has a price of its own.
    private static readonly string SixteenSilent = Rules("\"below\":{0}.5,\"hysteresis\":0.5", "stale");
    private static readonly string SixteenRates = Rules("\"rate\":{0}", "stale");

    // In a row, each a channel.
    private const string EightRegisters = "a 0 u16 0.1 V, b 1 u16 0.01 A, c 2 u16, d 3 u16 W, e 4 u16, f 5 u16, g 6 u16 0.01 Hz, h 7 u16 rw";
    private const string OneChild = "{\"interval\":3600,\"sntp\":[],\"children\":{\"m\":{\"address\":1,\"interval\":60,\"registers\":\"" + EightRegisters + "\"}}}";

    // The usual channels of a small controller, and its line.
    private const string OneController = """{"interval":3600,"sntp":[],"children":{"pump":{"protocol":"lines","interval":60,"channels":"temperature 0.01 Cel, power 0.1 W, level 0.1 %, relay rw"}}}""";
    private const string FourValues = "{\"temperature\":21.53,\"power\":1200.5,\"level\":43.2,\"relay\":1}\n";

    // A position that is measured again, so that it is not far from the one before.
    private const string OneReceiver = """{"interval":3600,"sntp":[],"children":{"gps":{"protocol":"nmea","interval":60,"distance":100}}}""";
    private static readonly string TwoSentences = Sentence("GPGGA,101530.00,5231.20000,N,01324.60000,E,1,08,0.9,35.0,M,44.0,M,,")
        + Sentence("GPRMC,101530.00,A,5231.20000,N,01324.60000,E,10.0,270.0,011225,,,A");

    private const string Ping = "\"method\":\"ping\"";
    private const int OtherClients = 7; // As many as the firmware remembers, with the one that is measured.
    private const int IntervalMs = 10_000;
    private const int PollMs = 61_000;
    private const int WarmUpMs = 65_000;
    private const int LongTextBytes = 2_000;
    private const int FloodRequests = 24;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("idle", AlwaysOn, IdleStep),
        new("cycle", AlwaysOn, Cycle),
        Request("ping", Ping),
        Request("cached-read", "\"method\":\"read\",\"params\":{\"maxAge\":60}"),
        Request("settings.get", "\"method\":\"settings.get\""),
        Request("methods", "\"method\":\"methods\""),
        // Refused, but only after all of it was read.
        Request("long-params", "\"method\":\"ping\",\"params\":{\"text\":\"" + new string('x', LongTextBytes) + "\"}", "\"error\""),
        Request("credentials.set", "\"method\":\"credentials.set\",\"params\":{\"name\":\"c\",\"kind\":\"client\",\"data\":\""
            + TestCertificates.Client(1).Replace("\n", "\\n", StringComparison.Ordinal) + "\"}", "\"sha256\""),
        new("flood", AlwaysOn, Flood) { Repetitions = 3 },
        new("wake", Sleeping, Wake),
        // 21 and 22 degrees are on the same side of all limits, 21 and 23 on both sides of one, -20 and 60 of all.
        Passing("rules", SixteenRules, 2100, 2200),
        Passing("rules-one", SixteenSilent, 2100, 2300),
        Passing("rules-all", SixteenSilent, -2000, 6000),
        Passing("rules-rate", SixteenRates, 2100, 2300),
        new("child-poll", OneChild, Poll),
        Receiving("child-line", OneController, FourValues),
        Receiving("child-position", OneReceiver, TwoSentences),
    ];

    /// <summary>
    /// What children take on the device's heap: a device with 16 meters of 8 channels each, after some polls whose readings
    /// are sent, in comparison to one without a gateway.
    /// </summary>
    /// <param name="firmware">The firmware.</param>
    /// <param name="hasLike">Whether all are like the first.</param>
    /// <param name="kinds">How many different registers they have.</param>
    public static long HeldByChildren(MeasuredFirmware firmware, bool hasLike, int kinds)
    {
        string[] children = [.. Enumerable.Range(1, 16).Select(i => "\"meter" + i + "\":{\"address\":" + i
            + (hasLike && i > 1 ? ",\"like\":\"meter1\"" : ",\"registers\":\"" + (char)('i' + (i % kinds)) + EightRegisters[1..] + "\"") + "}")];
        string settings = "{\"interval\":3600,\"sntp\":[],\"children\":{" + string.Join(',', children) + "}}";
        return Held(firmware, settings) - Held(firmware, """{"interval":3600,"sntp":[]}""");
    }

    private static long Held(MeasuredFirmware firmware, string settings)
    {
        IDeviceRig rig = firmware.CreateRig();
        var session = new Session(rig);
        session.Boot(settings, isWake: false);
        session.Run(3 * PollMs);
        session.RunToIdle();
        return rig.HeldBytes();
    }

    public static Measurement Measure(MeasuredFirmware firmware, Scenario scenario)
    {
        IDeviceRig rig = firmware.CreateRig();
        var session = new Session(rig);
        session.Boot(scenario.Settings, isWake: false);
        for (int i = 0; i < OtherClients && !rig.IsOver; i++)
        {
            session.Request(Ping, "client-" + i);
            session.Settle();
        }

        session.Run(WarmUpMs);
        scenario.Run(session);
        Counters.Clear();
        for (int i = 0; i < scenario.Repetitions; i++)
        {
            scenario.Run(session);
        }

        return Measurement.Of(scenario.Name, firmware.Map, Counters.Take(), scenario.Repetitions);
    }

    private static Scenario Request(string name, string members, string expected = "\"result\"") => new(name, AlwaysOn, session =>
    {
        // Between two measurements, and never more than one client may ask.
        session.RunToIdle();
        Session.Count(() =>
        {
            session.Request(members);
            session.Settle();
        });
        if (session.Rig.LastResponse?.Contains(expected, StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException(name + ": " + session.Rig.LastResponse);
        }
    });

    private static string Rules(string test, params string[] lists) =>
        "{\"interval\":10,\"sntp\":[],\"actuators\":{\"relay\":{\"pin\":5}},\"rules\":{" + string.Join(',', Enumerable.Range(0, 16).Select(i =>
            "\"heat" + i + "\":{\"when\":[{\"channel\":\"temperature\"," + test.Replace("{0}", (10 + (i * 2)).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            + "}],\"and\":[{\"time\":\"00:00-24:00\",\"days\":\"mon-sun\"}],"
            + string.Join(',', lists.Select(list => "\"" + list + "\":[{\"output\":\"relay\",\"on\":" + (list == "then" ? "true" : "false") + "}]")) + "}")) + "}}";

    // A reading with the second value, after some with each.
    private static Scenario Passing(string name, string settings, int first, int second) => new(name, settings, session =>
    {
        session.RunToIdle();
        session.Rig.PassRules(second);
        session.Rig.PassRules(first);
        session.Settle();
        session.RunToIdle();
        Session.Count(() => session.Rig.PassRules(second));
    });

    private static void Poll(Session session)
    {
        session.RunToIdle();
        session.Rig.Pass(PollMs);
        session.Rig.PollChild(Session.Count);
        session.Settle();
    }

    // What a child has sent, between two reports.
    private static Scenario Receiving(string name, string settings, string text) => new(name, settings, session =>
    {
        session.RunToIdle();
        session.Rig.ReceiveFromChild(text, work => work());
        session.Settle();
        session.RunToIdle();
        session.Rig.ReceiveFromChild(text, Session.Count);
        session.Settle();
    });

    private static string Sentence(string body) =>
        string.Create(CultureInfo.InvariantCulture, $"${body}*{body.Aggregate(0, (sum, next) => sum ^ next):X2}\r\n");

    private static void IdleStep(Session session)
    {
        session.RunToIdle();
        Session.Count(() => session.Rig.Advance());
    }

    // All that the loop does in an interval: mostly one step that measures and publishes, and one that takes the acknowledgement.
    private static void Cycle(Session session)
    {
        int published = session.Rig.Published;
        Session.Count(() => session.Run(IntervalMs));
        if (session.Rig.Published != published + 1)
        {
            throw new InvalidOperationException("A cycle published " + (session.Rig.Published - published) + " messages.");
        }
    }

    private static void Flood(Session session)
    {
        session.Run(30_000);
        session.RunToIdle();
        Session.Count(() =>
        {
            for (int i = 0; i < FloodRequests; i++)
            {
                session.Request(Ping);
            }

            session.Settle();
        });
    }

    // The whole run of a program that measures, tells the broker and sleeps again.
    private static void Wake(Session session)
    {
        session.Rig.Pass(300_000);
        Session.Count(() =>
        {
            session.Boot(null, isWake: true);
            session.Run(60_000);
        });
        if (!session.Rig.IsOver)
        {
            throw new InvalidOperationException("The device does not sleep.");
        }
    }
}
