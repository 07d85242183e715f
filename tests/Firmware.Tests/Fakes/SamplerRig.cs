using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Tests.Fakes
{
    /// <summary>A sampler with two slots, 76 and 77, that has looked for its sensors.</summary>
    internal sealed class SamplerRig
    {
        public SamplerRig(ScriptedSensor at76, ScriptedSensor at77)
            : this(at76, at77, new ManualClock())
        {
        }

        public SamplerRig(ScriptedSensor at76, ScriptedSensor at77, ManualClock clock)
        {
            Clock = clock;
            Slot76 = new ScriptedSlot("76", at76);
            Slot77 = new ScriptedSlot("77", at77);
            Sampler = new Sampler(new ISensorSlot[] { Slot76, Slot77 }, clock, Events, Counters);
            Sampler.Start();
        }

        public ManualClock Clock { get; }

        public RecordedEvents Events { get; } = new RecordedEvents();

        public Counters Counters { get; } = new Counters();

        public ScriptedSlot Slot76 { get; }

        public ScriptedSlot Slot77 { get; }

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
