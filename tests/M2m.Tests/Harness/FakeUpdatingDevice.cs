using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using M2m.Updates;

namespace M2m.Tests.Harness;

/// <summary>How a device takes an update.</summary>
public enum Fate
{
    Confirms,

    Returns,

    /// <summary>It returns during the trial because a request says so.</summary>
    IsReverted,

    /// <summary>A request cancels its download.</summary>
    IsCancelled,

    Refuses,

    /// <summary>It never responds.</summary>
    IsSilent,

    /// <summary>It starts the new image, and is never seen again.</summary>
    Hangs,

    Waits,

    ConfirmsWithoutEvents,
}

/// <summary>A device that updates itself by the protocol: it takes offers, requests blocks, verifies each, and publishes its progress.</summary>
internal sealed class FakeUpdatingDevice : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly FakeDevice _device;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _awaited = new();
    private CancellationTokenSource _cancel = new();
    private Manifest? _manifest;
    private string _state = "idle";
    private int _result;
    private Task _updating = Task.CompletedTask;

    private FakeUpdatingDevice(FakeDevice device, Fate fate, string board)
    {
        _device = device;
        Fate = fate;
        Board = board;
    }

    public string Id => _device.Id;

    public string Board { get; }

    public Fate Fate { get; }

    /// <summary>Null: the built-in image.</summary>
    public string? Image { get; private set; }

    public int BytesReceived { get; private set; }

    /// <summary>It reports the first copy of this block as bad.</summary>
    public int? SpoiledBlock { get; init; }

    public ConcurrentQueue<JsonNode> Offers { get; } = new();

    public Task Updating => _updating;

    public static async Task<FakeUpdatingDevice> StartAsync(
        ITestBroker broker, string id, Fate fate = Fate.Confirms, string board = "esp32-devkitc", int? spoiledBlock = null)
    {
        var device = new FakeUpdatingDevice(await FakeDevice.StartAsync(broker, id), fate, board) { SpoiledBlock = spoiledBlock };
        device._device.Other = device.OnBlock;
        device._device.Methods["update.offer"] = device.OnOffer;
        device._device.Methods["update.status"] = _ => device.Status();
        device._device.Methods["update.cancel"] = _ => device.OnCancel();
        device._device.Methods["info"] = _ => $$"""{"board":"{{board}}"}""";
        await device._device.SubscribeAsync(device._device.Topic("update/block/#"));
        return device;
    }

    public void Begin(Manifest manifest)
    {
        _manifest = manifest;
        _cancel = new CancellationTokenSource();
        _updating = Task.Run(() => UpdateAsync(manifest, _cancel.Token));
    }

    public Task WaitForRequestAsync(string method) =>
        Wait.ForAsync(() => _device.Requests.Any(request => (string)request["method"]! == method), () => $"{Id} got no {method}");

    public Task SayWaitingAsync() => _device.PublishAsync("event", """{"type":"update","state":"waiting","version":"0.2.0","gate":"canary"}""");

    public Task GetAsync(string payload) => _device.PublishAsync("update/get", payload);

    public async ValueTask DisposeAsync()
    {
        await _cancel.CancelAsync();
        await _updating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _device.DisposeAsync();
        _cancel.Dispose();
    }

    private string OnOffer(JsonNode parameters)
    {
        Offers.Enqueue(parameters);
        byte[] text = Encoding.UTF8.GetBytes((string)parameters["manifest"]!);
        if (Fate == Fate.IsSilent)
        {
            return string.Empty;
        }

        if (Fate == Fate.Refuses || !Releases.Key.Verify(text, Convert.FromBase64String((string)parameters["signature"]!)))
        {
            throw new RefusedException("""{"code":-32003,"message":"Not allowed","data":{"reason":"the signature is not valid"}}""");
        }

        Manifest manifest = ManifestReader.Read(text);
        if (manifest.Board != Board)
        {
            throw new RefusedException("""{"code":-32003,"message":"Not allowed","data":{"reason":"for another product or board"}}""");
        }

        if (Image == manifest.Version.ToString())
        {
            return $$"""{"state":"idle","version":"{{manifest.Version}}","result":1,"reason":"installed already"}""";
        }

        if (Fate == Fate.Waits)
        {
            _manifest = manifest;
            _state = "waiting";
            return $$"""{"state":"waiting","version":"{{manifest.Version}}","gate":"canary"}""";
        }

        _state = "downloading";
        Begin(manifest);
        return $$"""{"state":"downloading","version":"{{manifest.Version}}"}""";
    }

    private string OnCancel()
    {
        if (Fate == Fate.IsSilent)
        {
            return string.Empty;
        }

        _cancel.Cancel();
        _state = "idle";
        _result = 10;
        return """{"state":"idle"}""";
    }

    private string Status()
    {
        if (Fate == Fate.IsSilent)
        {
            return string.Empty;
        }

        string image = Image is null ? string.Empty : $"\"image\":\"{Image}\",";
        string version = _state == "idle" ? string.Empty : $"\"version\":\"{_manifest?.Version}\",";
        return $$"""{"state":"{{_state}}",{{version}}{{image}}"builtIn":"0.1.0","result":{{_result}}}""";
    }

    private async Task UpdateAsync(Manifest manifest, CancellationToken cancel)
    {
        for (int block = 0; block < manifest.BlockCount; block++)
        {
            if (block % Math.Max(1, manifest.BlockCount / 4) == 0)
            {
                await TellAsync("downloading", $",\"blocks\":{block},\"of\":{manifest.BlockCount}");
            }

            await LoadAsync(manifest, block, cancel);
            if (Fate == Fate.IsCancelled)
            {
                _result = 10;
                await TellAsync("cancelled", ",\"result\":10,\"reason\":\"by request\"");
                return;
            }
        }

        await TellAsync("installing", string.Empty);
        if (Fate == Fate.Hangs)
        {
            return;
        }

        await TellAsync("trial", string.Empty);
        if (Fate is Fate.Returns or Fate.IsReverted)
        {
            _result = 8;
            await TellAsync("rolled-back", $",\"result\":8,\"reason\":\"{(Fate == Fate.Returns ? "not online in time" : "by request")}\"");
        }
        else
        {
            Image = manifest.Version.ToString();
            _result = 1;
            await TellAsync("confirmed", ",\"result\":1");
        }
    }

    private async Task LoadAsync(Manifest manifest, int block, CancellationToken cancel)
    {
        for (int bad = 0; ;)
        {
            byte[]? bytes = await RequestAsync(manifest, block, bad, cancel);
            byte[] digest = bytes is null ? [] : HMACSHA256.HashData("m2m firmware block 1"u8, bytes);
            bool isSpoiled = block == SpoiledBlock && bad == 0;
            if (!isSpoiled && digest.AsSpan().SequenceEqual(manifest.Digests.AsSpan(block * 32, 32)))
            {
                return;
            }

            bad += bytes is null ? 0 : 1;
        }
    }

    private async Task<byte[]?> RequestAsync(Manifest manifest, int block, int bad, CancellationToken cancel)
    {
        var awaited = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[string.Create(CultureInfo.InvariantCulture, $"{manifest.Version.TopicLevel}/{block}")] = awaited;
        await GetAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"version\":\"{manifest.Version}\",\"block\":{block}{(bad == 0 ? string.Empty : $",\"bad\":{bad}")}}}"));
        Task first = await Task.WhenAny(awaited.Task, Task.Delay(RetryAfter, cancel));
        cancel.ThrowIfCancellationRequested();
        return first == awaited.Task ? await awaited.Task : null;
    }

    private void OnBlock(string topic, byte[] payload)
    {
        BytesReceived += payload.Length;
        if (_awaited.TryRemove(topic[(_device.Topic("update/block").Length + 1)..], out TaskCompletionSource<byte[]>? awaited))
        {
            awaited.TrySetResult(payload);
        }
    }

    private async Task TellAsync(string state, string more)
    {
        _state = state is "confirmed" or "rolled-back" ? "idle" : state;
        if (Fate != Fate.ConfirmsWithoutEvents)
        {
            await _device.PublishAsync("event", $$"""{"type":"update","state":"{{state}}","version":"{{_manifest!.Version}}"{{more}}}""");
        }
    }
}
