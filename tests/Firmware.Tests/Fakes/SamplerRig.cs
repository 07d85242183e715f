using Firmware.Inputs.Windows;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Tests.Fakes
{
    /// <summary>A sampler with two slots, 76 and 77, that has looked for its sensors.</summary>
    public sealed class SamplerRig
    {
        public SamplerRig(ScriptedSensor at76, ScriptedSensor at77)
            : this(at76, at77, new ManualClock())
        {
        }

        /// <summary>With rules for the channels in single-quoted JSON.</summary>
        public SamplerRig(ScriptedSensor at76, ScriptedSensor at77, string channels)
            : this(at76, at77, new ManualClock(), ChannelRules.Of(channels))
        {
        }

        public SamplerRig(ScriptedSensor at76, ScriptedSensor at77, ManualClock clock)
            : this(at76, at77, clock, new ChannelRule[0])
        {
        }

        private SamplerRig(ScriptedSensor at76, ScriptedSensor at77, ManualClock clock, ChannelRule[] rules)
        {
            Clock = clock;
            Slot76 = new ScriptedPort("76", at76);
            Slot77 = new ScriptedPort("77", at77);
            Sampler = new Sampler(new ISensorPort[] { Slot76, Slot77 }, clock, Events, Counters, rules) { Aggregation = new WindowModule() };
            Sampler.Start(false);
        }

        public ManualClock Clock { get; }

        public RecordedEvents Events { get; } = new RecordedEvents();

        public Counters Counters { get; } = new Counters();

        public ScriptedPort Slot76 { get; }

        public ScriptedPort Slot77 { get; }

        public Sampler Sampler { get; }

        /// <summary>The names of all channels in order, with a space between.</summary>
        public string Names
        {
            get
            {
                string names = string.Empty;
                for (int i = 0; i < Sampler.Channels.Length; i++)
                {
                    names += (i == 0 ? string.Empty : " ") + Sampler.Channels[i].Name;
                }

                return names;
            }
        }

        /// <summary>The first channel of the sensor at 76: its temperature.</summary>
        public Channel Temperature => Sampler.Channels[0];

        /// <summary>Lets time go by, then measures this temperature.</summary>
        /// <returns>Whether it was accepted.</returns>
        public bool Measure(int temperature, long milliseconds)
        {
            Clock.Advance(milliseconds);
            Slot76.Sensor.Values[0] = temperature;
            Sampler.Measure();
            return Temperature.IsValid;
        }

        /// <summary>Measures these temperatures, ten seconds apart.</summary>
        public void MeasureAll(params int[] temperatures)
        {
            for (int i = 0; i < temperatures.Length; i++)
            {
                Measure(temperatures[i], 10000);
            }
        }

        /// <summary>Sets the clock to when the next probe is due, and probes.</summary>
        public void ProbeWhenDue()
        {
            Clock.Uptime = Sampler.ProbeAt;
            Sampler.Probe(Clock.Uptime);
        }

        /// <summary>Takes away the sensor at 76, which the next measurement notices.</summary>
        public void Lose76()
        {
            Slot76.Sensor.Answers = false;
            Sampler.Measure();
            Slot76.Sensor = null;
        }
    }
}
