using System.Diagnostics;
using System.Globalization;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Rules;

/// <summary>
/// How long it takes from the moment at which one device's reading is published until another's output is switched, in real
/// time on this machine. The time is reported and decides nothing.
/// </summary>
[TestClass]
public sealed class ReactionTests
{
    private const int Devices = 4;

    // A rule that becomes active more than 30 times is suspended.
    private const int Switchings = 50;
    private const int Pin = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Output_follows_each_reading_of_another_device()
    {
        await using ITestBroker broker = Brokers.Create(Brokers.Mqttnet);
        await broker.StartAsync();
        await using var client = new TestClient();
        await client.ConnectAsync(broker.Port, "none");
        var scheduler = new Scheduler(new RealTime());
        using var switched = new SemaphoreSlim(0);
        for (int number = 1; number <= Devices; number++)
        {
            string settings = string.Create(CultureInfo.InvariantCulture, $$$"""
                {"broker":{"host":"127.0.0.1","port":{{{broker.Port}}}},"actuators":{"lamp":{"pin":{{{Pin}}}}},"rules":{"warm":{
                "when":[{"channel":"temperature","device":"{{{Peer(number)}}}","above":25}],"then":[{"output":"lamp","on":true}],"else":[{"output":"lamp","on":false}]} } }
                """);
            SimulatedDevice device = scheduler.Add(number, new DeviceOptions { InstantJoin = true, Settings = settings });
            device.Boot();
        }

        using var end = new CancellationTokenSource();
        Task run = Task.Factory.StartNew(() => scheduler.RunTo(long.MaxValue, end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.IsTrue(SpinWait.SpinUntil(() => scheduler.Devices.All(device => device.State == LinkState.Online), Patience), "the devices do not come online");

        void Note(int pin)
        {
            if (pin == Pin)
            {
                switched.Release();
            }
        }

        var times = new List<double>();
        for (int number = 1; number <= Devices; number++)
        {
            scheduler.Devices[number - 1].Chip.Pins.Changed += (_, change) => Note(change.Pin);
            for (int i = 0; i < Switchings; i++)
            {
                long begin = Stopwatch.GetTimestamp();
                await client.PublishAsync($"m2m/{Peer(number)}/telemetry", i % 2 == 0 ? """{"temperature":30}""" : """{"temperature":20}""");
                Assert.IsTrue(await switched.WaitAsync(Patience), $"device {number} does not follow reading {i}");
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                Assert.AreEqual(i % 2 == 0, scheduler.Devices[number - 1].Chip.Pins.LevelOf(Pin));
            }
        }

        await end.CancelAsync();
        await run;
        scheduler.StopAll(TimeSpan.FromSeconds(5));
        times.Sort();
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reading to output: {times.Count} times, median {times[times.Count / 2]:0.0} ms, p99 {times[times.Count * 99 / 100]:0.0} ms"));
    }

    private static string Peer(int number) => $"esp32-02000000001{number}";
}
