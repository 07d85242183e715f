using BenchmarkDotNet.Attributes;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Benchmarks;

/// <summary>One measurement of three values, from the driver's integers to the bytes that go to the broker.</summary>
[MemoryDiagnoser]
public class ReadingToBytes
{
    private readonly FixedClock _clock = new();
    private readonly OutgoingMessage _message = new();
    private readonly Outbox _outbox;
    private readonly Sampler _sampler;
    private readonly ReportFilter _worth = new(10);

    public ReadingToBytes()
    {
        var counters = new Counters();
        var storage = new NoStorage();
        var senml = new SenmlPack("urn:dev:mac:020000fffe000001_", _clock);
        _outbox = new Outbox(storage, _clock, counters, new Sequence(storage, counters, 10), senml, new OutboxOptions());
        _sampler = new Sampler([new ConstantSlot()], _clock, new EventQueue(_clock, counters), counters, []);
        _sampler.Start(false);
    }

    [Benchmark]
    public byte[] Measure_keep_encode_and_acknowledge()
    {
        _sampler.Measure();
        _worth.Judge(_sampler.Channels, _clock.Uptime);
        _message.Writer.Clear();
        if (!_outbox.Add(_sampler.Channels, _clock.Uptime) || !_outbox.Encode(_message))
        {
            throw new InvalidOperationException("Nothing was encoded: there is nothing to measure.");
        }

        _worth.Sent(_sampler.Channels, _clock.Uptime);
        byte[] pack = _message.Writer.ToArray();
        _outbox.Acknowledged();
        return pack;
    }
}
