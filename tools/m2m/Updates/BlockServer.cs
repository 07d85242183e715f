using System.Collections.Concurrent;
using System.Threading.Channels;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Updates;

/// <summary>
/// Publishes the blocks that devices request. A device requests again what it does not get, from another server where
/// there is one.
/// </summary>
internal sealed class BlockServer : IAsyncDisposable
{
    /// <summary>
    /// Blocks a second of one device. An honest device requests one block after the other and writes each to flash: it
    /// stays far below.
    /// </summary>
    public const double DefaultRate = 1000;

    private const int MaxWaiting = 10_000;
    private const int MaxNotices = 1000;
    private const int BadBeforeDoubt = 2;
    private static readonly TimeSpan RecheckPause = TimeSpan.FromSeconds(1);

    private readonly ReleaseFolder _releases;
    private readonly Topics _topics;
    private readonly Func<string, ReadOnlyMemory<byte>, CancellationToken, Task> _send;
    private readonly Func<string, CancellationToken, Task<string?>> _boardOf;
    private readonly TimeProvider _time;
    private readonly BlockRateLimit _rate;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<string, byte> _noticed = new();
    private readonly Dictionary<string, Task> _inquiries = [];
    private readonly ConcurrentDictionary<string, long> _rechecked = new();
    private readonly Channel<BlockRequest> _requests = Channel.CreateBounded<BlockRequest>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _working;

    public BlockServer(
        ReleaseFolder releases,
        Topics topics,
        Func<string, ReadOnlyMemory<byte>, CancellationToken, Task> send,
        Func<string, CancellationToken, Task<string?>> boardOf,
        double rate = DefaultRate,
        TimeProvider? time = null)
    {
        _releases = releases;
        _topics = topics;
        _send = send;
        _boardOf = boardOf;
        _time = time ?? TimeProvider.System;
        _rate = new BlockRateLimit(rate, _time);
        _working = Task.Run(WorkAsync);
    }

    public Action<ServedBlock>? Served { get; set; }

    public Action<string>? Noticed { get; set; }

    public void Take(Message message)
    {
        if (message.IsRetained || !_topics.TryRead(message.Topic, out string device, out string level) || level != Topics.UpdateGetLevel || !Names.IsName(device))
        {
            return;
        }

        if (BlockRequest.Read(device, message.Payload) is not { } request)
        {
            Notice("malformed/" + device, $"{device} requests an invalid block: ignored");
        }
        else if (!_rate.Allows(device))
        {
            Notice("rate/" + device, $"{device} requests too many blocks a second: some requests are ignored");
        }
        else
        {
            _requests.Writer.TryWrite(request);
        }
    }

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
            // The end.
        }
    }

    private async Task AnswerAsync(BlockRequest request)
    {
        Release[] candidates = [.. _releases.Valid.Where(release => release.Version == request.Version && (request.Board is null || request.Board == release.Board))];
        if (candidates.Length == 0)
        {
            Notice($"version/{request.Device}/{request.Version}", $"{request.Device} requests {request.Version}, which is not served here");
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

    // Releases of several boards may have the same version: the device must name its board. Others do not wait for it.
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
            ? $"{request.Device} requests {request.Version}, which is served for {boards}, and does not name its board"
            : $"{request.Device} requests {request.Version}, which is served for {boards}, but its board is {board}");
    }

    private async Task SendAsync(BlockRequest request, Release release)
    {
        if (request.Block >= release.Manifest.BlockCount)
        {
            Notice("block/" + request.Device, $"{request.Device} requests block {request.Block} of {release}, which has {release.Manifest.BlockCount}");
            return;
        }

        if (request.Bad > 0 && Recheck(release) is var again)
        {
            if (again is null)
            {
                Notice("broken/" + release, $"{request.Device} reports that block {request.Block} of {release} is bad: {Path.ChangeExtension(release.Path, ReleaseCheck.BundleEnd)} has changed. It is not served until its files are replaced.");
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
