using System.Text.Json;
using Boards.Esp32;
using Boards.NativeSim.World;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Scenarios.Outbox;

/// <summary>
/// The outbox on the port's files on a simulated flash whose power may fail, with a broker played by the test. It keeps
/// the books: which readings were taken, which may be lost by a power cut, which arrived under which number.
/// </summary>
internal sealed class OutboxRig
{
    private readonly CountingPort _slot = new();
    private readonly OutboxOptions _options;
    private readonly ReportFilter _worth = new(10);
    private Sampler _sampler = null!;

    public OutboxRig(int capacity = OutboxOptions.DefaultCapacity, int writeBack = OutboxOptions.DefaultWriteBack)
    {
        _options = new OutboxOptions { Capacity = capacity, WriteBack = writeBack };
        Chip = new SimulatedChip(1, new VirtualTime());
        Storage = new FlakyStorage(new FileStorage("I:\\"));
        Boot();
    }

    public SimulatedChip Chip { get; }

    public FlakyStorage Storage { get; }

    public SteppedClock Clock { get; } = new();

    public Firmware.Telemetry.Outbox Outbox { get; private set; } = null!;

    public Counters Counters { get; private set; } = new();

    public int Taken => _slot.Last;

    public int Cuts { get; private set; }

    /// <summary>Readings that were in RAM alone when the power failed.</summary>
    public HashSet<int> MayBeLost { get; } = [];

    /// <summary>For each reading that arrived: the pack numbers under which it did.</summary>
    public Dictionary<int, List<int>> Arrived { get; } = [];

    /// <summary>Epoch seconds with which each reading arrived.</summary>
    public Dictionary<int, long> Times { get; } = [];

    public List<int> PackSizes { get; } = [];

    public void Boot()
    {
        using IDisposable scope = Chip.Enter();
        Clock.Boot();
        Counters = new Counters();
        _sampler = new Sampler([_slot], Clock, new EventQueue(Clock, Counters), Counters, []);
        var sequence = new Sequence(Storage, Counters, 10);
        var senml = new SenmlPack("urn:dev:mac:020000fffe000001_", Clock);
        Outbox = new Firmware.Telemetry.Outbox(Storage, Clock, Counters, sequence, senml, new OutboxOptions { Capacity = _options.Capacity, WriteBack = _options.WriteBack });
        _sampler.Start(false);
        RebootIfCut();
    }

    /// <summary>Takes one reading, and lets the write-back delay pass unless the broker takes it at once.</summary>
    public void Measure(bool isOnline)
    {
        Act(Add);
        if (isOnline)
        {
            Drain();
        }

        Pass(3_000);
    }

    /// <summary>Takes readings, without time for a write between them.</summary>
    public void Burst(int readings)
    {
        for (int i = 0; i < readings; i++)
        {
            Act(Add);
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(int ms) => Act(() =>
    {
        Clock.Now += ms;
        Outbox.Tick(Clock.Uptime);
    });

    /// <summary>Sends everything; the broker acknowledges each pack.</summary>
    public void Drain()
    {
        while (SendOne(true))
        {
        }
    }

    /// <summary>Sends one pack.</summary>
    /// <param name="isAcknowledged">Whether its acknowledgement arrives.</param>
    public bool SendOne(bool isAcknowledged)
    {
        bool isSent = false;
        Act(() =>
        {
            var message = new OutgoingMessage();
            isSent = Outbox.IsWaiting && Outbox.Encode(message);
            if (isSent)
            {
                Receive(message.Writer.ToArray());
                if (isAcknowledged)
                {
                    Outbox.Acknowledged();
                }
                else
                {
                    Outbox.Failed();
                }
            }
        });
        return isSent;
    }

    private void Add()
    {
        Clock.Now += 10_000;
        _sampler.Measure();
        _worth.Judge(_sampler.Channels, Clock.Uptime);
        Outbox.Add(_sampler.Channels, Clock.Uptime);
        _worth.Sent(_sampler.Channels, Clock.Uptime);
    }

    private void Act(Action action)
    {
        using (Chip.Enter())
        {
            action();
        }

        RebootIfCut();
    }

    private void RebootIfCut()
    {
        if (Chip.Flash.PowerIsCut)
        {
            Cuts++;
            int inRam = Outbox.Count - Outbox.StoredCount;
            for (int reading = Taken - inRam + 1; reading <= Taken; reading++)
            {
                MayBeLost.Add(reading);
            }

            Chip.PowerOn(WakeCause.PowerOn);
            Boot();
        }
    }

    private void Receive(byte[] pack)
    {
        PackSizes.Add(pack.Length);
        using JsonDocument document = JsonDocument.Parse(pack);
        JsonElement[] records = [.. document.RootElement.EnumerateArray()];
        bool hasTime = records[0].TryGetProperty("bt", out JsonElement time);
        long baseTime = hasTime ? time.GetInt64() : Clock.UtcSeconds;
        int number = records[0].GetProperty("v").GetInt32();
        foreach (JsonElement record in records.Where(r => r.GetProperty("n").GetString() == "count"))
        {
            int reading = record.GetProperty("v").GetInt32();
            if (!Arrived.TryGetValue(reading, out List<int>? numbers))
            {
                Arrived[reading] = numbers = [];
            }

            numbers.Add(number);
            Times[reading] = baseTime + (record.TryGetProperty("t", out JsonElement relative) ? relative.GetInt64() : 0);
        }
    }
}
