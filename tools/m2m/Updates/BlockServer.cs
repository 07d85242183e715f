using System.Collections.Concurrent;
using System.Threading.Channels;
using M2m.Arguments;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Devices;

namespace M2m.Updates;

/// <summary>
/// Answers devices that ask for blocks. What it does not answer (not its release, too many, too fast) is asked for again:
/// of another server where there is one.
/// </summary>
internal sealed class BlockServer : IAsyncDisposable
{
    /// <summary>Blocks a second that one device may have: against floods only. A device asks for one after the other, and writes each to flash.</summary>
    public const double StandardRate = 1000;

    private const int MaxWaiting = 10_000;
    private const int MaxNotices = 1000;
    private const int BadBeforeDoubt = 2;
    private static readonly TimeSpan RecheckPause = TimeSpan.FromSeconds(1);

    private readonly ReleaseFolder _releases;
    private readonly Topics _topics;
    private readonly Func<string, ReadOnlyMemory<byte>, CancellationToken, Task> _send;
    private readonly Func<string, CancellationToken, Task<string?>> _boardOf;
    private readonly TimeProvider _time;
    private readonly AskRate _rate;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<string, byte> _noticed = new();
    private readonly Dictionary<string, Task> _inquiries = [];
    private readonly ConcurrentDictionary<string, long> _rechecked = new();
    private readonly Channel<BlockRequest> _requests = Channel.CreateBounded<BlockRequest>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _working;

    /// <summary>Begins to serve what <see cref="Take"/> is given.</summary>
    /// <param name="releases">The releases.</param>
    /// <param name="topics">The topics.</param>
    /// <param name="send">Publishes a block; may fail silently, the device asks again.</param>
    /// <param name="boardOf">Asks a device for its board; null when it does not say.</param>
    /// <param name="rate">Blocks a second of one device.</param>
    /// <param name="time">The clock.</param>
    public BlockServer(
        ReleaseFolder releases,
        Topics topics,
        Func<string, ReadOnlyMemory<byte>, CancellationToken, Task> send,
        Func<string, CancellationToken, Task<string?>> boardOf,
        double rate = StandardRate,
        TimeProvider? time = null)
    {
        _releases = releases;
        _topics = topics;
        _send = send;
        _boardOf = boardOf;
        _time = time ?? TimeProvider.System;
        _rate = new AskRate(rate, _time);
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Told of each block, after it was sent.</summary>
    public Action<ServedBlock>? Served { get; set; }

    /// <summary>Told, once each, of what is strange.</summary>
    public Action<string>? Noticed { get; set; }

    /// <summary>Takes a message; returns at once.</summary>
    /// <param name="message">Any message.</param>
    public void Take(Message message)
    {
        if (message.IsRetained || !_topics.TryRead(message.Topic, out string device, out string level) || level != Topics.UpdateGetLevel || !Names.IsName(device))
        {
            return;
        }

        if (BlockRequest.Read(device, message.Payload) is not { } request)
        {
            Notice("malformed/" + device, $"{device} asks for what cannot be a block: left unanswered");
        }
        else if (!_rate.Allows(device))
        {
            Notice("rate/" + device, $"{device} asks for more blocks a second than it may have: some are left unanswered");
        }
        else
        {
            _requests.Writer.TryWrite(request);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(false);
        await Task.WhenAll(_inquiries.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (BlockRequest request in _requests.Reader.ReadAllAsync(_over.Token).ConfigureAwait(false))
            {
                await AnswerAsync(request).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task AnswerAsync(BlockRequest request)
    {
        Release[] candidates = [.. _releases.Valid.Where(release => release.Version == request.Version && (request.Board is null || request.Board == release.Board))];
        if (candidates.Length == 0)
        {
            Notice($"version/{request.Device}/{request.Version}", $"{request.Device} asks for {request.Version}, which is not served here");
        }
        else if (request.Board is not null || (candidates.Length == 1 && request.Bad < BadBeforeDoubt))
        {
            await SendAsync(request, candidates[0]).ConfigureAwait(false);
        }
        else
        {
            Inquire(request, candidates);
        }
    }

    // Releases of several boards may have the same version: the device must say which it is. Others need not wait for that.
    private void Inquire(BlockRequest request, Release[] candidates)
    {
        if (_inquiries.Count >= MaxWaiting)
        {
            Array.ForEach([.. _inquiries.Where(inquiry => inquiry.Value.IsCompleted).Select(inquiry => inquiry.Key)], device => _inquiries.Remove(device));
        }

        bool isAsked = _inquiries.TryGetValue(request.Device, out Task? asked) && !asked.IsCompleted;
        if (!isAsked && _inquiries.Count < MaxWaiting)
        {
            _inquiries[request.Device] = InquireAsync(request, candidates);
        }
    }

    private async Task InquireAsync(BlockRequest request, Release[] candidates)
    {
        string? board = await _boardOf(request.Device, _over.Token).ConfigureAwait(false);
        if (candidates.FirstOrDefault(release => release.Board == board) is { } release)
        {
            await SendAsync(request, release).ConfigureAwait(false);
            return;
        }

        string boards = string.Join(" and ", candidates.Select(candidate => candidate.Board));
        Notice("board/" + request.Device, board is null
            ? $"{request.Device} asks for {request.Version}, which is here for {boards}, and does not say which board it is"
            : $"{request.Device} asks for {request.Version}, which is here for {boards}, but its board is {board}");
    }

    private async Task SendAsync(BlockRequest request, Release release)
    {
        if (request.Block >= release.Manifest.BlockCount)
        {
            Notice("block/" + request.Device, $"{request.Device} asks for block {request.Block} of {release}, which has {release.Manifest.BlockCount}");
            return;
        }

        if (request.Bad > 0 && Recheck(release) is var again)
        {
            if (again is null)
            {
                Notice("broken/" + release, $"{request.Device} says that block {request.Block} of {release} is bad, and it is: {Path.ChangeExtension(release.Path, ReleaseCheck.BundleEnd)} has changed. It is not served any more, until its files are replaced.");
                return;
            }

            release = again;
        }

        string topic = _topics.UpdateBlock(request.Device, release.Version, request.Block);
        await _send(topic, Blocks.At(release.Bundle, request.Block), _over.Token).ConfigureAwait(false);
        Served?.Invoke(new ServedBlock(request.Device, release, request.Block, request.Bad));
    }

    private Release? Recheck(Release release)
    {
        if (_rechecked.TryGetValue(release.Path, out long at) && _time.GetElapsedTime(at) < RecheckPause)
        {
            return release;
        }

        _rechecked[release.Path] = _time.GetTimestamp();
        return _releases.Recheck(release);
    }

    private void Notice(string key, string text)
    {
        if (_noticed.Count < MaxNotices && _noticed.TryAdd(key, 0))
        {
            Noticed?.Invoke(text);
        }
    }
}
