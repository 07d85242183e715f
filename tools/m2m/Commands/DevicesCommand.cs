using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class DevicesCommand
{
    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command("devices", "Lists the devices under the prefix: presence, version, signal");
        command.SetAction((result, _) => RunAsync(read(result)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation)
    {
        IReadOnlyList<Presence> devices = await Output.WaitAsync($"listening under '{invocation.Prefix}' at {invocation.Broker}", async _ =>
        {
            await using BrokerConnection broker = await invocation.ConnectAsync().ConfigureAwait(false);
            using var presences = new PresenceList(broker, new Topics(invocation.Prefix));
            await presences.LookAsync(Topics.Any, invocation.Cancel).ConfigureAwait(false);
            return presences.All;
        }).ConfigureAwait(false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, devices));
        }
        else if (devices.Count == 0)
        {
            Output.Note($"m2m: no device has published a status under '{invocation.Prefix}' at {invocation.Broker}: m2m discover looks under all prefixes");
        }
        else
        {
            Show(invocation.Output, devices, DateTimeOffset.UtcNow);
        }

        return 0;
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Presence> devices)
    {
        writer.WriteStartArray();
        foreach (Presence device in devices)
        {
            writer.WriteStartObject();
            writer.WriteString("device", device.Id);
            writer.WriteString("state", device.State);
            writer.WritePropertyName("status");
            device.Status.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Show(Output output, IReadOnlyList<Presence> devices, DateTimeOffset now) => output.Table(
        ["Device", "State", "Said", "Version", "Boot", "Signal"],
        devices.Select(device => (IReadOnlyList<(string, Style)>)
        [
            (device.Id, Style.Plain),
            (device.State, StateStyle.Of(device.State)),
            (Said(device, now), Style.Plain),
            (device.Version ?? "-", Style.Plain),
            (device.Boot?.ToString("0", CultureInfo.InvariantCulture) ?? "-", Style.Plain),
            (device.Signal is { } signal ? FormattableString.Invariant($"{signal:0} dBm") : "-", Style.Plain),
        ]));

    private static string Said(Presence device, DateTimeOffset now)
    {
        if (device is { State: Presence.Sleeping, Until: { } until })
        {
            return "until " + (until > now.ToUnixTimeSeconds() ? TimeText.Future(until, now) : TimeText.At(until, now) + ", overdue");
        }

        return device.Time is { } time ? TimeText.Past(time, now) : "-";
    }
}
