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
        private const int Lost = 0; // the input that never has a value, of no device
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

        // An action on an output: the output, its rule, the state of the list, the place in the rule, the level + 1.
        private const int BitShift = 8; // twice the rule
        private const int StateShift = 13;
        private const int PlaceShift = 15;
        private const int LevelShift = 23;
        private const int Refused = 128;
        private const int RefusedPause = 10000;
        private const int LeastPauseOfSetting = 60;

        private readonly IClock _clock;
        private readonly IOutputs _outputs; // null for none

        private object[] _rules = new object[0];
        private int[] _info = new int[0];
        private byte[] _first = new byte[0]; // of each rule its first condition, then of each its first watch, then its first switch and the end
        private byte[] _marks = new byte[0]; // of each condition
        private byte[] _inputs; // of each condition: its input, or its device
        private long[] _since = new long[0]; // of each condition, if one needs it: uptime in milliseconds
        private long[] _last = new long[0]; // the value before, likewise
        private int[] _watches; // of each condition of a channel: the input, the rule from bit 8
        private long[] _low; // of each watch: while its value is not below
        private long[] _high; // and not above, the result stays
        private long[] _due; // of each rule: uptime at which it must be evaluated again
        private int[] _pauses; // of each rule: seconds
        private int[] _switches; // of each action on an output: the constants above say how
        private int _changed; // a bit for each rule that must be evaluated
        private int _states; // two bits for each rule: what it decides by
        private int _rule; // the one that is being evaluated
        private int _watch;
        private readonly int[] _driven; // of each output: its level + 1
        private long _driveAt = long.MaxValue; // uptime at which what was refused is tried again

        private Channel[] _known; // those of the sampler that were resolved
        private Channel[] _channels; // of each input; null for none
        private int[] _factors; // from a channel's value to millionths
        private int[] _names; // of each input: where its name is named, the rule from bit 16
        private byte[] _devices; // of each input: the device; none for an own channel
        private int _timed; // a bit for each rule with a time
        private long _minuteUntil; // uptime until which the minute is this one
        private long _timeDue; // uptime at which a window may open or close
        private int _minute = -1; // of the day; -1 while the time is not known
        private int _day;

        internal RuleEngine(IClock clock, IOutputs outputs)
        {
            _clock = clock;
            _outputs = outputs;
            _driven = new int[outputs == null ? 0 : outputs.Count];
        }

        /// <summary>In millionths, or <see cref="NoValue"/>.</summary>
        internal long[] Values;

        /// <summary>Of a device's channel: the uptime at which it was measured.</summary>
        internal long[] MeasuredAt;

        /// <summary>Names of the other devices.</summary>
        internal string[] Devices = Texts.New(MaxDevices);

        /// <summary>Presence of each: 0 while it is not known, else its state + 1.</summary>
        internal readonly byte[] Presence = new byte[MaxDevices];

        /// <summary>Local time.</summary>
        internal LocalTime Zone;

        /// <summary>The id of this device, which no rule asks.</summary>
        internal string Self;

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

        /// <summary>The same without what an output has refused.</summary>
        internal long RulesDueAt
        {
            get
            {
                long due = _timed != 0 ? _timeDue : long.MaxValue;
                for (int r = 0; r < _due.Length; r++)
                {
                    due = _due[r] < due ? _due[r] : due;
                }

                return due;
            }
        }

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
            _changed = All;
        }

        /// <summary>Evaluates what may have changed with the channels as they are, and drives the outputs.</summary>
        internal void Round(Channel[] channels, long now)
        {
            Fired = 0;
            Looped = 0;
            bool isOther = Refresh(channels);
            int rules = _changed;
            if (isOther)
            {
                int[] watches = _watches;
                long[] values = Values;
                long[] low = _low;
                long[] high = _high;
                for (int i = 0; i < watches.Length; i++)
                {
                    int watch = watches[i];
                    long value = values[watch & 255];
                    if (value < low[i] || value > high[i])
                    {
                        rules |= 1 << (watch >> 8);
                    }
                }
            }

            if (rules != 0 || now >= DueAt)
            {
                Run(rules, now);
            }
        }

        private void Run(int rules, long now)
        {
            _changed = 0;
            int outputs = rules < 0 ? All : 0;
            if (now >= DueAt || rules < 0)
            {
                DueAt = long.MaxValue;
                for (int r = 0; r < _due.Length; r++)
                {
                    rules |= now >= _due[r] ? 1 << r : 0;
                    DueAt = _due[r] < DueAt ? _due[r] : DueAt;
                }

                if (now >= _driveAt)
                {
                    outputs = All;
                }
            }

            if (_timed != 0)
            {
                ReadTime(now);
                if (now >= _timeDue)
                {
                    rules |= _timed;
                    PlanTime(now);
                }
            }

            int fired = 0;
            int left = rules & ((1 << _due.Length) - 1);
            for (int r = 0; left != 0; r++, left >>= 1)
            {
                if ((left & 1) != 0)
                {
                    _rule = r;
                    _due[r] = long.MaxValue;
                    int state = Evaluate((int[])_rules[r], now);
                    if ((_info[r * Stride] & 31) != (state | (state << 2)))
                    {
                        int before = _states >> (2 * r);
                        fired |= Change(r, state, now) ? 1 << r : 0;
                        int after = _states >> (2 * r);
                        for (int i = _first[r + (2 * _due.Length)]; i < _first[r + 1 + (2 * _due.Length)]; i++)
                        {
                            int of = _switches[i] >> StateShift;
                            outputs |= ((of ^ before) & 3) == 0 || ((of ^ after) & 3) == 0 ? 1 << (_switches[i] & 255) : 0;
                        }
                    }
                }
            }

            if (outputs != 0)
            {
                Drive(outputs, fired, now);
            }

            DueAt = _timed != 0 && _timeDue < DueAt ? _timeDue : DueAt;
            DueAt = _driveAt < DueAt ? _driveAt : DueAt;
        }

        /// <summary>Takes what the device knows of itself.</summary>
        /// <param name="isOnline">Whether it is connected.</param>
        /// <param name="battery">0 normal, 1 low, 2 critical, -1 unknown.</param>
        internal void Set(bool isOnline, int battery)
        {
            if (isOnline != _isOnline || battery != _battery)
            {
                _changed = All;
            }

            _isOnline = isOnline;
            _battery = battery;
        }

        /// <summary>Takes the value of another device's channel.</summary>
        internal void Set(int input, long value, long measuredAt)
        {
            Values[input] = value;
            MeasuredAt[input] = measuredAt;

            // It may have been too old, and equal: in any case the rules with it are evaluated.
            for (int i = 0; i < _watches.Length; i++)
            {
                _changed |= (_watches[i] & 255) == input ? 1 << (_watches[i] >> 8) : 0;
            }
        }

        /// <summary>Takes the presence of another device: 0 for unknown, else its state + 1.</summary>
        internal void SetPresence(int device, int presence)
        {
            _changed = Presence[device] == presence ? _changed : All;
            Presence[device] = (byte)presence;
        }

        /// <summary>What was driven has failed later: it counts as refused.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        internal void Refuse(long now)
        {
            for (int i = 0; i < _driven.Length; i++)
            {
                _driven[i] |= _driven[i] != 0 && _outputs.HasFailed(i) ? Refused : 0;
            }

            _driveAt = now + RefusedPause;
            DueAt = _driveAt < DueAt ? _driveAt : DueAt;
        }

        // The first rule that decides an output wins.
        private int Wish(int output)
        {
            int states = _states;
            int[] switches = _switches;
            for (int i = 0; i < switches.Length; i++)
            {
                int wish = switches[i];
                if ((wish & 255) == output && ((states >> ((wish >> BitShift) & 31)) & 3) == ((wish >> StateShift) & 3))
                {
                    return wish;
                }
            }

            return 0;
        }

        private void Due(long at)
        {
            if (at < _due[_rule])
            {
                _due[_rule] = at;
                DueAt = at < DueAt ? at : DueAt;
            }
        }

        // What the rules have driven is safe again when none of them names it any more.
        private void Release()
        {
            for (int i = 0; i < _driven.Length; i++)
            {
                bool isNamed = false;
                for (int j = 0; j < _switches.Length; j++)
                {
                    isNamed |= (_switches[j] & 255) == i;
                }

                if (!isNamed)
                {
                    // A request that has switched it since goes on.
                    if (_driven[i] != 0 && _driven[i] - 1 == _outputs.LevelOf(i))
                    {
                        _outputs.Release(i, "rules");
                    }

                    _driven[i] = 0;
                }
            }
        }

        private void Drive(int outputs, int fired, long now)
        {
            bool isRefused = false;
            _driveAt = outputs == All ? long.MaxValue : _driveAt;
            for (int i = 0; i < _driven.Length; i++)
            {
                if ((outputs & (1 << i)) != 0)
                {
                    Drive(i, Wish(i), fired, now);
                }

                isRefused |= (_driven[i] & Refused) != 0;
            }

            Refusal = isRefused ? Refusal : null;
        }

        private void Drive(int output, int wish, int fired, long now)
        {
            int level = wish >> LevelShift;
            int before = _driven[output];
            if (level == before)
            {
                // What a request or a limit has changed since stays so until the rules decide otherwise.
                return;
            }

            _driven[output] = level;
            if (level == 0)
            {
                return;
            }

            int r = (wish >> (BitShift + 1)) & 15;
            int[] rule = Rule(r);
            int at = (wish >> PlaceShift) & 255;
            bool isShort = (rule[at] & RuleCode.Seconds) != 0;
            if (isShort && (fired & (1 << r)) == 0 && before != (level | Refused))
            {
                // What is for some seconds has been driven when the rule fired: before a sleep, or below another rule.
                return;
            }

            string reason = _outputs.Drive(output, level - 1, isShort ? rule[at + 3] : 0, "rule " + RuleCode.Name(rule));
            if (reason != null)
            {
                Refusal = _outputs.NameOf(output) + ": " + reason;
                _driven[output] = level | Refused;
                _driveAt = now + RefusedPause;
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
                long pause = _pauses[r] * 10L;
                isFired = info[at + Firings] == 0 || time - info[at + ActedAt] >= pause;
                if (isFired)
                {
                    flags = (flags & ~12) | (state << 2);
                    if (((Rule(r)[RuleCode.Lists] >> ListShift(state)) & 255) != 0)
                    {
                        info[at + Firings]++;
                        info[at + ActedAt] = time;
                        Fired |= 1 << r;
                    }
                }
                else
                {
                    Due((info[at + ActedAt] + pause) * 100L);
                }
            }

            info[at] = flags;
            Show(r);
            return isFired;
        }

        // A rule that is suspended decides as one that is stale.
        private void Show(int r)
        {
            int flags = _info[r * Stride];
            _states = (_states & ~(3 << (2 * r))) | (((flags & Suspended) != 0 ? Stale : flags & 3) << (2 * r));
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
