using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.Telemetry;
using M2m.Devices;

namespace M2m.Arguments;

/// <summary>Completions from the broker and the devices; none when they do not respond soon.</summary>
internal sealed class Completions(GlobalOptions options, Interruption interruption)
{
    private const int MaxNames = 500;
    private const int OldestValue = 86_400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public IEnumerable<string> Devices(ParseResult line) => Try(line, async invocation =>
    {
        await using BrokerConnection broker = await invocation.ConnectAsync().ConfigureAwait(false);
        using var presences = new PresenceList(broker, new Topics(invocation.Prefix));
        await presences.LookAsync(Topics.Any, invocation.Cancel).ConfigureAwait(false);
        return presences.All.Select(device => device.Id);
    });

    public IEnumerable<string> Methods(ParseResult line, string device) =>
        Try(line, async invocation => Members(await RequestAsync(invocation, device, "methods").ConfigureAwait(false)));

    public IEnumerable<string> Params(ParseResult line, string device, string method) => Try(line, async invocation =>
    {
        JsonElement methods = await RequestAsync(invocation, device, "methods").ConfigureAwait(false);
        return Json.Member(methods, method) is { } known ? Members(known) : [];
    });

    /// <summary>Those of a table, as "channels.*.high", with the names that the device has, once the word has come to them.</summary>
    public IEnumerable<string> Keys(ParseResult line, string device, string word) => Try(line, async invocation =>
    {
        await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
        string[] keys = [.. (await SettingsSchema.ReadAsync(session).ConfigureAwait(false)).Entries.Select(entry => entry.Name)];
        string table = word[..Math.Max(0, word.IndexOf('.', StringComparison.Ordinal))];
        string[] ofTable = [.. keys.Where(key => key.StartsWith(table + ".*", StringComparison.Ordinal))];
        IEnumerable<string> names = ofTable.Length == 0 ? [] : await NamesAsync(session, table).ConfigureAwait(false);
        return keys.Where(key => !key.Contains('*', StringComparison.Ordinal))
            .Concat(names.SelectMany(name => ofTable.Select(key => table + "." + name + key[(table.Length + 2)..])));
    });

    /// <summary>Names of what a device has: "channels", "inputs", "actuators", "rules".</summary>
    public IEnumerable<string> Named(ParseResult line, string device, string table) => Try(line, async invocation =>
    {
        await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
        return await NamesAsync(session, table).ConfigureAwait(false);
    });

    // The last values of channels: a new measurement would take too long.
    private static async Task<IEnumerable<string>> NamesAsync(DeviceSession session, string table)
    {
        if (table == "channels")
        {
            JsonElement pack = (await session.RequestAsync("read", new JsonObject { ["maxAge"] = OldestValue }, isQuery: true).ConfigureAwait(false)).Result ?? default;
            return TelemetryMessage.Read(pack)?.Readings.Select(reading => reading.Name).Distinct() ?? [];
        }

        JsonElement list = table is "inputs" or "actuators" or "rules"
            ? (await session.RequestAsync(table + ".list", new JsonObject(), isQuery: true).ConfigureAwait(false)).Result ?? default
            : default;
        return table == "actuators" ? Members(list)
            : Json.TryMember(list, table, JsonValueKind.Array, out JsonElement? entries)
                ? entries.Value.EnumerateArray().Select(entry => Json.Text(entry, table == "rules" ? "rule" : "name")).OfType<string>()
                : [];
    }

    private static async Task<JsonElement> RequestAsync(Invocation invocation, string device, string method)
    {
        await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
        return (await session.RequestAsync(method, new JsonObject(), isQuery: true).ConfigureAwait(false)).Result ?? default;
    }

    private static IEnumerable<string> Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Select(member => member.Name) : [];

    private string[] Try(ParseResult line, Func<Invocation, Task<IEnumerable<string>>> ask)
    {
        try
        {
            Invocation given = options.Read(line, interruption);
            var patient = new Invocation
            {
                Broker = given.Broker,
                MqttVersion = given.MqttVersion,
                Prefix = given.Prefix,
                Timeout = Patience,
                IsTimeoutGiven = true,
                Output = given.Output,
                Interruption = interruption,
            };

            // Text of a device goes into a shell's line: names only.
            return [.. ask(patient).GetAwaiter().GetResult().Where(Names.IsDottedName).Take(MaxNames)];
        }
        catch (Exception e) when (e is FailedException or UsageException or OperationCanceledException or InvalidOperationException)
        {
            return [];
        }
    }
}
