using Firmware.Actuation;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Outputs
{
    /// <summary>
    /// The relays and LEDs of a device. Each begins in its safe state and returns to it when its time is over, or when its
    /// driver failed. Every change is an event.
    /// </summary>
    public sealed class Actuators : IOutputs
    {
        private readonly IClock _clock;
        private readonly EventQueue _events;
        private readonly ILog _log;

        /// <summary>Drives all to their safe states; a pin that the board refuses is reported by an event.</summary>
        /// <param name="rules">What there is; names differ.</param>
        /// <param name="pins">The board's pins, or null when it has none.</param>
        /// <param name="clock">Time.</param>
        /// <param name="events">Receives <c>actuator</c>, <c>actuator-fault</c> and <c>actuator-recovered</c>.</param>
        /// <param name="log">Receives a line for each of these, or null.</param>
        public Actuators(ActuatorRule[] rules, IOutputPins pins, IClock clock, EventQueue events, ILog log)
        {
            _clock = clock;
            _events = events;
            _log = log;
            All = new Actuator[rules.Length];
            for (int i = 0; i < rules.Length; i++)
            {
                All[i] = new Actuator(rules[i], pins);
                if (!All[i].IsAvailable)
                {
                    ReportFault(All[i]);
                }
            }
        }

        /// <summary>All, in the order of the settings.</summary>
        public readonly Actuator[] All;

        /// <summary>Grows whenever one was switched, fails or works again: for who shows their states elsewhere.</summary>
        public int Changes;

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has something to do.</summary>
        public long DueAt
        {
            get
            {
                long due = long.MaxValue;
                for (int i = 0; i < All.Length; i++)
                {
                    due = All[i].DueAt < due ? All[i].DueAt : due;
                }

                return due;
            }
        }

        /// <inheritdoc/>
        public int Count => All.Length;

        /// <inheritdoc/>
        public int IndexOf(string name)
        {
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i].Name == name)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <inheritdoc/>
        public string NameOf(int output) => All[output].Name;

        /// <inheritdoc/>
        public int LevelOf(int output) => !All[output].IsAvailable ? -1 : All[output].IsOn ? 100 : 0;

        /// <summary>Finds an actuator.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The actuator, or null.</returns>
        public Actuator Find(string name)
        {
            int output = IndexOf(name);
            return output < 0 ? null : All[output];
        }

        /// <summary>Switches an actuator on request.</summary>
        /// <param name="actuator">One of <see cref="All"/>.</param>
        /// <param name="on">The state.</param>
        /// <param name="seconds">
        /// Until it returns to the safe state, 0 for as long as its limit allows; its limit counts from when it left the
        /// safe state, and the shorter time wins.
        /// </param>
        /// <returns>False when its pin was refused or its driver failed; it is made safe as soon as that works.</returns>
        public bool Set(Actuator actuator, bool on, int seconds) => Drive(actuator, on, seconds * 1000L, "request");

        /// <inheritdoc/>
        public string Drive(int output, int level, int milliseconds, string cause)
        {
            Actuator actuator = All[output];
            bool on = level > 0;
            bool isSame = actuator.IsAvailable && actuator.IsOn == on && milliseconds == 0;
            return isSame || Drive(actuator, on, milliseconds, cause) ? null : actuator.Fault;
        }

        /// <summary>Returns those to the safe state whose time is over.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Tick(long now)
        {
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i].DueAt <= now)
                {
                    Drive(All[i], All[i].SafeState, 0, All[i].IsAvailable ? "limit" : "fault");
                }
            }
        }

        /// <summary>Returns all to the safe state, because their time limits are not watched any more.</summary>
        /// <param name="reason">Why, for the events: "stop", "restart".</param>
        public void MakeSafe(string reason)
        {
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i].HasPin && (All[i].IsOn != All[i].SafeState || !All[i].IsAvailable))
                {
                    Drive(All[i], All[i].SafeState, 0, reason);
                }
            }
        }

        private bool Drive(Actuator actuator, bool on, long milliseconds, string reason)
        {
            bool wasOn = actuator.IsOn;
            bool wasAvailable = actuator.IsAvailable;
            bool isDone = actuator.Drive(on, _clock.Uptime, milliseconds);
            if (!isDone && wasAvailable)
            {
                ReportFault(actuator);
            }

            if (isDone && !wasAvailable)
            {
                Changes++;
                _events.Add("actuator-recovered", "actuator", actuator.Name, null);
            }

            if (actuator.IsOn != wasOn)
            {
                ReportChange(actuator, reason);
            }

            return isDone;
        }

        private void ReportChange(Actuator actuator, string reason)
        {
            Changes++;
            JsonWriter writer = EventQueue.Begin("actuator");
            writer.Member("actuator", actuator.Name);
            writer.Name("on");
            writer.Boolean(actuator.IsOn);
            writer.Name("reason");
            writer.String(reason);
            _events.End(writer, false);
            Log(LogLevel.Information, actuator.Name, (actuator.IsOn ? "on: " : "off: ") + reason);
        }

        private void ReportFault(Actuator actuator)
        {
            Changes++;
            _events.Add("actuator-fault", "actuator", actuator.Name, actuator.Fault);
            Log(LogLevel.Error, actuator.Name, actuator.Fault);
        }

        private void Log(LogLevel level, string name, string text)
        {
            if (_log != null && _log.Keeps(level))
            {
                _log.Write(level, "actuator " + name + ": " + text);
            }
        }
    }
}
