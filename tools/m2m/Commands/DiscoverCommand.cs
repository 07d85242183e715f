using System.CommandLine;
using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.Devices;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class DiscoverCommand
{
    private static readonly string[] Filters =
    [
        "+/+/status", "+/+/+/status", "+/+/+/+/status", "+/+/+/config", "+/+/+/+/config",
    ];

    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command(
            "discover",
            "Finds the devices that a broker knows of, under any prefix: those with a retained status as this firmware publishes it (PREFIX/ID/status, "
            + "the prefix of one to three levels), and those that announce themselves to Home Assistant (retained .../config)");
        command.SetAction((result, _) => RunAsync(read(result)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation)
    {
        var discovery = new Discovery();
        await Output.WaitAsync($"listening at {invocation.Broker}", async tell =>
        {
            await using BrokerConnection broker = await invocation.ConnectAsync().ConfigureAwait(false);
            broker.Arrived += discovery.Take;
            await broker.SubscribeAsync(Filters, invocation.Cancel).ConfigureAwait(false);
            await broker.SettleAsync(() => false, invocation.Cancel).ConfigureAwait(false);
            if (discovery.Found.Count == 0)
            {
                await GroupSearch.RunAsync(broker, new Topics(invocation.Prefix), invocation.Cancel).ConfigureAwait(false);
            }

            return true;
        }).ConfigureAwait(false);
        IReadOnlyList<Discovered> found = discovery.Found;
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, found));
        }
        else if (found.Count == 0)
        {
            Output.Note($"m2m: the broker {invocation.Broker} has no retained message of a device: run it again when a device has connected");
        }
        else
        {
            Show(invocation, found);
        }

        return 0;
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Discovered> found)
    {
        writer.WriteStartArray();
        foreach (Discovered device in found)
        {
            writer.WriteStartObject();
            writer.WriteString("by", device.By);
            writer.WriteString("device", device.Id);
            foreach ((string name, string? value) in new[] { ("prefix", device.Prefix), ("state", device.State), ("version", device.Version), ("name", device.Name), ("model", device.Model) })
            {
                if (value is not null)
                {
                    writer.WriteString(name, value);
                }
            }

            if (device.Entities > 0)
            {
                writer.WriteNumber("entities", device.Entities);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Show(Invocation invocation, IReadOnlyList<Discovered> found)
    {
        invocation.Output.Table(["Found by", "Prefix", "Device", "State", "About"], found.Select(device => (IReadOnlyList<(string, Style)>)
        [
            (device.By, Color.Grey),
            (device.Prefix ?? "-", Style.Plain),
            (device.Id, Style.Plain),
            (device.State ?? "-", device.State is { } state ? StateStyle.Of(state) : Style.Plain),
            (About(device), Style.Plain),
        ]));
        foreach (string prefix in found.Select(device => device.Prefix).OfType<string>().Distinct().Where(prefix => prefix != invocation.Prefix))
        {
            Output.Note($"m2m: to watch those under '{prefix}': m2m watch --prefix {prefix}");
        }
    }

    private static string About(Discovered device)
    {
        string?[] about = [device.Name, device.Model, device.Version is { } version ? "version " + version : null, Entities(device.Entities)];
        return string.Join(", ", about.OfType<string>());
    }

    private static string? Entities(int count) => count switch { 0 => null, 1 => "1 entity", _ => $"{count} entities" };
}
