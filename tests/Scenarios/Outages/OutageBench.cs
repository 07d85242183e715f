using System.Globalization;
using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Outages;

/// <summary>A broker, a receiver and devices in virtual time. Unlike <see cref="Bench"/> it keeps no message, so that it may run for months.</summary>
internal sealed class OutageBench : IAsyncDisposable
{
    /// <summary>Real time after which something that should come is taken for missing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int MostOutagesWhileAsking = 20;
    private readonly int _patienceMs;
    private int _requests;

    private OutageBench(ITestBroker broker)
    {
        Broker = broker;
        Scheduler = new Scheduler(new VirtualTime());
        _patienceMs = Scheduler.Time.AnswerPatienceMs;
    }

    public ITestBroker Broker { get; }

    public Scheduler Scheduler { get; }

    public Receiver Receiver { get; } = new();

    public IReadOnlyList<SimulatedDevice> Devices => Scheduler.Devices;

    public static async Task<OutageBench> StartAsync(string broker = Brokers.Mqttnet)
    {
        var bench = new OutageBench(Brokers.Create(broker));
        await bench.Broker.StartAsync();
        await bench.Receiver.ConnectAsync(bench.Broker.Port);
        return bench;
    }

    /// <summary>Boots devices that know the broker, or what stands before it, at a port.</summary>
    public void Boot(int count, int port, int interval, int seed = 1, string more = "", Action<SimulationEvent>? watch = null)
    {
        string settings = string.Create(CultureInfo.InvariantCulture, $$"""{"broker":{"host":"127.0.0.1","port":{{port}}},"interval":{{interval}}{{more}}}""");
        for (int number = 1; number <= count; number++)
        {
            Scheduler.Add(number, new DeviceOptions { Seed = seed, InstantJoin = true, Settings = settings }, watch).Boot();
        }
    }

    public void RunFor(double seconds) => Scheduler.RunFor((long)(seconds * 1000));

    /// <summary>Lets virtual time run until something holds.</summary>
    /// <returns>The virtual seconds that it took.</returns>
    public double RunUntil(Func<bool> condition, int seconds, string otherwise)
    {
        long start = Scheduler.Time.NowMs;
        Assert.IsTrue(Scheduler.RunUntil(condition, seconds * 1000L), otherwise);
        return (Scheduler.Time.NowMs - start) / 1000.0;
    }

    public void RunUntilAllOnline(int seconds = 900) =>
        RunUntil(() => Devices.All(device => device.State == LinkState.Online), seconds, "not all devices come online");

    /// <summary>From now on nothing passes the proxy, so there is no point in virtual time waiting for it.</summary>
    public void Stall(TcpProxy proxy)
    {
        proxy.Stall();
        Scheduler.Time.AnswerPatienceMs = 0;
    }

    /// <summary>What was held back passes.</summary>
    public void Release(TcpProxy proxy)
    {
        Scheduler.Time.AnswerPatienceMs = _patienceMs;
        proxy.Release();
    }

    /// <summary>Lets the devices take what comes in, while virtual time stands still.</summary>
    public void WaitFor(Func<bool> condition, string otherwise) => Assert.IsTrue(Scheduler.PumpUntil(condition, Patience), otherwise);

    public async Task<JsonElement> InfoAsync(SimulatedDevice device)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"i{++_requests}");
        await Receiver.AskAsync(device.Id, "info", id);
        bool IsAnswered() => Receiver.Answer(device.Id, id) is not null;
        for (int i = 0; i < MostOutagesWhileAsking && !IsAnswered(); i++)
        {
            // A device that has just lost its connection is asked by the broker when it is back.
            RunUntilAllOnline();
            WaitFor(() => IsAnswered() || device.State != LinkState.Online, "no answer from " + device.Id);
        }

        return Receiver.Answer(device.Id, id)!.Json.GetProperty("result");
    }

    /// <summary>The outages are over: each device empties its outbox, and all that it ever read has arrived.</summary>
    public async Task AssertNothingIsMissingAsync(int intervalSeconds)
    {
        RunUntilAllOnline();
        foreach (SimulatedDevice device in Devices)
        {
            DeviceAccount account = Receiver[device.Id];
            JsonElement counters = await DrainAsync(device, account);
            int readings = counters.GetProperty("readings").GetInt32();
            Console.WriteLine($"{device.Id}: {readings} readings taken, {account.Readings} arrived, {account.Duplicates} packs twice; {counters.GetRawText()}");
            Assert.AreEqual(0, counters.GetProperty("readingsDropped").GetInt32(), "the outbox was too small for this scenario");
            Assert.AreEqual(0, counters.GetProperty("exceptions").GetInt32());
            account.AssertComplete(readings, intervalSeconds);
        }
    }

    // Until nothing waits, with no reading taken between the question before and the one after all has arrived.
    private async Task<JsonElement> DrainAsync(SimulatedDevice device, DeviceAccount account)
    {
        for (int i = 0; i < 1000; i++)
        {
            JsonElement before = await InfoAsync(device);
            if (before.GetProperty("outbox").GetInt32() == 0)
            {
                int readings = Readings(before);

                // Acknowledged is not yet received: the broker may be about to pass it on.
                Scheduler.PumpUntil(() => account.Readings >= readings, Patience);
                JsonElement after = await InfoAsync(device);
                if (Readings(after) == readings)
                {
                    return after.GetProperty("counters");
                }
            }

            RunFor(0.3);
        }

        throw new AssertFailedException("The outbox does not drain.");
    }

    private static int Readings(JsonElement info) => info.GetProperty("counters").GetProperty("readings").GetInt32();

    public async ValueTask DisposeAsync()
    {
        Scheduler.StopAll(TimeSpan.FromSeconds(5));
        await Receiver.DisposeAsync();
        await Broker.DisposeAsync();
        Scheduler.Dispose();
    }
}
