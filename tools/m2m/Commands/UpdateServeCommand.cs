using System.CommandLine;
using M2m.Client;
using M2m.Updates;
using M2m.View;

namespace M2m.Commands;

internal static class UpdateServeCommand
{
    private const int LookMs = 2000;

    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command("serve", "Serves the blocks of the releases in a directory, until Ctrl+C; detects new files. Several servers with the same releases may run");
        var folder = new Argument<string>("DIR") { HelpName = "DIR", Description = "The directory, or the .json of one release" };
        Option<string?> key = UpdateCommand.Key("Serve only what bears this key's signature");
        var announce = new Option<bool>("--announce") { Description = "Offer the newest signed release of each board to all its devices (a retained message; m2m update withdraw takes it back)" };
        command.Arguments.Add(folder);
        command.Options.Add(key);
        command.Options.Add(announce);
        command.SetAction((result, _) => RunAsync(read(result), result.GetValue(folder)!, result.GetValue(key), result.GetValue(announce)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string path, string? keyFile, bool isAnnouncing)
    {
        using SigningKey? key = UpdateCommand.LoadKey(keyFile);
        var folder = new ReleaseFolder(path, key);
        var report = new UpdateReport(invocation, "update serve");
        Look(folder, report);
        await using UpdateServing serving = await UpdateServing.OpenAsync(invocation, folder, serving =>
        {
            serving.Served = report.Block;
            serving.Noticed = text => report.Note(text);
            serving.Reported = (device, said) => report.State(device, said);
        }).ConfigureAwait(false);
        serving.Link.Changed = report.Trouble;
        report.Note(serving.Link.IsShared
            ? "ready: requests are shared among all servers"
            : "ready: this broker has no shared subscriptions, so that each server answers each request: run one server only", isStrange: false);
        Task looking = LookAsync(invocation, folder, report, serving, isAnnouncing);
        await report.RunAsync(invocation.Cancel).ConfigureAwait(false);
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Ctrl+C is the normal end.
        return 0;
    }

    private static async Task LookAsync(Invocation invocation, ReleaseFolder folder, UpdateReport report, UpdateServing serving, bool isAnnouncing)
    {
        string last = string.Empty;
        var announced = new HashSet<string>();
        while (true)
        {
            try
            {
                Look(folder, report);
                if (isAnnouncing)
                {
                    await AnnounceAsync(folder, report, serving, announced, invocation.Cancel).ConfigureAwait(false);
                }

                last = string.Empty;
            }
            catch (FailedException e)
            {
                if (e.Message != last)
                {
                    last = e.Message;
                    report.Note(e.Message);
                }
            }

            await Task.Delay(LookMs, invocation.Cancel).ConfigureAwait(false);
        }
    }

    private static void Look(ReleaseFolder folder, UpdateReport report)
    {
        foreach (ReleaseChange change in folder.Refresh())
        {
            report.Release(change);
        }

        report.Releases(folder.Valid);
    }

    private static async Task AnnounceAsync(ReleaseFolder folder, UpdateReport report, UpdateServing serving, HashSet<string> announced, CancellationToken cancel)
    {
        foreach (Release release in folder.Newest)
        {
            if (await serving.OfferPublisher.AnnounceAsync(release, cancel).ConfigureAwait(false) is { } done && announced.Add(done))
            {
                report.Note(done, isStrange: done.Contains("not announced", StringComparison.Ordinal));
            }
        }
    }
}
