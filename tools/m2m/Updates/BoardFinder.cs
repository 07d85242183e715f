using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Updates;

/// <summary>Asks devices for their board (<c>info</c>), once each.</summary>
internal sealed class BoardFinder(Func<string, string, JsonObject?, TimeSpan, CancellationToken, Task<Response?>> ask)
{
    private const int MaxDevices = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, string> _boards = new();

    public async Task<string?> OfAsync(string device, CancellationToken cancel)
    {
        if (_boards.TryGetValue(device, out string? known))
        {
            return known;
        }

        Response? answer = await ask(device, "info", null, Patience, cancel).ConfigureAwait(false);
        string? board = answer?.Result is { } info ? Json.Text(info, "board") : null;
        if (!Names.IsBoard(board))
        {
            return null;
        }

        if (_boards.Count < MaxDevices)
        {
            _boards[device] = board!;
        }

        return board;
    }
}
