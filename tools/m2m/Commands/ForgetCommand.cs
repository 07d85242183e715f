using System.CommandLine;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Devices;
using M2m.View;

namespace M2m.Commands;

internal static class ForgetCommand
{
    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("forget", "Clears what the broker retains of a device that is gone: its status, its discovery for Home Assistant, and all else under its topics");
        Argument<string> device = arguments.Device();
        var yes = new Option<bool>("--yes") { Description = "Also when the device is online, without a question" };
        command.Arguments.Add(device);
        command.Options.Add(yes);
        command.SetAction((result, _) => RunAsync(read(result), result.GetValue(device)!, result.GetValue(yes)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string device, bool isConfirmed)
    {
        await using BrokerConnection broker = await invocation.ConnectAsync().ConfigureAwait(false);
        var topics = new Topics(invocation.Prefix);
        using var presences = new PresenceList(broker, topics);
        IReadOnlyList<string> found = await Output.WaitAsync($"looking for what {invocation.Broker} retains of {device}", _ => LookAsync(broker, topics, device, invocation.Cancel)).ConfigureAwait(false);
        if (found.Count == 0)
        {
            FailedException unknown = await UnknownDevice.LookAsync(device, presences, invocation).ConfigureAwait(false);
            throw new FailedException($"nothing to forget: {unknown.Message}");
        }

        if (presences.Of(device) is { State: Presence.Online } && !isConfirmed && !await AskAsync(invocation, device).ConfigureAwait(false))
        {
            throw new FailedException($"nothing is cleared: {device} is online. --yes clears it all the same; it has no status then until it connects again");
        }

        foreach (string topic in found)
        {
            await broker.PublishAsync(topic, [], invocation.Cancel, isRetained: true).ConfigureAwait(false);
        }

        IReadOnlyList<string> left = [.. (await LookAsync(broker, topics, device, invocation.Cancel).ConfigureAwait(false)).Intersect(found)];
        string[] cleared = [.. found.Except(left)];
        Show(invocation.Output, device, cleared);
        if (broker.Oversized > 0)
        {
            Output.Note($"m2m: a retained message of more than {BrokerConnection.MaxPayload / 1024} KB was not read; it stays");
        }

        return left.Count == 0 ? 0 : throw new FailedException(
            $"still retained: {string.Join(", ", left.Take(5))}{(left.Count > 5 ? $" and {left.Count - 5} more" : string.Empty)}. Either this user may not publish there, or the device has published it again");
    }

    private static async Task<IReadOnlyList<string>> LookAsync(BrokerConnection broker, Topics topics, string device, CancellationToken cancel)
    {
        var retained = new RetainedOfDevice(topics, device);
        IReadOnlyList<string> filters = retained.Filters();
        broker.Arrived += retained.Take;
        try
        {
            await broker.SubscribeAsync(filters, cancel).ConfigureAwait(false);
            await broker.SettleAsync(() => false, cancel).ConfigureAwait(false);
            await broker.UnsubscribeAsync(filters, cancel).ConfigureAwait(false);
        }
        finally
        {
            broker.Arrived -= retained.Take;
        }

        return retained.Found;
    }

    private static async Task<bool> AskAsync(Invocation invocation, string device)
    {
        if (!invocation.Output.IsTerminal || Console.IsInputRedirected)
        {
            return false;
        }

        Console.Error.Write($"{device} is online. Without its status m2m does not find it until it connects again. Clear it? [y/N] ");
        string? answer = await Task.Run(Console.ReadLine).WaitAsync(invocation.Cancel).ConfigureAwait(false);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static void Show(Output output, string device, string[] cleared)
    {
        if (output.IsJson)
        {
            output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("device", device);
                writer.WriteStartArray("cleared");
                Array.ForEach(cleared, writer.WriteStringValue);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        Array.ForEach(cleared, topic => output.Line($"cleared {topic}"));
        int discovery = cleared.Count(RetainedOfDevice.IsDiscovery);
        string which = discovery == 0 ? string.Empty : $", {discovery} of them for Home Assistant";
        Output.Note($"m2m: {(cleared.Length == 1 ? "1 retained message" : $"{cleared.Length} retained messages")} of {device} cleared{which}");
    }
}
