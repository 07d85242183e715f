using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Updates;

/// <summary>A connection for updates, and the parts that receive its messages.</summary>
internal sealed class UpdateServing : IAsyncDisposable
{
    private readonly TaskCompletionSource<UpdateLink> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Topics _topics;
    private readonly BlockServer? _server;

    private UpdateServing(string prefix, ReleaseFolder? releases, double rate)
    {
        _topics = new Topics(prefix);
        Presences = new PresenceList(_topics);
        Boards = new BoardFinder(async (device, method, parameters, timeout, cancel) =>
            await (await _ready.Task.ConfigureAwait(false)).RequestAsync(device, method, parameters, timeout, cancel).ConfigureAwait(false));
        OfferPublisher = new OfferPublisher(_topics, (topic, payload, cancel) => Link.RetainAsync(topic, payload, cancel));

        // The first requests may come before the connection is reported.
        _server = releases is null ? null : new BlockServer(
            releases,
            _topics,
            async (topic, block, cancel) => await (await _ready.Task.WaitAsync(cancel).ConfigureAwait(false)).SendAsync(topic, block, cancel).ConfigureAwait(false),
            Boards.OfAsync,
            rate);
    }

    public UpdateLink Link => _ready.Task.IsCompletedSuccessfully ? _ready.Task.Result : throw new InvalidOperationException("not connected yet");

    public PresenceList Presences { get; }

    public BoardFinder Boards { get; }

    public OfferPublisher OfferPublisher { get; }

    public Action<ServedBlock>? Served { get; set; }

    public Action<string>? Noticed { get; set; }

    public Action<string, UpdateEvent>? Reported { get; set; }

    public static async Task<UpdateServing> OpenAsync(Invocation invocation, ReleaseFolder? releases, Action<UpdateServing>? prepare = null, double rate = BlockServer.DefaultRate)
    {
        var serving = new UpdateServing(invocation.Prefix, releases, rate);
        prepare?.Invoke(serving);
        if (serving._server is { } server)
        {
            server.Served = served => serving.Served?.Invoke(served);
            server.Noticed = text => serving.Noticed?.Invoke(text);
        }

        try
        {
            serving._ready.SetResult(await UpdateLink.OpenAsync(invocation, releases is not null, serving.Take).ConfigureAwait(false));

            // Other blocks are sent meanwhile.
            await serving.Link.SettleAsync(invocation.Cancel).ConfigureAwait(false);
            return serving;
        }
        catch
        {
            await serving.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        if (_ready.Task.IsCompletedSuccessfully)
        {
            await Link.DisposeAsync().ConfigureAwait(false);
        }

        Presences.Dispose();
    }

    private void Take(Message message)
    {
        _server?.Take(message);
        Presences.Take(message);
        OfferPublisher.Take(message);
        if (!message.IsRetained && _topics.TryRead(message.Topic, out string device, out string level) && level == Topics.EventLevel
            && UpdateEvent.ReadEvent(message.Payload) is { } said)
        {
            Reported?.Invoke(device, said);
        }
    }
}
