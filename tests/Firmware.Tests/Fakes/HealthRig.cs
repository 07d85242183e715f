using Firmware.Diagnostics;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Tests.Fakes
{
    /// <summary>The health of a device whose heap the test sets.</summary>
    public sealed class HealthRig
    {
        public HealthRig()
            : this(new ManualClock(), new FakeNetwork(), new Counters())
        {
        }

        public HealthRig(ManualClock clock, FakeNetwork network, Counters counters)
        {
            Clock = clock;
            Network = network;
            Counters = counters;
            MemoryStorage storage = new MemoryStorage();
            SenmlPack senml = new SenmlPack("urn:", clock);
            Outbox = new Outbox(storage, clock, counters, new Sequence(storage, counters, 10), senml, new OutboxOptions());
            Hardware hardware = new Hardware { Clock = clock, Memory = Memory, Network = network, Storage = storage };
            Context = ContextRig.Create(hardware, counters, new BootRecord(storage, counters, clock));
            Context.Outbox = Outbox;
            Health = new Health(hardware, Context);
        }

        public ManualClock Clock { get; }

        public FakeNetwork Network { get; }

        public Counters Counters { get; }

        public SetMemory Memory { get; } = new SetMemory();

        public Outbox Outbox { get; }

        public DeviceContext Context { get; }

        public Health Health { get; }

        public string Text
        {
            get
            {
                JsonWriter writer = new JsonWriter(64, 1024);
                Health.WriteTo(writer);
                return Utf8.Text(writer.ToArray());
            }
        }
    }
}
