using System.Text.Json.Nodes;
using M2m.Client.Devices;

namespace M2m.Updates;

/// <summary>
/// Brings a release to devices: a small first wave, then batches. It stops when too many of the finished devices failed:
/// it begins no more, and cancels those that are not yet installing.
/// </summary>
internal sealed class Rollout(
    RolloutOptions options, IReadOnlyList<RolloutEntry> entries, Func<string, string, JsonObject?, TimeSpan, CancellationToken, Task<Response?>> ask)
{
    private const int Percent = 100;
    private static readonly TimeSpan CancelPatience = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RolloutEntry> _byDevice = entries.ToDictionary(entry => entry.Device, StringComparer.Ordinal);
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called on any thread.</summary>
    public Action<RolloutEntry>? Changed { get; set; }

    public Func<Task>? Stopping { get; set; }

    public Func<string, bool> IsOnline { get; set; } = _ => true;

    public string? StopReason { get; private set; }

    public IReadOnlyList<RolloutEntry> Entries => entries;

    public void Take(string device, UpdateEvent said)
    {
        if (!_byDevice.TryGetValue(device, out RolloutEntry? entry) || entry.Release is null || said.Version != entry.Release.Version)
        {
            return;
        }

        bool isEnd = said.State is UpdateEvent.Confirmed or UpdateEvent.RolledBack or UpdateEvent.Refused or UpdateEvent.Cancelled or UpdateEvent.Failed;
        Change(entry, said.State, said, isEnd);
    }

    public void Take(ServedBlock served)
    {
        if (_byDevice.TryGetValue(served.Device, out RolloutEntry? entry) && entry.Release?.Version == served.Release.Version && !entry.IsOver)
        {
            entry.Blocks = served.Block;
            entry.IsBegun = true;
            entry.ReceivedAt = DateTimeOffset.UtcNow;
        }
    }

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
            else if (DateTimeOffset.UtcNow - entry.ReceivedAt >= options.QuietPatience)
            {
                await LookAsync(entry, left, cancel).ConfigureAwait(false);
            }
            else
            {
                TimeSpan pause = Least(left, options.QuietPatience);
                await Task.WhenAny(isCancelled ? entry.Ended.Task : Task.WhenAny(entry.Ended.Task, _stop.Task), Task.Delay(pause, cancel)).ConfigureAwait(false);
                cancel.ThrowIfCancellationRequested();

                // A device that is installing is not cancelled, and must not be polled without pause.
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
            // A device that sleeps or is disconnected gets the request when it connects.
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
            // Its events may have arrived.
            if (!entry.IsBegun)
            {
                End(entry, RolloutEntry.Silent, IsOnline(entry.Device) ? "online, but no response" : "it was not online in time");
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
            End(entry, UpdateEvent.Refused, "its response to the offer has no state");
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
            End(entry, RolloutEntry.Silent, "the rollout stopped, and there was no response to update.cancel: the device may still install the version");
        }
    }

    // Events may be lost: the status has the same state.
    private async Task LookAsync(RolloutEntry entry, TimeSpan left, CancellationToken cancel)
    {
        entry.ReceivedAt = DateTimeOffset.UtcNow;
        Response? answer = await ask(entry.Device, "update.status", null, Least(left, options.QuietPatience), cancel).ConfigureAwait(false);
        if (answer?.Result is not { } result || UpdateEvent.Read(result) is not { } said)
        {
            return;
        }

        (string state, bool isEnd, string? reason) = RolloutStatus.OfStatus(said, entry);
        Change(entry, state, reason is null ? said : said with { Reason = reason }, isEnd);
    }

    private void EndLate(RolloutEntry entry)
    {
        string time = FormattableString.Invariant($"{options.Timeout.TotalSeconds:0.#} s");
        if (entry.IsInstalling)
        {
            End(entry, RolloutEntry.Lost, $"not seen again within {time}: check its power and its network");
        }
        else if (entry.IsBegun)
        {
            string why = entry.Gate is null ? string.Empty : $": {GateText.Of(entry.Gate)}";
            End(entry, RolloutEntry.Late, $"not finished ({UpdateEvent.WithGate(entry.State, entry.Gate)}{why}) after {time}; it continues while a server runs");
        }
        else
        {
            End(entry, RolloutEntry.Silent, $"no response within {time}");
        }
    }

    private void Change(RolloutEntry entry, string state, UpdateEvent said, bool isEnd)
    {
        state = RolloutStatus.IsOfAnotherBoard(state, said.Reason) ? RolloutEntry.Skipped : state;
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
            entry.Gate = state == UpdateEvent.Waiting ? said.Gate : null;
            entry.Reason = said.Reason ?? (entry.Gate is null ? null : GateText.Of(entry.Gate));
            entry.Blocks = state is UpdateEvent.Installing or UpdateEvent.Trial or UpdateEvent.Confirmed ? entry.Release?.Manifest.BlockCount : said.Blocks ?? entry.Blocks;
            entry.IsBegun |= !isEnd && state != "offered" && state != UpdateEvent.Idle;
            entry.ReceivedAt = DateTimeOffset.UtcNow;
            isStop = isEnd && IsTooBad();
        }

        Changed?.Invoke(entry);
        if (isStop)
        {
            _ = Stopping?.Invoke();
            _stop.TrySetResult();
        }

        // Last: a waiter must find the end reported, and the rollout stopped after one failure too many.
        if (isEnd)
        {
            entry.Ended.TrySetResult();
        }
    }

    // Refused, rolled-back and lost devices count against those that came through; devices that never began do not count.
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
