using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Devices;

namespace M2m.Arguments;

/// <summary>Completions from the broker and the devices; none when they do not respond soon.</summary>
internal sealed class Completions(GlobalOptions options, Interruption interruption)
{
    private const int MaxNames = 500;
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

    public IEnumerable<string> Keys(ParseResult line, string device) => Try(line, async invocation =>
    {
        await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
        return (await SettingsSchema.ReadAsync(session).ConfigureAwait(false)).Entries.Select(entry => entry.Name).Where(name => !name.Contains('*', StringComparison.Ordinal));
    });

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
