using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Provisioning;

/// <summary>A blank device, and who stands before it with a phone: networks in range, a client of its page over loopback.</summary>
internal sealed partial class PortalBench : IAsyncDisposable
{
    public const string Home = "home";
    public const string Key = "correct horse";
    public const string Hidden = "attic";
    private const int StrangerMs = 100;
    private const int MostSteps = 3000;

    private PortalBench(Bench bench, SimulatedDevice device)
    {
        Bench = bench;
        Device = device;
    }

    public Bench Bench { get; }

    public SimulatedDevice Device { get; }

    public SimulatedAccessPoint AccessPoint => Device.Chip.Radio.SoftAccessPoint;

    /// <summary>Boots a device with the settings, null for none, and lets it open its set-up if it will.</summary>
    /// <param name="settings">Its settings.json.</param>
    /// <param name="before">Done before it boots.</param>
    public static async Task<PortalBench> StartAsync(string? settings = null, Action<SimulatedChip>? before = null)
    {
        Bench bench = await Bench.StartAsync();
        bench.Time.StrangerPatienceMs = StrangerMs;
        SimulatedDevice device = bench.Scheduler.Add(1, new DeviceOptions { InstantJoin = true, Settings = settings });
        device.Chip.Radio.Add(new AccessPoint(Home, Key, -52));
        device.Chip.Radio.Add(new AccessPoint("caf\u00e9 \"<b>\" \U0001F600", "another key", -70));
        device.Chip.Radio.Add(new AccessPoint(Hidden, Key, -60, IsHidden: true));
        before?.Invoke(device.Chip);
        device.Boot();
        var portal = new PortalBench(bench, device);
        bench.RunFor(6);
        return portal;
    }

    public void HoldButton(int seconds = 4)
    {
        Device.Chip.Pins.Wire(SimulatedBoard.ButtonPin, false);
        Bench.RunFor(seconds);
        Device.Chip.Pins.Wire(SimulatedBoard.ButtonPin, null);
        Bench.RunFor(30);
    }

    public bool IsOpen => AccessPoint.At(80) is not null;

    /// <summary>Lets time go on until something holds.</summary>
    public void Until(Func<bool> condition, string otherwise)
    {
        Assert.IsTrue(Bench.Scheduler.RunUntil(condition, 900_000), otherwise);
    }

    public Response Get(string path = "/", string language = "en") => Send(
        $"GET {path} HTTP/1.1\r\nHost: 192.168.4.1\r\nAccept-Language: {language}\r\n\r\n");

    /// <summary>Sends the form as a browser does.</summary>
    public Response Post(params (string Name, string Value)[] fields) => Post(Get().Token, fields);

    public Response Post(string token, params (string Name, string Value)[] fields)
    {
        const string Boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
        var body = new StringBuilder();
        foreach ((string name, string value) in fields.Prepend(("token", token)))
        {
            body.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(body.Append(CultureInfo.InvariantCulture, $"--{Boundary}--\r\n").ToString());
        return Send([.. Encoding.ASCII.GetBytes(
            $"POST / HTTP/1.1\r\nHost: 192.168.4.1\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {bytes.Length}\r\n\r\n"), .. bytes]);
    }

    /// <summary>The fields of the form, with the broker of the bench.</summary>
    public (string Name, string Value)[] Filled(string net = Home, string key = Key, string ssid = "", string host = "127.0.0.1", string name = "", int? port = null) =>
    [
        ("net", net), ("ssid", ssid), ("password", key), ("host", host), ("port", (port ?? Bench.Broker.Port).ToString(CultureInfo.InvariantCulture)),
        ("user", ""), ("key", ""), ("name", name), ("interval", "30"),
    ];

    public Response Send(string request) => Send(Encoding.ASCII.GetBytes(request));

    public Response Send(byte[] request)
    {
        Task<byte[]> exchange = ExchangeAsync(request);
        Pump(exchange);
        return new Response(exchange.GetAwaiter().GetResult());
    }

    /// <summary>Lets time go on, in small steps, until something outside has ended.</summary>
    public void Pump(Task task)
    {
        for (int i = 0; !task.IsCompleted; i++)
        {
            Assert.IsLessThan(MostSteps, i, "the device does not answer");
            Bench.Scheduler.RunFor(100);
            task.Wait(1);
        }
    }

    public async Task<byte[]> ExchangeAsync(byte[] request)
    {
        using TcpClient client = new();
        IPEndPoint place = AccessPoint.At(80) ?? throw new AssertFailedException("the page is not open");
        await client.ConnectAsync(place).ConfigureAwait(false);
        Stream stream = client.GetStream();
        await stream.WriteAsync(request).ConfigureAwait(false);
        using var response = new MemoryStream();
        try
        {
            await stream.CopyToAsync(response).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Closed while something was under way: what came counts.
        }

        return response.ToArray();
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    /// <summary>What came back, as text.</summary>
    public sealed partial class Response(byte[] bytes)
    {
        public string Text { get; } = Encoding.UTF8.GetString(bytes);

        public int Length => bytes.Length;

        public string Status => Text.Length < 12 ? string.Empty : Text[9..12];

        public string Body => Text[(Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

        public string Token => TokenField().Match(Text).Groups[1].Value;

        [GeneratedRegex("name=token value=([0-9A-F]{16})>")]
        private static partial Regex TokenField();
    }
}
