using System.CommandLine;
using M2m.Arguments;
using M2m.Client.Arguments;
using M2m.Updates;

namespace M2m.Commands;

internal static class UpdatePushCommand
{
    private const int MaxBatch = 10_000;

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command(
            "push",
            "Offers a release to devices, serves its blocks, and waits until each has confirmed or given up; 0 only if all run it. "
            + "Stops by itself when too many fail: no more are begun, those that are not yet installing are cancelled, and the offer to all is withdrawn. --timeout: for each device [default: 1800]");
        var words = new Argument<string[]>("DEVICE ... PATH")
        {
            HelpName = "DEVICE ... PATH",
            Arity = ArgumentArity.OneOrMore,
            Description = "Ids of devices (left out with --group), then the .json of a release, or a directory: the newest signed release for each device's board",
        };
        words.CompletionSources.Add(arguments.Devices);
        command.Arguments.Add(words);
        Option<string?> group = UpdateCommand.AddGroup(command);
        Option<string?> key = UpdateCommand.Key("Push only what bears this key's signature");
        var force = new Option<bool>("--force") { Description = "Devices skip their gates: canary share, time window, start delay" };
        var noServe = new Option<bool>("--no-serve") { Description = "Do not answer requests for blocks: m2m update serve does" };
        Option<long?> failures = WholeNumber.Option("--max-failures", $"Stop when more than N percent of the finished devices failed [default: {RolloutOptions.DefaultMaxFailures}]", 0, 100);
        Option<long?> batch = WholeNumber.Option("--batch", $"Devices at once; the first wave is a tenth of that, and must end before others begin [default: {RolloutOptions.DefaultBatch}]", 1, MaxBatch);
        Array.ForEach<Option>([key, force, noServe, failures, batch], command.Options.Add);
        command.SetAction((result, _) =>
        {
            string[] given = result.GetValue(words)!;
            string[] ids = Devices(given[..^1], result.GetValue(group));
            Invocation invocation = read(result);
            var options = new RolloutOptions
            {
                IsForced = result.GetValue(force),
                Batch = (int)(result.GetValue(batch) ?? RolloutOptions.DefaultBatch),
                MaxFailures = (int)(result.GetValue(failures) ?? RolloutOptions.DefaultMaxFailures),
                Timeout = invocation.IsTimeoutGiven ? invocation.Timeout : RolloutOptions.DefaultTimeout,
            };
            return RunAsync(new UpdatePush(invocation, options), given[^1], result.GetValue(key), ids, result.GetValue(group), !result.GetValue(noServe));
        });
        return command;
    }

    private static string[] Devices(string[] words, string? group)
    {
        if (words.FirstOrDefault(word => !Names.IsName(word)) is { } wrong)
        {
            throw new UsageException($"a device's name is {Names.Rule}, not '{wrong}'; the release comes last: m2m update push DEVICE ... FILE.json");
        }

        return group is null == (words.Length > 0)
            ? [.. words.Distinct()]
            : throw new UsageException("say which devices, or --group, and then the release: m2m update push DEVICE ... FILE.json");
    }

    private static async Task<int> RunAsync(UpdatePush push, string path, string? keyFile, string[] ids, string? group, bool isServing)
    {
        using SigningKey? key = UpdateCommand.LoadKey(keyFile);
        return await push.RunAsync(new ReleaseFolder(path, key), path, ids, group, isServing).ConfigureAwait(false);
    }
}
