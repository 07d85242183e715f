using System.Text;
using BenchmarkDotNet.Attributes;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Benchmarks;

/// <summary>One request, from its bytes to the bytes of the response.</summary>
[MemoryDiagnoser]
public class RequestToResponse
{
    private readonly FixedClock _clock = new();
    private readonly RequestRouter _router;
    private readonly byte[][] _requests = new byte[64][];
    private int _next;

    public RequestToResponse()
    {
        var counters = new Counters();
        var sampler = new Sampler([new ConstantSlot()], _clock, new EventQueue(_clock, counters), counters, []);
        sampler.Start(false);
        var read = new ReadMethod(sampler, new SenmlPack("urn:dev:mac:020000fffe000001_", _clock), _clock);
        _router = new RequestRouter(new OneMethod(read), _clock, counters);
        for (int i = 0; i < _requests.Length; i++)
        {
            // More ids than the replay memory holds, so that each is carried out.
            _requests[i] = Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":"{{i}}","method":"read","params":{"channels":["temperature"]},"from":"dashboard-1"}""");
        }
    }

    [Benchmark]
    public Response Read_one_channel()
    {
        _next = (_next + 1) % _requests.Length;
        _clock.Uptime += 500; // The rate limit of a client.
        return _router.Handle(_requests[_next], false, false, false, false);
    }

    private sealed class OneMethod(IMethod method) : IMethodSet
    {
        public IMethod Find(string name) => method.Name == name ? method : null!;

        public IMethod[] All() => [method];
    }
}
