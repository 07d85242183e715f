using M2m.Client;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Devices;

namespace M2m.Updates;

/// <summary>A connection that updates go over, with all that listens to it.</summary>
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
        Announcer = new Announcer(_topics, (topic, payload, cancel) => Link.RetainAsync(topic, payload, cancel));

        // The first requests may come before the connection is told of.
        _server = releases is null ? null : new BlockServer(
            releases,
            _topics,
            async (topic, block, cancel) => await (await _ready.Task.WaitAsync(cancel).ConfigureAwait(false)).SendAsync(topic, block, cancel).ConfigureAwait(false),
            Boards.OfAsync,
            rate);
    }

    /// <summary>The broker.</summary>
    public UpdateLink Link => _ready.Task.IsCompletedSuccessfully ? _ready.Task.Result : throw new InvalidOperationException("not connected yet");

    /// <summary>What the devices said of themselves.</summary>
    public PresenceList Presences { get; }

    /// <summary>Which board a device is.</summary>
    public BoardFinder Boards { get; }

    /// <summary>What is offered to all of a board.</summary>
    public Announcer Announcer { get; }

    /// <summary>Told of each block that was sent.</summary>
    public Action<ServedBlock>? Served { get; set; }

    /// <summary>Told, once each, of what is strange.</summary>
    public Action<string>? Noticed { get; set; }

    /// <summary>Told what a device says of its update.</summary>
    public Action<string, UpdateEvent>? Told { get; set; }

    /// <summary>Connects, and serves from then on.</summary>
    /// <param name="invocation">The broker.</param>
    /// <param name="releases">What is served; null: nothing.</param>
    /// <param name="prepare">Takes up the callbacks before anything happens; null: there are none.</param>
    /// <param name="rate">Blocks a second of one device.</param>
    /// <returns>The serving; what the broker had kept has come.</returns>
    /// <exception cref="FailedException">The broker does not answer at the start.</exception>
    public static async Task<UpdateServing> OpenAsync(Invocation invocation, ReleaseFolder? releases, Action<UpdateServing>? prepare = null, double rate = BlockServer.StandardRate)
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

            // Blocks are sent meanwhile.
            await serving.Link.SettleAsync(invocation.Cancel).ConfigureAwait(false);
            return serving;
        }
        catch
        {
            await serving.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
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
        Announcer.Take(message);
        if (!message.IsRetained && _topics.TryRead(message.Topic, out string device, out string level) && level == Topics.EventLevel
            && UpdateEvent.ReadEvent(message.Payload) is { } said)
        {
            Told?.Invoke(device, said);
        }
    }
}
