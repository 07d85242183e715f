using Firmware.Outputs;
using Firmware.Outputs.Methods;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Tests.Fakes
{
    /// <summary>Actuators on fake pins, and the methods for them.</summary>
    public sealed class ActuatorRig
    {
        public ActuatorRig(params ActuatorRule[] rules)
            : this(new FakePins(), rules)
        {
        }

        public ActuatorRig(FakePins pins, ActuatorRule[] rules)
            : this(pins, new FakeLevelPins(), rules)
        {
        }

        public ActuatorRig(FakePins pins, FakeLevelPins levels, ActuatorRule[] rules)
        {
            Pins = pins;
            Levels = levels;
            Events = new EventQueue(Clock, Counters);
            Actuators = new Actuators(rules, pins, levels, Clock, Events, Log);
            Set = new MethodRig(new ActuatorsSetMethod(Actuators, Clock));
            List = new MethodRig(new ActuatorsListMethod(Actuators, Clock));
        }

        public ManualClock Clock { get; } = new ManualClock();

        public Counters Counters { get; } = new Counters();

        public FakePins Pins { get; }

        public FakeLevelPins Levels { get; }

        public EventQueue Events { get; }

        public LastLineLog Log { get; } = new LastLineLog();

        public Actuators Actuators { get; }

        public MethodRig Set { get; }

        public MethodRig List { get; }

        /// <summary>The first actuator.</summary>
        public Actuator First => Actuators.All[0];

        /// <summary>A relay on GPIO 5 that is safe when off and may be on for this long.</summary>
        public static ActuatorRig Relay(int limit) => new ActuatorRig(new ActuatorRule("relay", 5, false, false, limit));

        /// <summary>Switches an actuator on request.</summary>
        /// <returns>Whether that was done.</returns>
        public bool Drive(Actuator actuator, bool on, int seconds) =>
            Actuators.Request(actuator, on ? Actuator.FullLevel : 0, seconds * 1000L, "request", out _) == null;

        /// <summary>Lets time go by in the steps that the device would take.</summary>
        public void Advance(long milliseconds)
        {
            long end = Clock.Uptime + milliseconds;
            while (Actuators.DueAt <= end)
            {
                Clock.Uptime = Actuators.DueAt > Clock.Uptime ? Actuators.DueAt : Clock.Uptime;
                Actuators.Tick(Clock.Uptime);
            }

            Clock.Uptime = end;
        }

        /// <summary>The oldest event that waits, taken out; null without one.</summary>
        public string TakeEvent()
        {
            string text = Utf8.Text(Events.Peek());
            Events.Remove();
            return text;
        }
    }
}
