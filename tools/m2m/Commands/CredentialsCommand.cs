using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.Devices;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class CredentialsCommand
{
    private const int MaxName = 16;

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("credentials", "Lists, stores, removes or rotates the certificates of a device; without a subcommand: list");
        Argument<string> device = arguments.Device();
        command.Arguments.Add(device);
        command.SetAction((result, _) => ListAsync(read(result), result.GetValue(device)!));
        var list = new Command("list", "Shows names, kinds, fingerprints and validity; a key is never shown");
        list.SetAction((result, _) => ListAsync(read(result), result.GetValue(device)!));
        command.Subcommands.Add(list);
        command.Subcommands.Add(CreateSet(read, device));
        command.Subcommands.Add(CreateRemove(read, device));
        command.Subcommands.Add(CreateRotate(read, device));
        return command;
    }

    private static Command CreateSet(Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("set", "Stores what a file has under a name: authorities, or a certificate with its key");
        Argument<string> name = Name("NAME", "A broker entry refers to it by \"ca\" or \"credential\"");
        Argument<string[]> files = Files();
        command.Arguments.Add(name);
        command.Arguments.Add(files);
        command.SetAction(async (result, _) =>
        {
            CredentialFiles given = LoadFiles(result.GetValue(files)!);
            Invocation invocation = read(result);
            string to = result.GetValue(name)!;
            JsonElement stored = await Output.WaitAsync($"storing {to} in {result.GetValue(device)}", async tell =>
            {
                await using DeviceSession session = await DeviceSession.OpenAsync(result.GetValue(device)!, invocation).ConfigureAwait(false);
                return await StoreAsync(session, to, given, tell).ConfigureAwait(false);
            }).ConfigureAwait(false);
            Show(invocation.Output, [stored], stored);
            return 0;
        });
        return command;
    }

    private static Command CreateRemove(Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("remove", "Removes what is stored under a name, unless a broker entry uses it");
        Argument<string> name = Name("NAME", "As list shows it");
        command.Arguments.Add(name);
        command.SetAction(async (result, _) =>
        {
            Invocation invocation = read(result);
            await using DeviceSession session = await DeviceSession.OpenAsync(result.GetValue(device)!, invocation).ConfigureAwait(false);
            string given = result.GetValue(name)!;
            JsonElement removed = await session.ChangeAsync("credentials.remove", new JsonObject { ["name"] = given }).ConfigureAwait(false);
            if (Json.Member(removed, "removed") is { ValueKind: JsonValueKind.False })
            {
                throw new FailedException($"{session.Device} has no credential '{given}': m2m credentials {session.Device} shows what it has");
            }

            if (invocation.Output.IsJson)
            {
                invocation.Output.Json(removed.WriteTo);
            }
            else
            {
                invocation.Output.Line($"{given} is removed from {session.Device}");
            }

            return 0;
        });
        return command;
    }

    private static Command CreateRotate(Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("rotate", "Replaces a stored one: stores the new one under a new name, takes it on trial in the broker entries, and removes the old one when the device is online with the new one");
        Argument<string> name = Name("NAME", "The one that broker entries use");
        Argument<string[]> files = Files();
        var to = new Option<string?>("--to") { HelpName = "NEW", Description = "The new name [default: NAME-2, or the next number that is free]" };
        to.Validators.Add(RequireName);
        command.Arguments.Add(name);
        command.Arguments.Add(files);
        command.Options.Add(to);
        command.SetAction((result, _) => new CredentialsRotation(read(result), result.GetValue(device)!, result.GetValue(name)!, result.GetValue(to))
            .RunAsync(LoadFiles(result.GetValue(files)!)));
        return command;
    }

    /// <summary>Sends it in parts; the device checks it after the last one. Returns what the device says about it.</summary>
    public static async Task<JsonElement> StoreAsync(DeviceSession session, string name, CredentialFiles files, Action<string> tell)
    {
        JsonElement last = default;
        JsonObject[] parts = [.. files.Parts(name)];
        for (int i = 0; i < parts.Length; i++)
        {
            tell(FormattableString.Invariant($"storing {name} in {session.Device}: part {i + 1} of {parts.Length}"));
            last = await session.ChangeAsync("credentials.set", parts[i]).ConfigureAwait(false);
        }

        return last;
    }

    public static async Task<JsonElement[]> ReadAsync(DeviceSession session)
    {
        JsonElement result = await session.ResultAsync("credentials.list").ConfigureAwait(false);
        return Json.TryMember(result, "credentials", JsonValueKind.Array, out JsonElement? list) ? [.. list.Value.EnumerateArray()] : [];
    }

    public static void RequireName(System.CommandLine.Parsing.SymbolResult result)
    {
        foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !IsName(text)))
        {
            result.AddError($"the name of a credential is 1 to {MaxName} of a-z 0-9 -, not '{text}'");
        }
    }

    public static bool IsName(string text) => text.Length is > 0 and <= MaxName && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static CredentialFiles LoadFiles(string[] paths)
    {
        CredentialFiles files = CredentialFiles.Load(paths);
        if (files.Doubt is not null)
        {
            Output.Note("m2m: " + files.Doubt);
        }

        return files;
    }

    private static Argument<string> Name(string name, string description)
    {
        var argument = new Argument<string>(name) { HelpName = name, Description = description };
        argument.Validators.Add(RequireName);
        return argument;
    }

    private static Argument<string[]> Files() => new("FILE")
    {
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        Description = "Certificates in PEM; with a private key, in it or in a second file, it is the device's own certificate, without one they are authorities to trust",
    };

    private static async Task<int> ListAsync(Invocation invocation, string device)
    {
        JsonElement[] stored = await Output.WaitAsync($"reading the credentials of {device}", async _ =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            return await ReadAsync(session).ConfigureAwait(false);
        }).ConfigureAwait(false);
        Show(invocation.Output, stored, JsonSerializer.SerializeToElement(stored));
        return 0;
    }

    private static void Show(Output output, JsonElement[] stored, JsonElement forPrograms)
    {
        if (output.IsJson)
        {
            output.Json(forPrograms.WriteTo);
            return;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        output.Table(["Name", "Kind", "SHA-256", "From", "Until", "In use"], stored.Select(one => (IReadOnlyList<(string, Style)>)
        [
            (Json.Text(one, "name") ?? "-", new Style(decoration: Decoration.Bold)),
            (Json.Text(one, "kind") ?? "-", Style.Plain),
            (Json.Text(one, "sha256") ?? "-", Style.Plain),
            (Day(one, "notBefore"), Style.Plain),
            (Day(one, "notAfter"), Json.Number(one, "notAfter") < now.ToUnixTimeSeconds() ? Color.Red : Style.Plain),
            (Json.Member(one, "inUse") is { ValueKind: JsonValueKind.True } ? "yes" : "-", Style.Plain),
        ]));
    }

    private static string Day(JsonElement one, string member) =>
        Json.Number(one, member) is { } seconds ? TimeText.Utc(seconds).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "-";
}
