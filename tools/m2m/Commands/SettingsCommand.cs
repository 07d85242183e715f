using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;

namespace M2m.Commands;

internal static class SettingsCommand
{
    private const long MaxFile = 64 * 1024;

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("settings", "Shows, describes or changes the settings of a device; without a subcommand: get");
        Argument<string> device = arguments.Device();
        command.Arguments.Add(device);
        command.SetAction((result, _) => SettingsReading.GetAsync(read(result), result.GetValue(device)!, []));
        command.Subcommands.Add(CreateGet(arguments, read, device));
        command.Subcommands.Add(CreateSet(arguments, read, device));
        command.Subcommands.Add(CreateSchema(arguments, read, device));
        command.Subcommands.Add(CreateReset(arguments, read, device));
        return command;
    }

    private static Command CreateGet(DeviceArguments arguments, Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("get", "Shows settings; secrets are never shown");
        Argument<string[]> keys = Keys("Only these: a key, or what several begin with, such as mqtt or channels.temperature [default: all]");
        keys.CompletionSources.Add(context => arguments.Keys(context, device, string.Empty));
        command.Arguments.Add(keys);
        command.SetAction((result, _) => SettingsReading.GetAsync(read(result), result.GetValue(device)!, result.GetValue(keys) ?? []));
        return command;
    }

    private static Command CreateSchema(DeviceArguments arguments, Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("schema", "Describes settings: type, unit, range, default, and when a change takes effect");
        Argument<string[]> keys = Keys("Only these: a key, or what several begin with [default: all]");
        keys.CompletionSources.Add(context => arguments.Keys(context, device, string.Empty));
        command.Arguments.Add(keys);
        command.SetAction((result, _) => SettingsReading.SchemaAsync(read(result), result.GetValue(device)!, result.GetValue(keys) ?? []));
        return command;
    }

    private static Command CreateSet(DeviceArguments arguments, Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("set", "Changes settings, all or none. What could cut the device off is taken on trial: kept only if the device is online again within 120 s");
        var pairs = new Argument<string[]>("KEY=VALUE")
        {
            HelpName = "KEY=VALUE",
            Arity = ArgumentArity.ZeroOrMore,
            Description = "A value is read as the setting's type; a list may be written a,b; null resets to the default. A FILE is taken as with --file",
        };
        var file = new Option<string?>("--file") { HelpName = "FILE", Description = "Take a JSON object from a file, or from standard input with -: keys and values, or nested as settings.json" };
        Option<long?> revision = Revision();
        pairs.CompletionSources.Add(context => arguments.Keys(context, device, "="));
        command.Arguments.Add(pairs);
        command.Options.Add(file);
        command.Options.Add(revision);
        command.SetAction((result, _) =>
        {
            string[] words = result.GetValue(pairs) ?? [];
            string[] files = [.. words.Where(word => !word.Contains('=', StringComparison.Ordinal) && File.Exists(word)), .. new[] { result.GetValue(file) }.OfType<string>()];
            if (files.Length > 1)
            {
                throw new UsageException($"only one file at a time, not {string.Join(" and ", files)}");
            }

            IReadOnlyList<KeyValue> given = KeyValue.ParseAll(words.Except(files));
            JsonObject values = files is [var path] ? Load(path) : [];
            return given.Count + values.Count > 0
                ? SettingsWriting.SetAsync(read(result), result.GetValue(device)!, given, values, result.GetValue(revision))
                : throw new UsageException("no setting given: m2m settings DEVICE set KEY=VALUE ...");
        });
        return command;
    }

    private static Command CreateReset(DeviceArguments arguments, Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("reset", "Resets settings to their defaults");
        Argument<string[]> keys = Keys("A key, or what several begin with, such as mqtt or channels.temperature");
        var all = new Option<bool>("--all") { Description = "Everything but wifi, broker and prefix" };
        Option<long?> revision = Revision();
        keys.CompletionSources.Add(context => arguments.Keys(context, device, string.Empty));
        command.Arguments.Add(keys);
        command.Options.Add(all);
        command.Options.Add(revision);
        command.SetAction((result, _) =>
        {
            string[] given = result.GetValue(keys) ?? [];
            return result.GetValue(all) == (given.Length == 0)
                ? SettingsWriting.ResetAsync(read(result), result.GetValue(device)!, given.Length == 0 ? ["*"] : given, result.GetValue(revision))
                : throw new UsageException("say which settings, or --all: m2m settings DEVICE reset KEY ...");
        });
        return command;
    }

    private static Argument<string[]> Keys(string description) => new("KEY") { HelpName = "KEY", Arity = ArgumentArity.ZeroOrMore, Description = description };

    private static Option<long?> Revision() => WholeNumber.Option(
        "--revision", "Only if this is still the revision that get showed: no other change is overwritten", 0, uint.MaxValue);

    private static JsonObject Load(string path)
    {
        try
        {
            using Stream stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var bytes = new MemoryStream();
            byte[] part = new byte[8192];
            for (int count; (count = stream.Read(part)) > 0 && bytes.Length <= MaxFile;)
            {
                bytes.Write(part, 0, count);
            }

            return bytes.Length <= MaxFile && Json.TryParse(bytes.ToArray(), out JsonElement value) && value.ValueKind == JsonValueKind.Object
                ? (JsonObject)JsonNode.Parse(value.GetRawText())!
                : throw new FailedException($"{path} does not hold one JSON object of keys and values, of at most {MaxFile / 1024} KB");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailedException($"{path} cannot be read: {e.Message}");
        }
    }
}
