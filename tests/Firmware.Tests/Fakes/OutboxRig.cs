using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Tests.Fakes
{
    /// <summary>An outbox for one temperature, and a test that plays link and broker.</summary>
    public sealed class OutboxRig
    {
        /// <summary>The first file of readings.</summary>
        public const string FirstFile = "out0";

        private const string Temperature = "temperature";
        private const int MaxPacks = 1000;

        private readonly SamplerRig _sampler;
        private readonly int _capacity;
        private bool _isInFlight;

        public OutboxRig()
            : this(OutboxOptions.DefaultCapacity)
        {
        }

        public OutboxRig(int capacity)
            : this(new MemoryStorage(), Temperature, capacity)
        {
        }

        private OutboxRig(MemoryStorage storage, string channel, int capacity)
        {
            _sampler = Measuring(channel);
            _capacity = capacity;
            Storage = storage;
            Outbox = new Outbox(storage, Clock, Counters, new Sequence(storage, Counters, 10), new SenmlPack("b_", Clock), new OutboxOptions
            {
                Capacity = capacity,
            });
        }

        public ManualClock Clock => _sampler.Clock;

        public Counters Counters => _sampler.Counters;

        public MemoryStorage Storage { get; }

        public Outbox Outbox { get; }

        /// <summary>The numbers of the packs that <see cref="Drain()"/> sent, with a space behind each.</summary>
        public string Numbers { get; private set; } = string.Empty;

        /// <summary>How many packs <see cref="Drain()"/> sent.</summary>
        public int Packs { get; private set; }

        /// <summary>Length of the longest pack that <see cref="Drain()"/> sent.</summary>
        public int LongestPack { get; private set; }

        /// <summary>An outbox whose clock is right.</summary>
        public static OutboxRig Synchronized()
        {
            OutboxRig rig = new OutboxRig();
            rig.Clock.Synchronize();
            return rig;
        }

        /// <summary>The numbers from first to last, with a space behind each.</summary>
        public static string Range(int first, int last)
        {
            string range = string.Empty;
            for (int i = first; i <= last; i++)
            {
                range += i + " ";
            }

            return range;
        }

        /// <summary>The values of a pack, with a space behind each.</summary>
        public static string ValuesOf(string pack) => All(pack, "\"u\":\"Cel\",\"v\":");

        /// <summary>The number of a pack, with a space behind it.</summary>
        public static string NumberOf(string pack) => All(pack, "\"n\":\"seq\",\"v\":");

        /// <summary>Measures this temperature.</summary>
        public void Add(int value) => Add(value, _sampler);

        /// <summary>Measures this value of another channel.</summary>
        public void Add(int value, string channel) => Add(value, Measuring(channel));

        /// <summary>Measures these temperatures, each a second after the one before was stored.</summary>
        public void Store(int first, int last)
        {
            for (int value = first; value <= last; value++)
            {
                Add(value);
                Wait(OutboxOptions.DefaultWriteBack);
                Clock.Advance(1000);
            }
        }

        /// <summary>Lets time go by.</summary>
        public void Wait(long milliseconds)
        {
            Clock.Advance(milliseconds);
            Outbox.Tick(Clock.Uptime);
        }

        /// <summary>Publishes the next pack.</summary>
        /// <returns>The pack, or null when there was none to publish.</returns>
        public string Send()
        {
            OutgoingMessage message = new OutgoingMessage();
            if (_isInFlight || !Outbox.IsWaiting || !Outbox.Encode(message))
            {
                return null;
            }

            _isInFlight = true;
            return Utf8.Text(message.Writer.ToArray());
        }

        /// <summary>The broker has the pack in flight.</summary>
        public void Acknowledge()
        {
            _isInFlight = false;
            Outbox.Acknowledged();
        }

        /// <summary>The pack in flight is lost.</summary>
        public void Lose()
        {
            _isInFlight = false;
            Outbox.Failed();
        }

        /// <summary>Sends all there is to a broker that acknowledges.</summary>
        /// <returns>The values, with a space behind each.</returns>
        public string Drain() => Drain(false);

        /// <summary>Likewise.</summary>
        /// <returns>Each value behind its name, with spaces.</returns>
        public string DrainNamed() => Drain(true);

        private string Drain(bool isNamed)
        {
            string values = string.Empty;
            for (int i = 0; i < MaxPacks; i++)
            {
                string pack = Send();
                if (pack == null)
                {
                    break;
                }

                Acknowledge();
                values += isNamed ? NamedValuesOf(pack) : ValuesOf(pack);
                Numbers += NumberOf(pack);
                Packs++;
                LongestPack = pack.Length > LongestPack ? pack.Length : LongestPack;
            }

            return values;
        }

        /// <summary>The next run on the same storage: what was in RAM is gone.</summary>
        public OutboxRig CutPower() => CutPower(Temperature);

        /// <summary>Likewise; that run measures something else.</summary>
        public OutboxRig CutPower(string channel) => new OutboxRig(Storage, channel, _capacity);

        private void Add(int value, SamplerRig sampler)
        {
            sampler.Measure(value, 0);
            new ReportFilter(10).Judge(sampler.Sampler.Channels, Clock.Uptime);
            Outbox.Add(sampler.Sampler.Channels, Clock.Uptime);
        }

        private static SamplerRig Measuring(string channel)
        {
            Measurand measurand = new Measurand(channel, "Cel", 0, int.MinValue, int.MaxValue);
            return new SamplerRig(new ScriptedSensor("test", new[] { measurand }, new[] { 0 }), null);
        }

        private static string NamedValuesOf(string pack)
        {
            string found = string.Empty;
            for (int at = pack.IndexOf("\",\"u\""); at >= 0; at = pack.IndexOf("\",\"u\"", at + 1))
            {
                string before = pack.Substring(0, at);
                found += before.Substring(before.LastIndexOf('"') + 1) + " " + ValuesOf(pack.Substring(at, pack.IndexOf('}', at) + 1 - at));
            }

            return found;
        }

        private static string All(string pack, string mark)
        {
            string found = string.Empty;
            for (int at = pack.IndexOf(mark); at >= 0; at = pack.IndexOf(mark, at))
            {
                at += mark.Length;
                found += pack.Substring(at, pack.IndexOf('}', at) - at) + " ";
            }

            return found;
        }
    }
}
