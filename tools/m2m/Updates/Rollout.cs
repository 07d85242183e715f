using System.Text.Json.Nodes;
using M2m.Client.Devices;
using M2m.Devices;

namespace M2m.Updates;

/// <summary>
/// Brings a release to devices: a small first wave, then so many at once. It stops by itself when too many of those that
/// have finished failed: no more are begun, and those that are not yet installing are cancelled.
/// </summary>
/// <param name="options">How.</param>
/// <param name="entries">The devices; those that surely listen come first.</param>
/// <param name="ask">Asks a device; null when no answer came.</param>
internal sealed class Rollout(
    RolloutOptions options, IReadOnlyList<RolloutEntry> entries, Func<string, string, JsonObject?, TimeSpan, CancellationToken, Task<Response?>> ask)
{
    private const int Percent = 100;
    private static readonly TimeSpan CancelPatience = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RolloutEntry> _byDevice = entries.ToDictionary(entry => entry.Device, StringComparer.Ordinal);
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Told, on any thread, of each change.</summary>
    public Action<RolloutEntry>? Changed { get; set; }

    /// <summary>Done once, when it stops by itself.</summary>
    public Func<Task>? Stopping { get; set; }

    /// <summary>Whether a device listens, as far as is known: then it is not waited for as long.</summary>
    public Func<string, bool> IsOnline { get; set; } = _ => true;

    /// <summary>Why it stopped, or null.</summary>
    public string? StopReason { get; private set; }

    /// <summary>The devices.</summary>
    public IReadOnlyList<RolloutEntry> Entries => entries;

    /// <summary>Takes what a device said.</summary>
    /// <param name="device">Its id.</param>
    /// <param name="said">What it said.</param>
    public void Take(string device, UpdateEvent said)
    {
        if (!_byDevice.TryGetValue(device, out RolloutEntry? entry) || entry.Release is null || said.Version != entry.Release.Version)
        {
            return;
        }

        bool isEnd = said.State is UpdateEvent.Confirmed or UpdateEvent.Returned or UpdateEvent.Refused or UpdateEvent.Cancelled or UpdateEvent.Failed;
        Change(entry, said.State, said, isEnd);
    }

    /// <summary>A block was sent.</summary>
    /// <param name="served">The block.</param>
    public void Take(ServedBlock served)
    {
        if (_byDevice.TryGetValue(served.Device, out RolloutEntry? entry) && entry.Release?.Version == served.Release.Version && !entry.IsOver)
        {
            entry.Blocks = served.Block;
            entry.IsBegun = true;
            entry.HeardAt = DateTimeOffset.UtcNow;
        }
    }

    /// <summary>Goes through all devices.</summary>
    /// <param name="cancel">Ends it; the devices go on.</param>
    /// <returns>A task done when each device has ended.</returns>
    public async Task RunAsync(CancellationToken cancel)
    {
        RolloutEntry[] order = [.. entries.Where(entry => !entry.IsOver)];
        int first = Math.Min(order.Length, options.FirstWave);
        await Task.WhenAll(order.Take(first).Select(entry => BringAsync(entry, cancel))).ConfigureAwait(false);
        using var places = new SemaphoreSlim(options.Batch);
        await Task.WhenAll(order.Skip(first).Select(async entry =>
        {
            await places.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                await BringAsync(entry, cancel).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        })).ConfigureAwait(false);
    }

    /// <summary>Ends a device that nothing is to be done for.</summary>
    /// <param name="entry">The device.</param>
    /// <param name="state">How.</param>
    /// <param name="reason">Why.</param>
    public void End(RolloutEntry entry, string state, string reason) => Change(entry, state, new UpdateEvent { State = state, Reason = reason }, isEnd: true);

    private async Task BringAsync(RolloutEntry entry, CancellationToken cancel)
    {
        if (StopReason is not null)
        {
            End(entry, RolloutEntry.Skipped, "the rollout had stopped");
            return;
        }

        DateTimeOffset deadline = DateTimeOffset.UtcNow + options.Timeout;
        await OfferAsync(entry, deadline, cancel).ConfigureAwait(false);
        bool isCancelled = false;
        while (!entry.Ended.Task.IsCompleted)
        {
            TimeSpan left = deadline - DateTimeOffset.UtcNow;
            if (entry.IsOver)
            {
                await entry.Ended.Task.ConfigureAwait(false);
            }
            else if (left <= TimeSpan.Zero)
            {
                EndLate(entry);
            }
            else if (StopReason is not null && !isCancelled && !entry.IsInstalling)
            {
                isCancelled = true;
                await CancelAsync(entry, left, cancel).ConfigureAwait(false);
            }
            else if (DateTimeOffset.UtcNow - entry.HeardAt >= options.QuietPatience)
            {
                await LookAsync(entry, left, cancel).ConfigureAwait(false);
            }
            else
            {
                TimeSpan pause = Least(left, options.QuietPatience);
                await Task.WhenAny(isCancelled ? entry.Ended.Task : Task.WhenAny(entry.Ended.Task, _stop.Task), Task.Delay(pause, cancel)).ConfigureAwait(false);
                cancel.ThrowIfCancellationRequested();

                // One that is installing is not cancelled, and must not be spun on.
                isCancelled |= StopReason is not null && entry.IsInstalling;
            }
        }
    }

    private async Task OfferAsync(RolloutEntry entry, DateTimeOffset deadline, CancellationToken cancel)
    {
        Change(entry, "offered", new UpdateEvent { State = "offered" }, isEnd: false);
        JsonObject parameters = Offer.Params(entry.Release!.ManifestBytes, entry.Release.Signature!, options.IsForced);
        while (!entry.IsOver && deadline - DateTimeOffset.UtcNow is { Ticks: > 0 } left)
        {
            // A device that sleeps, or is gone, gets the request when it comes.
            TimeSpan patience = IsOnline(entry.Device) ? Least(left, options.AnswerPatience) : left;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            Task<Response?> asking = ask(entry.Device, Offer.Method, parameters, patience, limit.Token);
            await Task.WhenAny(asking, entry.Ended.Task, _stop.Task).ConfigureAwait(false);
            if (!asking.IsCompleted)
            {
                await limit.CancelAsync().ConfigureAwait(false);
                await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancel.ThrowIfCancellationRequested();
                return;
            }

            Response? answer = await asking.ConfigureAwait(false);
            if (answer?.Error is { Code: DeviceError.Busy } busy)
            {
                const double LongestPause = 30;
                await Task.Delay(Least(left, TimeSpan.FromSeconds(Math.Clamp(busy.RetryAfter ?? 1, 0.1, LongestPause))), cancel).ConfigureAwait(false);
                continue;
            }

            Judge(entry, answer);
            return;
        }
    }

    private void Judge(RolloutEntry entry, Response? answer)
    {
        if (answer is null)
        {
            // Its events may have come all the same.
            if (!entry.IsBegun)
            {
                End(entry, RolloutEntry.Silent, IsOnline(entry.Device) ? "it is online, but did not answer" : "it was not online in time");
            }
        }
        else if (answer.Error is { } error)
        {
            string reason = error.Code == DeviceError.MethodNotFound ? "it cannot be updated over the air" : error.ToString();
            End(entry, UpdateEvent.Refused, reason);
        }
        else if (UpdateEvent.Read(answer.Result!.Value) is { } said)
        {
            bool isThere = said is { State: UpdateEvent.Idle, Result: 1 };
            Change(entry, isThere ? RolloutEntry.Installed : said.State, said, isThere);
        }
        else
        {
            End(entry, UpdateEvent.Refused, "its answer to the offer is none");
        }
    }

    private async Task CancelAsync(RolloutEntry entry, TimeSpan left, CancellationToken cancel)
    {
        Response? answer = await ask(entry.Device, "update.cancel", null, Least(left, CancelPatience), cancel).ConfigureAwait(false);
        if (answer?.Result is not null)
        {
            End(entry, UpdateEvent.Cancelled, "the rollout stopped");
        }
        else if (answer is null && !entry.IsInstalling)
        {
            End(entry, RolloutEntry.Silent, "the rollout stopped, and it did not answer when it was cancelled: it may still take the version");
        }
    }

    // Events may be lost: the status tells the same.
    private async Task LookAsync(RolloutEntry entry, TimeSpan left, CancellationToken cancel)
    {
        entry.HeardAt = DateTimeOffset.UtcNow;
        Response? answer = await ask(entry.Device, "update.status", null, Least(left, options.QuietPatience), cancel).ConfigureAwait(false);
        if (answer?.Result is not { } result || UpdateEvent.Read(result) is not { } said)
        {
            return;
        }

        (string state, bool isEnd, string? reason) = RolloutVerdict.OfStatus(said, entry);
        Change(entry, state, reason is null ? said : said with { Reason = reason }, isEnd);
    }

    private void EndLate(RolloutEntry entry)
    {
        string time = FormattableString.Invariant($"{options.Timeout.TotalSeconds:0.#} s");
        if (entry.IsInstalling)
        {
            End(entry, RolloutEntry.Lost, $"it did not come back within {time}: it may hang, or its network may be gone");
        }
        else if (entry.IsBegun)
        {
            End(entry, RolloutEntry.Late, $"it was still at it ({entry.State}) after {time}, and goes on while somebody serves");
        }
        else
        {
            End(entry, RolloutEntry.Silent, $"it did not answer within {time}");
        }
    }

    private void Change(RolloutEntry entry, string state, UpdateEvent said, bool isEnd)
    {
        state = RolloutVerdict.IsOfAnotherBoard(state, said.Reason) ? RolloutEntry.Skipped : state;
        bool isStop;
        lock (_gate)
        {
            if (entry.IsOver)
            {
                return;
            }

            entry.IsOver = isEnd;
            entry.State = state;
            entry.Result = said.Result;
            entry.Reason = said.Reason;
            entry.Gate = state == UpdateEvent.Waiting ? said.Gate : null;
            entry.Blocks = state is UpdateEvent.Installing or UpdateEvent.Trial or UpdateEvent.Confirmed ? entry.Release?.Manifest.BlockCount : said.Blocks ?? entry.Blocks;
            entry.IsBegun |= !isEnd && state != "offered" && state != UpdateEvent.Idle;
            entry.HeardAt = DateTimeOffset.UtcNow;
            isStop = isEnd && IsTooBad();
        }

        Changed?.Invoke(entry);
        if (isStop)
        {
            _ = Stopping?.Invoke();
            _stop.TrySetResult();
        }

        // Last: who waits for it must find it told, and the rollout stopped if it was one too many.
        if (isEnd)
        {
            entry.Ended.TrySetResult();
        }
    }

    // Refused, returned and lost devices count against those that came through; who never took part counts for nothing.
    private bool IsTooBad()
    {
        int failed = entries.Count(entry => entry.IsFailure);
        int finished = failed + entries.Count(entry => entry is { IsOver: true, State: UpdateEvent.Confirmed });
        if (StopReason is not null || failed * Percent <= options.MaxFailures * finished)
        {
            return false;
        }

        StopReason = $"{failed} of {finished} that have finished failed, more than {options.MaxFailures} %";
        return true;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
