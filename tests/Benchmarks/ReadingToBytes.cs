using BenchmarkDotNet.Attributes;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Benchmarks;

/// <summary>One measurement of three values, from the driver's integers to the bytes that go to the broker.</summary>
[MemoryDiagnoser]
public class ReadingToBytes
{
    private readonly FixedClock _clock = new();
    private readonly JsonWriter _writer = new(512, 4096);
    private readonly SenmlPack _pack;
    private readonly Sampler _sampler;

    public ReadingToBytes()
    {
        var counters = new Counters();
        _pack = new SenmlPack("urn:dev:mac:020000fffe000001_", _clock);
        _sampler = new Sampler([new ConstantSlot()], _clock, new EventQueue(_clock, counters), counters);
        _sampler.Start();
    }

    [Benchmark]
    public byte[] Measure_and_encode()
    {
        _sampler.Measure();
        _writer.Clear();
        _pack.WriteTelemetry(_writer, 41, _sampler.Channels, _clock.Uptime);
        return _writer.ToArray();
    }
}
