using System.Text.Json;
using Boards.NativeSim.Faults;
using Boards.NativeSim.Playback;
using Boards.NativeSim.Simulation;
using M2m.Client.Mqtt;
using M2m.Client.Telemetry;
using Scenarios.Harness;

namespace Scenarios.Playback;

/// <summary>
/// A scenario of native-sim in virtual time, at a broker that its faults really kill, and what an outside observer sees: messages
/// at the broker, levels at pins, and the air.
/// </summary>
internal sealed class ScenarioRun : IAsyncDisposable
{
    private readonly Bench _bench;
    private readonly List<Received> _earlier = [];

    private ScenarioRun(Bench bench, Scenario scenario)
    {
        _bench = bench;
        for (int number = 1; number <= scenario.Devices.Count; number++)
        {
            ScenarioDevice device = scenario.Devices[number - 1];
            string settings = device.Settings.Overlay(new BrokerAddress("127.0.0.1", bench.Broker.Port, null, null), null, null, null, null, device.Battery);
            bench.Add(number, options: new DeviceOptions { Sensors = device.Sensors, BatteryMah = device.Battery, Meters = device.Meters, Settings = settings });
        }

        var faults = new FaultSchedule(bench.Scheduler, isUp => SwitchBrokerAsync(isUp).GetAwaiter().GetResult(), _ => { });
        foreach (Fault fault in scenario.Faults)
        {
            faults.Add(fault);
        }

        scenario.PlanWorld(bench.Scheduler, _ => { });
        foreach (SimulatedDevice device in bench.Scheduler.Devices)
        {
            device.Boot();
        }
    }

    public IReadOnlyList<SimulatedDevice> Devices => _bench.Scheduler.Devices;

    public static async Task<ScenarioRun> StartAsync(string name) => new(await Bench.StartAsync(), ScenarioFile.Load(name));

    /// <summary>Lets time run to a second of the world; then the observer has all that the broker acknowledged until then.</summary>
    public async Task RunToAsync(int second)
    {
        _bench.Scheduler.RunTo(second * 1000L, CancellationToken.None);
        await _bench.Client.CatchUpAsync();
    }

    /// <summary>The levels of a pin, with the second of the world at which each began.</summary>
    public IReadOnlyList<(double At, bool IsHigh)> Levels(int device, int pin)
    {
        (double At, bool IsHigh)[] all =
            [.. Devices[device - 1].Chip.Pins.History.Where(change => change.Pin == pin).Select(change => (change.AtMs / 1000.0, change.IsHigh == true))];
        return [.. all.Where((level, i) => i == 0 || level.IsHigh != all[i - 1].IsHigh)];
    }

    /// <summary>The level of a pin at a second of the world.</summary>
    public bool IsHighAt(int device, int pin, double second) => Levels(device, pin).LastOrDefault(level => level.At <= second).IsHigh;

    /// <summary>The payloads of the events of a type, each once, in the order of their arrival.</summary>
    public IReadOnlyList<JsonElement> Events(int device, string type) =>
        [.. On(device, "event").Select(message => message.Json).Where(e => e.GetProperty("type").GetString() == type)];

    /// <summary>Presence and events, in the order of their arrival.</summary>
    public IEnumerable<JsonElement> Messages(int device) =>
        Arrived.Where(message => message.Topic == Topic(device, "status") || message.Topic == Topic(device, "event")).Select(message => message.Json);

    /// <summary>The second of the world of a time in a message.</summary>
    public double SecondOf(JsonElement time) => time.GetDouble() - new DateTimeOffset(_bench.Time.StartUtc).ToUnixTimeSeconds();

    /// <summary>The values of a channel that arrived, by the second of the world at which they were measured.</summary>
    public SortedDictionary<double, double> Readings(int device, string channel)
    {
        double start = new DateTimeOffset(_bench.Time.StartUtc).ToUnixTimeSeconds();
        var values = new SortedDictionary<double, double>();
        foreach (Reading reading in On(device, "telemetry").SelectMany(message => TelemetryMessage.Read(message.Json)!.Readings))
        {
            // Before its clock is set a device says how long ago it was: at the start; after a restart nobody knows.
            double at = Math.Round(reading.Time - start, 3);
            if (reading.Name == channel && (at >= 0 || values.Count == 0))
            {
                values[Math.Max(0, at)] = reading.Number!.Value;
            }
        }

        return values;
    }

    /// <summary>All that the device took has arrived.</summary>
    public void AssertNothingIsLost(int device, string channel)
    {
        SimulatedDevice of = Devices[device - 1];
        Assert.AreEqual(0, of.Figures.Dropped);
        Assert.IsGreaterThanOrEqualTo(of.Figures.Readings - of.Figures.Outbox, Readings(device, channel).Count, "readings are lost");
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private IEnumerable<Received> Arrived => _earlier.Concat(_bench.Client.Messages);

    private IEnumerable<Received> On(int device, string level) => Arrived.Where(message => message.Topic == Topic(device, level));

    private string Topic(int device, string level) => $"m2m/{Devices[device - 1].Id}/{level}";

    // The observer is back before the devices are.
    private async Task SwitchBrokerAsync(bool isUp)
    {
        if (!isUp)
        {
            await _bench.Client.CatchUpAsync();
            await _bench.Broker.KillAsync();
            return;
        }

        _earlier.AddRange(_bench.Client.Messages);
        await _bench.Broker.StartAsync();
        await _bench.ReconnectClientAsync();
    }
}
