using System.Globalization;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.View;
using M2m.Updates;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal sealed class UpdatePush(Invocation invocation, RolloutOptions options)
{
    private const string AllDevices = "all";
    private const int MostRounds = 6;
    private const int MostNames = 10;
    private static readonly TimeSpan GroupPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(5);

    private readonly UpdateReport _report = new(invocation, "update push");
    private Rollout? _rollout;
    private Task _stopping = Task.CompletedTask;
    private string[] _notAsked = [];

    public async Task<int> RunAsync(ReleaseFolder folder, string path, string[] ids, string? group, bool isServing)
    {
        IReadOnlyList<Release> releases = Look(folder, path, isServing);
        await using UpdateServing serving = await Output.WaitAsync($"listening at {invocation.Broker}", _ => UpdateServing.OpenAsync(invocation, isServing ? folder : null, Listen)).ConfigureAwait(false);
        serving.Link.Changed = _report.Trouble;
        string[] devices = await Output.WaitAsync("looking who is there", async _ => group is null ? await KnownAsync(serving, ids).ConfigureAwait(false) : await MembersAsync(serving, group).ConfigureAwait(false)).ConfigureAwait(false);
        List<RolloutEntry> entries = await Output.WaitAsync("reading the boards of the devices", _ => AssignAsync(serving, devices, releases)).ConfigureAwait(false);
        var rollout = new Rollout(options, entries, serving.Link.RequestAsync)
        {
            Changed = Show,
            IsOnline = device => serving.Presences.Of(device)?.State == Presence.Online,
        };
        rollout.Stopping = () => _stopping = WithdrawAsync(serving, rollout);
        entries.ForEach(entry => _report.Queue(entry.Device, Said(entry)));
        foreach (RolloutEntry entry in entries.Where(entry => entry.Release is null))
        {
            rollout.End(entry, RolloutEntry.Skipped, entry.Reason ?? string.Empty);
        }

        _rollout = rollout;
        try
        {
            await RunAsync(rollout).ConfigureAwait(false);
            Show(rollout);
        }
        catch (IOException e) when (StandardOutput.IsClosed(e))
        {
            // The reader closed the pipe; the result on the devices does not depend on it.
        }

        return Conclude(rollout);
    }

    private IReadOnlyList<Release> Look(ReleaseFolder folder, string path, bool isServing)
    {
        ReleaseChange[] refused = [.. folder.Refresh().Where(change => change.Kind == ReleaseChange.Refused)];
        IReadOnlyList<Release> newest = folder.Newest;
        if (newest.Count == 0)
        {
            string why = refused.Length > 0
                ? string.Join('\n', refused.Select(change => $"{change.File}: {change.Reason}"))
                : folder.Valid.Count > 0 ? "what is there is not signed: m2m update sign --key KEY.pem FILE.json" : "m2m update pack makes one";
            throw new FailedException($"there is no release to push in {path}: {why}");
        }

        Array.ForEach(refused, _report.Release);
        _report.Releases(newest, isServing);
        return newest;
    }

    private void Listen(UpdateServing serving)
    {
        serving.Served = served =>
        {
            _rollout?.Take(served);
            _report.Block(served);
        };
        serving.Noticed = text => _report.Note(text);
        serving.Reported = (device, said) => _rollout?.Take(device, said);
    }

    private async Task<string[]> KnownAsync(UpdateServing serving, string[] ids)
    {
        string[] unseen = [.. ids.Where(id => serving.Presences.Of(id) is null)];
        if (unseen.Length > 0)
        {
            await serving.Link.LookAsync(unseen, invocation.Cancel).ConfigureAwait(false);
            await JoinAsync(() => unseen.All(id => serving.Presences.Of(id) is not null)).ConfigureAwait(false);
        }

        if (ids.FirstOrDefault(id => serving.Presences.Of(id) is null) is { } unknown)
        {
            throw new FailedException(
                $"no device '{unknown}' has published a status under '{invocation.Prefix}'.{Nearest.Question(unknown, serving.Presences.All.Select(device => device.Id))} m2m devices lists those that have. Nothing was pushed.");
        }

        return ids;
    }

    // A device that has just started has not published its status yet.
    private async Task JoinAsync(Func<bool> areThere)
    {
        const int PollMs = 50;
        DateTimeOffset end = DateTimeOffset.UtcNow + JoinPatience;
        while (!areThere() && DateTimeOffset.UtcNow < end)
        {
            await Task.Delay(PollMs, invocation.Cancel).ConfigureAwait(false);
        }
    }

    // Asked again while devices come online: one that is just joining did not get the request.
    private async Task<string[]> MembersAsync(UpdateServing serving, string group)
    {
        var members = new SortedSet<string>(StringComparer.Ordinal);
        HashSet<string> before;
        int rounds = 0;
        do
        {
            before = Online(serving);
            await foreach (Response answer in serving.Link.RequestGroupAsync(group, "update.status", GroupPatience, invocation.Cancel).ConfigureAwait(false))
            {
                if (Names.IsName(answer.Device))
                {
                    members.Add(answer.Device);
                }
            }
        }
        while (!Online(serving).IsSubsetOf(before) && ++rounds < MostRounds);

        if (group == AllDevices)
        {
            members.UnionWith(Online(serving));
            _notAsked = [.. serving.Presences.All.Where(device => !members.Contains(device.Id)).Select(device => $"{device.Id} ({device.State})")];
        }

        return members.Count > 0 ? [.. members] : throw new FailedException($"no member of group {group} responded: m2m devices lists the devices. Name devices that sleep one by one, with a --timeout that is longer than their sleep.");
    }

    private static HashSet<string> Online(UpdateServing serving) =>
        [.. serving.Presences.All.Where(device => device.State == Presence.Online && Names.IsName(device.Id)).Select(device => device.Id)];

    // Online devices first: the first wave must not wait for one that sleeps.
    private async Task<List<RolloutEntry>> AssignAsync(UpdateServing serving, string[] devices, IReadOnlyList<Release> releases)
    {
        RolloutEntry[] entries = await Task.WhenAll(devices.Select(async device =>
        {
            if (releases.Count == 1)
            {
                return new RolloutEntry(device, releases[0]);
            }

            string? board = await serving.Boards.OfAsync(device, invocation.Cancel).ConfigureAwait(false);
            Release? release = releases.FirstOrDefault(release => release.Board == board);
            return new RolloutEntry(device, release) { Reason = release is not null ? null : board is null ? "it does not say which board it is: push the .json of one release" : $"there is no release for its board {board}" };
        })).ConfigureAwait(false);
        return [.. entries.OrderBy(entry => serving.Presences.Of(entry.Device)?.State switch { Presence.Online => 0, Presence.Sleeping => 1, _ => 2 })];
    }

    private async Task RunAsync(Rollout rollout)
    {
        using var over = new CancellationTokenSource();
        Task reporting = _report.RunAsync(over.Token);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(invocation.Cancel);
        Task rolling = rollout.RunAsync(work.Token);
        try
        {
            // The reader of the output may close it first.
            await (await Task.WhenAny(reporting, rolling).ConfigureAwait(false)).ConfigureAwait(false);
            await rolling.ConfigureAwait(false);
            await _stopping.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (invocation.Cancel.IsCancellationRequested)
        {
            _report.Note("interrupted: devices that have begun continue while a server runs (m2m update serve); m2m update status shows their progress");
        }
        finally
        {
            await work.CancelAsync().ConfigureAwait(false);
            await rolling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _report.Json(writer => WriteSummary(writer, rollout));
            await over.CancelAsync().ConfigureAwait(false);
        }

        await reporting.ConfigureAwait(false);
    }

    private async Task WithdrawAsync(UpdateServing serving, Rollout rollout)
    {
        _report.Note($"the rollout stops: {rollout.StopReason}");
        foreach (Release release in rollout.Entries.Select(entry => entry.Release).OfType<Release>().Distinct())
        {
            try
            {
                if (await serving.OfferPublisher.WithdrawAsync(release.Board, release.Version, invocation.Cancel).ConfigureAwait(false))
                {
                    _report.Note($"{release} is not offered to all of {release.Board} any more");
                }
            }
            catch (FailedException e)
            {
                _report.Note($"{release} could not be withdrawn: {e.Message}");
            }
        }
    }

    private void Show(RolloutEntry entry) => _report.State(entry.Device, Said(entry), entry.IsOver);

    private static UpdateEvent Said(RolloutEntry entry) => new()
    {
        State = entry.State,
        Version = entry.Release?.Version,
        Blocks = entry.Blocks,
        Of = entry.Release?.Manifest.BlockCount,
        Result = entry.Result,
        Reason = entry.Reason,
        Gate = entry.Gate,
    };

    private void Show(Rollout rollout)
    {
        if (!invocation.Output.IsJson)
        {
            invocation.Output.Table(["Device", "Version", "End", "Blocks", "Result", "Reason"], rollout.Entries.OrderBy(entry => entry.Device, StringComparer.Ordinal).Select(entry => (IReadOnlyList<(string, Style)>)
            [
                (entry.Device, Style.Plain),
                (entry.Release?.Version.ToString() ?? "-", Style.Plain),
                (UpdateEvent.WithGate(entry.State, entry.Gate), FleetFrame.StateStyle(entry.State)),
                (FleetFrame.Count(entry.Blocks, entry.Release?.Manifest.BlockCount), Style.Plain),
                (ResultText.Of(entry.Result), Style.Plain),
                (entry.Reason ?? "-", Style.Plain),
            ]));
        }
    }

    private int Conclude(Rollout rollout)
    {
        int good = rollout.Entries.Count(entry => entry.IsGood);
        int ordered = rollout.Entries.Count(entry => entry.IsOrdered);
        string reverted = ordered == 0 ? string.Empty : FormattableString.Invariant($", {ordered} reverted or cancelled by request");
        string stopped = rollout.StopReason is { } reason ? $"; it stopped: {reason}" : string.Empty;
        Output.Note(string.Create(CultureInfo.InvariantCulture, $"m2m: {good} of {rollout.Entries.Count} run the new version{reverted}{stopped}"));
        foreach (string list in new[] { List("no response from", Silent(rollout)), List("not asked, because they were not online", _notAsked) }.OfType<string>())
        {
            Output.Note(list);
        }

        return good + ordered == rollout.Entries.Count && rollout.StopReason is null ? 0 : 1;
    }

    private static string[] Silent(Rollout rollout) => [.. rollout.Entries.Where(entry => entry.State == RolloutEntry.Silent).Select(entry => entry.Device).Order(StringComparer.Ordinal)];

    private static string? List(string heading, string[] devices) => devices.Length == 0 ? null
        : $"m2m: {heading}: {string.Join(", ", devices.Take(MostNames))}{(devices.Length > MostNames ? $" and {devices.Length - MostNames} more" : string.Empty)}";

    private void WriteSummary(System.Text.Json.Utf8JsonWriter writer, Rollout rollout)
    {
        writer.WriteString("type", "summary");
        writer.WriteNumber("devices", rollout.Entries.Count);
        writer.WriteNumber("good", rollout.Entries.Count(entry => entry.IsGood));
        writer.WriteStartObject("states");
        foreach (IGrouping<string, RolloutEntry> state in rollout.Entries.GroupBy(entry => entry.State).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(state.Key, state.Count());
        }

        writer.WriteEndObject();
        WriteNames(writer, "silent", Silent(rollout));
        WriteNames(writer, "notAsked", _notAsked);
        if (rollout.StopReason is { } reason)
        {
            writer.WriteString("stopped", reason);
        }
    }

    private static void WriteNames(System.Text.Json.Utf8JsonWriter writer, string name, string[] devices)
    {
        if (devices.Length > 0)
        {
            writer.WriteStartArray(name);
            Array.ForEach(devices, writer.WriteStringValue);
            writer.WriteEndArray();
        }
    }
}
