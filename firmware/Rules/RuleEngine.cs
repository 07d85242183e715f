using System;
using Firmware.Actuation;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Rules
{
    /// <summary>
    /// Evaluates the rules. Pure but for the outputs: it is given time and what the device knows, and says which rules have
    /// fired. The state is numbers, none is an object: a reading that passes all rules allocates nothing.
    /// </summary>
    internal sealed partial class RuleEngine
    {
        internal const int New = 0;
        internal const int Inactive = 1;
        internal const int Active = 2;
        internal const int Stale = 3;

        /// <summary>The value of an input that has none.</summary>
        internal const long NoValue = long.MinValue;

        /// <summary>Devices whose channels or presence the rules use, at most.</summary>
        internal const int MaxDevices = 4;

        /// <summary>Times in <see cref="LoopWindow"/> at which a rule may become active; then it is suspended for as long.</summary>
        internal const int MaxActivations = 30;

        /// <summary>Tenths of a second.</summary>
        internal const int LoopWindow = 6000;

        private const int MaxInputs = 24;
        private const int None = 255;
        private const int All = -1;

        // Results of a condition.
        private const int False = 0;
        private const int True = 1;
        private const int Unknown = 2;

        // State of a condition.
        private const int Held = 1; // its limits are kept: the hysteresis counts
        private const int Running = 2; // since when is known
        private const int HasLast = 4; // there is a value to compare with, in the place behind
        private const int WasFast = 8; // the last rate was reached
        private const int ResultShift = 4;
        private const int Kept = 15;

        // State of a rule: numbers in a row.
        private const int Flags = 0; // the state, the state that was acted on from bit 2, activations from bit 8
        private const int Firings = 1;
        private const int Since = 2; // tenths of a second
        private const int ActedAt = 3;
        private const int WindowAt = 4;
        private const int Stride = 5;
        private const int Suspended = 1 << 4;
        private const int Activation = 1 << 8;

        // What an output must be driven to: the level + 1, the rule, the place of the action, whether the rule has fired.
        private const int LevelMask = 127;
        private const int RuleShift = 8;
        private const int PlaceShift = 12;
        private const int HasFired = 1 << 20;
        private const int Refused = 128;
        private const int RefusedPause = 10000;
        private const int LeastPauseOfSetting = 60;

        private readonly IClock _clock;
        private readonly IOutputs _outputs; // null for none

        private object[] _rules = new object[0];
        private int[] _info = new int[0];
        private byte[] _inputs; // of each place of a condition: its input, or its device
        private byte[] _marks;
        private long[] _since; // uptime in milliseconds; behind it, the value before
        private byte[] _targets; // of each action: the output
        private int[] _uses; // of each rule: a bit for each input, and the highest for all else
        private long[] _low; // of each input: while its value is not below
        private long[] _high; // and not above, no condition changes
        private bool _isChanged;
        private readonly int[] _wishes;
        private readonly int[] _driven;

        private Channel[] _known; // those of the sampler that were resolved
        private Channel[] _channels; // of each input; null for none
        private int[] _factors; // from a channel's value to millionths
        private int[] _names; // of each input: where its name is named, the rule from bit 16
        private byte[] _devices; // of each input: the device; none for an own channel
        private bool _usesTime;
        private long _minuteUntil; // uptime until which the minute is this one
        private long _timeDue; // uptime at which a window may open or close
        private int _minute = -1; // of the day; -1 while the time is not known
        private int _day;

        internal RuleEngine(IClock clock, IOutputs outputs)
        {
            _clock = clock;
            _outputs = outputs;
            _wishes = new int[outputs == null ? 0 : outputs.Count];
            _driven = new int[_wishes.Length];
        }

        /// <summary>In millionths, or <see cref="NoValue"/>; one more for what has no input.</summary>
        internal long[] Values;

        /// <summary>Of a device's channel: the uptime at which it was measured.</summary>
        internal long[] MeasuredAt;

        /// <summary>Names of the other devices.</summary>
        internal string[] Devices = Texts.New(MaxDevices);

        /// <summary>Presence of each: 0 while it is not known, else its state + 1.</summary>
        internal readonly byte[] Presence = new byte[MaxDevices];

        /// <summary>Local time.</summary>
        internal LocalTime Zone;

        private int _battery = -1;
        private bool _isOnline;

        /// <summary>A bit for each rule that has fired in the last round.</summary>
        internal int Fired;

        /// <summary>A bit for each rule that was suspended in the last round.</summary>
        internal int Looped;

        /// <summary>Why an output was not driven as wanted, last; null when all are.</summary>
        internal string Refusal;

        /// <summary>Uptime at which there is something to evaluate; <see cref="long.MaxValue"/> for never.</summary>
        internal long DueAt = long.MaxValue;

        internal int Count => _rules.Length;

        internal int[] Rule(int index) => (int[])_rules[index];

        internal int StateOf(int rule) => _info[rule * Stride] & 3;

        internal bool IsSuspended(int rule) => (_info[rule * Stride] & Suspended) != 0;

        internal int FiringsOf(int rule) => _info[(rule * Stride) + Firings];

        /// <summary>Seconds since the state of a rule changed.</summary>
        internal int AgeOf(int rule, long now) => ((int)(now / 100) - _info[(rule * Stride) + Since]) / 10;

        /// <summary>The clock or the zone was set.</summary>
        internal void TimeChanged()
        {
            _minuteUntil = 0;
            _timeDue = 0;
            _isChanged = true;
        }

        /// <summary>Evaluates all rules with the channels as they are, and drives the outputs.</summary>
        internal void Round(Channel[] channels, long now)
        {
            Fired = 0;
            Looped = 0;
            int left = Refresh(channels);
            bool isAll = _isChanged || now >= DueAt;
            if (left == 0 && !isAll)
            {
                return;
            }

            if (isAll)
            {
                _isChanged = false;
                DueAt = long.MaxValue;
                left = All;
            }

            for (int i = 0; i < _low.Length; i++)
            {
                if ((left & (1 << i)) != 0)
                {
                    _low[i] = NoValue;
                    _high[i] = long.MaxValue;
                }
            }

            if (_usesTime)
            {
                ReadTime(now);
                PlanTime(now);
            }

            Run(left, now, isAll);
        }

        /// <summary>Takes what the device knows of itself.</summary>
        /// <param name="isOnline">Whether it is connected.</param>
        /// <param name="battery">0 normal, 1 low, 2 critical, -1 unknown.</param>
        internal void Set(bool isOnline, int battery)
        {
            _isChanged |= isOnline != _isOnline || battery != _battery;
            _isOnline = isOnline;
            _battery = battery;
        }

        /// <summary>Takes the value of another device's channel.</summary>
        internal void Set(int input, long value, long measuredAt)
        {
            Values[input] = value;
            MeasuredAt[input] = measuredAt;

            // It may have been too old, and equal: in any case the rules with it are evaluated.
            _low[input] = 1;
            _high[input] = 0;
        }

        /// <summary>Takes the presence of another device: 0 for unknown, else its state + 1.</summary>
        internal void SetPresence(int device, int presence)
        {
            _isChanged |= Presence[device] != presence;
            Presence[device] = (byte)presence;
        }

        // Only the rules that use an input whose value has left the range in which nothing changes.
        private void Run(int inputs, long now, bool isChanged)
        {
            int slot = 0;
            int fired = 0;
            for (int r = 0; r < _rules.Length; r++)
            {
                int[] rule = Rule(r);
                if ((_uses[r] & inputs) != 0)
                {
                    int state = Evaluate(rule, slot, now);
                    if ((_info[r * Stride] & 31) != (state | (state << 2)))
                    {
                        isChanged = true;
                        fired |= Change(r, state, now) ? 1 << r : 0;
                    }
                }

                slot += SlotsOf(rule);
            }

            if (isChanged && _outputs != null)
            {
                Wish(fired);
                Drive(now);
            }
        }

        // The first rule that decides an output wins.
        private void Wish(int fired)
        {
            for (int i = 0; i < _wishes.Length; i++)
            {
                _wishes[i] = 0;
            }

            int first = 0;
            for (int r = 0; r < _rules.Length; r++)
            {
                int flags = _info[r * Stride];
                int state = (flags & Suspended) != 0 ? Stale : flags & 3;
                int[] rule = Rule(r);
                int lists = rule[RuleCode.Lists];
                int action = first + (state == Active ? 0 : state == Inactive ? lists & 255 : (lists & 255) + ((lists >> 8) & 255));
                int left = ActionsOf(r, state, out int at);
                for (; left > 0; left--)
                {
                    int op = rule[at];
                    int output = _targets[action++];
                    if (output != None && _wishes[output] == 0)
                    {
                        int level = ((op & RuleCode.Level) != 0 ? rule[at + 2] : rule[at + 2] != 0 ? 100 : 0) + 1;
                        _wishes[output] = level | (r << RuleShift) | (at << PlaceShift) | ((fired & (1 << r)) != 0 ? HasFired : 0);
                    }

                    at += op >> RuleCode.LengthShift;
                }

                first += ActionsOf(rule);
            }
        }

        private void Due(long at)
        {
            if (at < DueAt)
            {
                DueAt = at;
            }
        }

        private void Drive(long now)
        {
            Refusal = null;
            for (int i = 0; i < _wishes.Length; i++)
            {
                int wish = _wishes[i];
                int level = wish & LevelMask;
                int before = _driven[i];
                if (level == before)
                {
                    // What a request or a limit has changed since stays so until the rules decide otherwise.
                    continue;
                }

                _driven[i] = level;
                int[] rule = level == 0 ? null : Rule((wish >> RuleShift) & 15);
                int at = (wish >> PlaceShift) & 255;
                bool isShort = level != 0 && (rule[at] & RuleCode.Seconds) != 0;
                if (level == 0 || (isShort && (wish & HasFired) == 0 && before != (level | Refused)))
                {
                    // What is for some seconds has been driven when the rule fired: before a sleep, or below another rule.
                    continue;
                }

                string reason = _outputs.Drive(i, level - 1, isShort ? rule[at + 3] : 0, "rule " + RuleCode.Name(rule));
                if (reason != null)
                {
                    Refusal = _outputs.NameOf(i) + ": " + reason;
                    _driven[i] = level | Refused;
                    Due(now + RefusedPause);
                }
            }
        }

        private bool Change(int r, int state, long now)
        {
            int[] info = _info;
            int at = r * Stride;
            int flags = info[at];
            int time = (int)(now / 100);
            int old = flags & 3;
            if ((flags & Suspended) != 0 && time - info[at + WindowAt] >= LoopWindow)
            {
                flags &= 15;
            }

            if (old != state)
            {
                info[at + Since] = time;
                flags = (flags & ~3) | state;
                if (state == Active && (flags & Suspended) == 0)
                {
                    flags = CountActivation(r, flags, time);
                }
            }

            int acted = (flags >> 2) & 3;
            bool isFired = false;
            if ((flags & Suspended) != 0)
            {
                Due((info[at + WindowAt] + LoopWindow) * 100L);
            }
            else if (state != Active && (acted == New || (acted == Stale && state == Inactive && info[at + Firings] == 0)))
            {
                // How it was found, or what is known at last: nothing has happened.
                flags |= state << 2;
            }
            else if (acted != state)
            {
                int[] rule = Rule(r);
                long pause = PauseOf(rule) * 10L;
                isFired = info[at + Firings] == 0 || time - info[at + ActedAt] >= pause;
                if (isFired)
                {
                    flags = (flags & ~12) | (state << 2);
                    Fire(r, at, rule, state, time);
                }
                else
                {
                    Due((info[at + ActedAt] + pause) * 100L);
                }
            }

            info[at] = flags;
            return isFired;
        }

        // A setting is written to flash: not more often than once a minute.
        private static int PauseOf(int[] rule)
        {
            int least = 1;
            int at = ActionsAt(rule);
            for (int left = ActionsOf(rule); left > 0; left--)
            {
                least = (rule[at] & RuleCode.KindMask) == RuleCode.Interval ? LeastPauseOfSetting : least;
                at = RuleCode.Next(rule, at);
            }

            return rule[RuleCode.Pause] > least ? rule[RuleCode.Pause] : least;
        }

        private void Fire(int r, int at, int[] rule, int state, int time)
        {
            if (((rule[RuleCode.Lists] >> ListShift(state)) & 255) != 0)
            {
                _info[at + Firings]++;
                _info[at + ActedAt] = time;
                Fired |= 1 << r;
            }
        }

        /// <summary>How many actions a state of a rule has.</summary>
        internal int ActionsOf(int r, int state, out int at)
        {
            int[] rule = Rule(r);
            int lists = rule[RuleCode.Lists];
            int skipped = state == Active ? 0 : state == Inactive ? lists & 255 : (lists & 255) + ((lists >> 8) & 255);
            for (at = ActionsAt(rule); skipped > 0; skipped--)
            {
                at = RuleCode.Next(rule, at);
            }

            return (lists >> ListShift(state)) & 255;
        }

        internal static int ListShift(int state) => state == Active ? 0 : state == Inactive ? 8 : 16;

        private int CountActivation(int r, int flags, int time)
        {
            int at = r * Stride;
            int count = flags / Activation;
            if (count == 0 || time - _info[at + WindowAt] >= LoopWindow)
            {
                _info[at + WindowAt] = time;
                count = 0;
            }

            flags = (flags & (Activation - 1)) | ((count + 1) * Activation);
            if (count == MaxActivations)
            {
                _info[at + WindowAt] = time;
                Looped |= 1 << r;
                flags |= Suspended;
            }

            return flags;
        }
    }
}
