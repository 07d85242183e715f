using Firmware.Actuation;
using Firmware.Connectivity;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Outputs
{
    /// <summary>
    /// The outputs of a device. Each begins in its safe state and returns to it when its time is over, or when its driver
    /// failed. Every change is an event. No request breaks an interlock or a minimum time; only the safe state ends one early.
    /// </summary>
    public sealed class Actuators : IOutputs
    {
        private const int EntryLength = 9; // key, milliseconds of rest, level

        private readonly IClock _clock;
        private readonly EventQueue _events;
        private readonly ILog _log;

        /// <summary>Drives all to their safe states; a pin that the board refuses is reported by an event.</summary>
        /// <param name="rules">What there is; names differ.</param>
        /// <param name="pins">The board's pins, or null when it has none.</param>
        /// <param name="levels">The board's pins for levels, or null when it has none.</param>
        /// <param name="clock">Time.</param>
        /// <param name="events">Receives <c>actuator</c>, <c>actuator-fault</c> and <c>actuator-recovered</c>.</param>
        /// <param name="log">Receives a line for each of these, or null.</param>
        public Actuators(ActuatorRule[] rules, IOutputPins pins, ILevelPins levels, IClock clock, EventQueue events, ILog log)
        {
            _clock = clock;
            _events = events;
            _log = log;
            All = new Actuator[rules.Length];
            for (int i = 0; i < rules.Length; i++)
            {
                All[i] = new Actuator(rules[i], pins, levels, clock.Uptime);
                if (!All[i].IsAvailable)
                {
                    ReportFault(All[i]);
                }
            }
        }

        /// <summary>All, in the order of the settings.</summary>
        public readonly Actuator[] All;

        /// <summary>Learns that the next due time may be another one; null without one.</summary>
        internal OutputModule Owner;

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

        /// <summary>Uptime in milliseconds at which a rule may drive what a minimum time forbids now; <see cref="long.MaxValue"/> for none.</summary>
        internal long WantedAt
        {
            get
            {
                long at = long.MaxValue;
                for (int i = 0; i < All.Length; i++)
                {
                    at = All[i].WantedAt < at ? All[i].WantedAt : at;
                }

                return at;
            }
        }

        /// <summary>Whether a pulse is not over.</summary>
        internal bool IsPulsing
        {
            get
            {
                for (int i = 0; i < All.Length; i++)
                {
                    if (All[i].Rule.Kind == ActuatorRule.Pulse && All[i].IsOn)
                    {
                        return true;
                    }
                }

                return false;
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
        public bool HasLevels(int output) => All[output].HasLevels;

        /// <inheritdoc/>
        public int LevelOf(int output) => All[output].IsAvailable ? All[output].Level : -1;

        /// <summary>Finds an actuator.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The actuator, or null.</returns>
        public Actuator Find(string name)
        {
            int output = IndexOf(name);
            return output < 0 ? null : All[output];
        }

        /// <inheritdoc/>
        public string Drive(int output, int level, int milliseconds, string cause)
        {
            Actuator actuator = All[output];
            int wanted = LevelFor(actuator, level);
            if (wanted == actuator.Level && actuator.IsAvailable && milliseconds == 0 && actuator.Rule.Kind != ActuatorRule.Pulse)
            {
                actuator.Hold(_clock.Uptime, 0);
                actuator.WantedAt = long.MaxValue;
                ReportChange(actuator, cause);
                Owner?.Schedule();
                return null;
            }

            string refusal = Request(actuator, wanted, milliseconds, cause, out _);
            actuator.WantedAt = refusal != null && actuator.FreeAt > _clock.Uptime ? actuator.FreeAt : long.MaxValue;
            Owner?.Schedule();
            return refusal;
        }

        /// <inheritdoc/>
        public bool HasFailed(int output) => false;

        /// <inheritdoc/>
        public void Release(int output, string cause)
        {
            MakeSafe(All[output], cause);
            Owner?.Schedule();
        }

        /// <summary>Drives an output, unless that would break an interlock or a minimum time.</summary>
        /// <param name="actuator">One of <see cref="All"/>.</param>
        /// <param name="level">0 to 100 %; for one that takes no levels all above 0 is on.</param>
        /// <param name="milliseconds">
        /// Until it returns to the safe state, 0 for as long as its limit allows, or for a pulse's length; its limit counts
        /// from when it left the safe state, and the shorter time wins.
        /// </param>
        /// <param name="cause">Who wants it, for the event.</param>
        /// <param name="retryAt">Uptime in milliseconds at which it can be done; 0 when that is not known.</param>
        /// <returns>Null when it is done; else why not, for people. One whose driver failed is made safe as soon as that works.</returns>
        public string Request(Actuator actuator, int level, long milliseconds, string cause, out long retryAt)
        {
            long now = _clock.Uptime;
            int wanted = LevelFor(actuator, level);
            long length = milliseconds;
            if (wanted > 0 && actuator.Rule.Kind == ActuatorRule.Pulse)
            {
                length = length == 0 ? actuator.Rule.PulseLength : length > ActuatorRule.MaxPulse ? ActuatorRule.MaxPulse : length;
            }

            string refusal = Check(actuator, wanted, length, now, out retryAt);
            return refusal ?? (Drive(actuator, wanted, length, cause) ? null : actuator.Fault);
        }

        /// <summary>Returns those to the safe state whose time is over.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Tick(long now)
        {
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i].DueAt <= now)
                {
                    MakeSafe(All[i], All[i].IsAvailable ? "limit" : "fault");
                }
            }
        }

        /// <summary>Returns all to the safe state, because their time limits are not watched any more.</summary>
        /// <param name="reason">Why, for the events: "stop", "restart".</param>
        public void MakeSafe(string reason)
        {
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i].HasPin && (All[i].Level != All[i].SafeLevel || !All[i].IsAvailable))
                {
                    MakeSafe(All[i], reason);
                }
            }
        }

        /// <summary>Takes what was reported before a sleep.</summary>
        /// <param name="file">The content of the file; null for none.</param>
        /// <param name="slept">Milliseconds; <see cref="long.MaxValue"/> when that is not known.</param>
        /// <returns>Whether one of them was in another state then.</returns>
        internal bool Recall(byte[] file, long slept)
        {
            bool isOther = false;
            for (int at = 0; file != null && at + EntryLength <= file.Length; at += EntryLength)
            {
                int key = Frame.GetInt(file, at);
                for (int i = 0; i < All.Length; i++)
                {
                    if (KeyOf(All[i]) == key)
                    {
                        All[i].Reported = file[at + EntryLength - 1];
                        isOther |= All[i].Reported != All[i].Level;
                        if (slept != long.MaxValue)
                        {
                            All[i].Rested(slept + Frame.GetInt(file, at + 4));
                        }
                    }
                }
            }

            return isOther;
        }

        /// <summary>What was reported, as a file.</summary>
        internal byte[] Remember()
        {
            byte[] file = new byte[All.Length * EntryLength];
            for (int i = 0; i < All.Length; i++)
            {
                Frame.PutInt(file, i * EntryLength, KeyOf(All[i]));
                Frame.PutInt(file, (i * EntryLength) + 4, All[i].Rest(_clock.Uptime));
                file[(i * EntryLength) + EntryLength - 1] = (byte)All[i].Reported;
            }

            return file;
        }

        /// <summary>Reports those that nothing drives any more as before the sleep.</summary>
        internal void ReportReleased()
        {
            for (int i = 0; i < All.Length; i++)
            {
                ReportChange(All[i], "sleep");
            }
        }

        private static int KeyOf(Actuator actuator) => Jitter.SeedOf(actuator.Name, 0);

        private static int LevelFor(Actuator actuator, int level) =>
            level <= 0 ? 0 : level > Actuator.FullLevel || !actuator.HasLevels ? Actuator.FullLevel : level;

        // The safe state wins over a minimum time: that it did is counted.
        private void MakeSafe(Actuator actuator, string reason)
        {
            bool isEarly = actuator.IsOn != actuator.SafeState && _clock.Uptime < actuator.FreeAt;
            actuator.EarlyEnds += Drive(actuator, actuator.SafeLevel, 0, reason) && isEarly ? 1 : 0;
        }

        private string Check(Actuator actuator, int level, long milliseconds, long now, out long retryAt)
        {
            retryAt = 0;
            bool on = level > 0;
            if (!actuator.IsAvailable && actuator.Rule.MinOn + actuator.Rule.MinOff > 0)
            {
                // Since when it is on or off is not known before it is safe again.
                return actuator.Fault;
            }

            if (milliseconds != 0 && level != actuator.SafeLevel && actuator.IsTooShort(on, now, milliseconds))
            {
                return (on ? "on for less than its minOn of " + actuator.Rule.MinOn : "off for less than its minOff of " + actuator.Rule.MinOff) + " s";
            }

            if (on == actuator.IsOn && actuator.IsAvailable)
            {
                return null;
            }

            if (actuator.FreeAt > now)
            {
                retryAt = actuator.FreeAt;
                return on ? "off for less than its minOff of " + actuator.Rule.MinOff + " s" : "on for less than its minOn of " + actuator.Rule.MinOn + " s";
            }

            return on ? Interlock(actuator, out retryAt) : null;
        }

        private string Interlock(Actuator actuator, out long retryAt)
        {
            retryAt = 0;
            for (int i = 0; i < All.Length; i++)
            {
                Actuator other = All[i];
                if (other != actuator && other.MayBeOn && actuator.Excludes(other))
                {
                    retryAt = other.DueAt == long.MaxValue ? 0 : other.DueAt;
                    return "interlock: " + other.Name + (other.IsAvailable ? " is on" : " may be on, its driver failed");
                }
            }

            return null;
        }

        private bool Drive(Actuator actuator, int level, long milliseconds, string reason)
        {
            int before = actuator.Level;
            bool wasAvailable = actuator.IsAvailable;
            bool isDone = actuator.Drive(level, _clock.Uptime, milliseconds);
            if (!isDone && wasAvailable)
            {
                ReportFault(actuator);
            }

            if (isDone && !wasAvailable)
            {
                Changes++;
                _events.Add("actuator-recovered", "actuator", actuator.Name, null);
            }

            Changes += actuator.Level != before ? 1 : 0;
            ReportChange(actuator, reason);
            return isDone;
        }

        // What is driven as before a sleep is no change.
        private void ReportChange(Actuator actuator, string reason)
        {
            if (actuator.Level == actuator.Reported || !actuator.IsAvailable)
            {
                return;
            }

            actuator.Reported = actuator.Level;
            JsonWriter writer = EventQueue.Begin("actuator");
            writer.Member("actuator", actuator.Name);
            WriteState(writer, actuator);
            writer.Name("reason");
            writer.String(reason);
            _events.End(writer, false);
            Log(LogLevel.Information, actuator.Name, (!actuator.IsOn ? "off: " : actuator.HasLevels ? actuator.Level + " %: " : "on: ") + reason);
        }

        /// <summary>Writes the members "on" and, where there is one, "level".</summary>
        internal static void WriteState(JsonWriter writer, Actuator actuator)
        {
            writer.Name("on");
            writer.Boolean(actuator.IsOn);
            if (actuator.HasLevels)
            {
                writer.Member("level", actuator.Level);
            }
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
