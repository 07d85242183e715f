using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Rules
{
    /// <content>What the names in the rules mean, and the values behind them.</content>
    internal sealed partial class RuleEngine
    {
        // Above: true or false (Measurand.Boolean), which counts as 1 or 0.
        private const int MostScale = 9;
        private const int Millionths = 6;

        /// <summary>What the rules together have too much of; null when they are within the limits.</summary>
        internal string TooMany;

        /// <summary>The devices that the rules send requests to.</summary>
        internal string[] Targets = Texts.New(MaxDevices);

        /// <summary>Takes other rules. What has not changed keeps its state.</summary>
        /// <param name="rules">Arrays of numbers.</param>
        internal void Use(object[] rules)
        {
            object[] oldRules = _rules;
            int[] oldInfo = _info;
            byte[] oldFirst = _first;
            byte[] oldMarks = _marks;
            long[] oldSince = _since;
            long[] oldLast = _last;
            _rules = rules;
            _info = new int[rules.Length * Stride];
            _due = new long[rules.Length];
            _pauses = new int[rules.Length];
            Name();
            for (int i = 0; i < rules.Length; i++)
            {
                for (int j = 0; j < oldRules.Length; j++)
                {
                    if (oldRules[j] == rules[i])
                    {
                        int count = RuleCode.CountOf((int[])rules[i]);
                        System.Array.Copy(oldInfo, j * Stride, _info, i * Stride, Stride);
                        System.Array.Copy(oldMarks, oldFirst[j], _marks, _first[i], count);
                        Keep(oldSince, oldFirst[j], _since, _first[i], count);
                        Keep(oldLast, oldFirst[j], _last, _first[i], count);
                    }
                }

                Show(i);
            }

            _known = null;
            TimeChanged();
            Release();
        }

        // An array is empty while no condition needs it.
        private static void Keep(long[] from, int at, long[] to, int place, int count)
        {
            if (from.Length > 0 && to.Length > 0)
            {
                System.Array.Copy(from, at, to, place, count);
            }
        }

        /// <summary>How many actions a state of a rule has, and where they begin in it.</summary>
        internal int ActionsOf(int r, int state, out int at)
        {
            int[] rule = Rule(r);
            int lists = rule[RuleCode.Lists];
            at = RuleCode.First;
            for (int skipped = RuleCode.CountOf(rule) + (state == Active ? 0 : state == Inactive ? lists & 255 : (lists & 255) + ((lists >> 8) & 255)); skipped > 0; skipped--)
            {
                at = RuleCode.Next(rule, at);
            }

            return (lists >> ListShift(state)) & 255;
        }

        // Numbers the conditions, inputs, devices and outputs.
        private void Name()
        {
            string[] devices = Texts.New(MaxDevices);
            string[] targets = Texts.New(MaxDevices);
            TooMany = null;
            int[] names = new int[MaxInputs + 1];
            byte[] owners = new byte[MaxInputs + 1];
            byte[] slots = new byte[RuleCode.MaxRules * 2 * RuleCode.MaxConditions];
            int[] watches = new int[slots.Length];
            int[] switches = new int[RuleCode.MaxRules * 3 * RuleCode.MaxActions];
            int inputs = 1;
            int slot = 0;
            int watch = 0;
            int action = 0;
            int needs = 0;
            _first = new byte[(3 * _rules.Length) + 1];
            _timed = 0;
            owners[Lost] = None - 1;
            for (int r = 0; r < _rules.Length; r++)
            {
                int[] rule = Rule(r);
                int at = RuleCode.First;
                _first[r] = (byte)slot;
                _first[r + _rules.Length] = (byte)watch;
                for (int left = RuleCode.CountOf(rule); left > 0; left--)
                {
                    int op = rule[at];
                    int kind = op & RuleCode.KindMask;
                    int input = None;
                    int place = at + ((op & RuleCode.For) == 0 ? 1 : 2);
                    if (kind > RuleCode.Connection)
                    {
                        input = DeviceOf(devices, RuleCode.Text(rule, rule[place + 1]));
                    }
                    else if (kind == RuleCode.Channel)
                    {
                        // An input over the limit never has a value; nor has one of a device over the limit.
                        int device = (op & RuleCode.Device) == 0 ? None : DeviceOf(devices, RuleCode.Text(rule, rule[place + 1]));
                        bool isLost = device == None && (op & RuleCode.Device) != 0;
                        input = isLost ? Lost : InputOf(names, owners, ref inputs, r, place, device);
                        watches[watch++] = input | (r << 8);
                        needs |= op & RuleCode.Moves;
                    }
                    else if (kind == RuleCode.Time || kind == RuleCode.Days)
                    {
                        _timed |= 1 << r;
                        op = 0;
                    }

                    needs |= op & RuleCode.For;
                    slots[slot++] = (byte)input;
                    at = RuleCode.Next(rule, at);
                }

                int thens = rule[RuleCode.Lists] & 255;
                int elses = thens + ((rule[RuleCode.Lists] >> 8) & 255);
                _first[r + (2 * _rules.Length)] = (byte)action;
                _pauses[r] = rule[RuleCode.Pause] == 0 ? 1 : rule[RuleCode.Pause];
                for (int i = 0; i < elses + ((rule[RuleCode.Lists] >> 16) & 255); i++, at = RuleCode.Next(rule, at))
                {
                    int kind = rule[at] & RuleCode.KindMask;
                    int state = i < thens ? Active : i < elses ? Inactive : Stale;
                    if (kind == RuleCode.Interval && _pauses[r] < LeastPauseOfSetting)
                    {
                        // It is written to flash.
                        _pauses[r] = LeastPauseOfSetting;
                    }
                    else if (kind > RuleCode.Interval)
                    {
                        string target = RuleCode.Text(rule, rule[at + 1]);
                        if (target != Self)
                        {
                            DeviceOf(targets, target);
                        }
                    }
                    else if (kind == RuleCode.Output && _outputs != null)
                    {
                        int output = _outputs.IndexOf(RuleCode.Text(rule, rule[at + 1]));
                        int level = ((rule[at] & RuleCode.Level) != 0 ? rule[at + 2] : rule[at + 2] != 0 ? 100 : 0) + 1;
                        if (output >= 0 && ((rule[at] & RuleCode.Level) == 0 || _outputs.HasLevels(output)))
                        {
                            switches[action++] = output | (r << (BitShift + 1)) | (state << StateShift) | (at << PlaceShift) | (level << LevelShift);
                        }
                    }
                }
            }

            _first[3 * _rules.Length] = (byte)action;
            Targets = targets;
            _marks = new byte[slot];
            _inputs = new byte[slot];
            _since = new long[needs == 0 ? 0 : slot];
            _last = new long[(needs & RuleCode.Moves) == 0 ? 0 : slot];
            System.Array.Copy(slots, _inputs, slot);
            _switches = Part(switches, action);
            _watches = Part(watches, watch);
            _low = new long[watch];
            _high = new long[watch];
            Take(devices, Part(names, inputs), owners);
        }

        private static int[] Part(int[] numbers, int count)
        {
            int[] part = new int[count];
            System.Array.Copy(numbers, part, count);
            return part;
        }

        private void Take(string[] devices, int[] names, byte[] owners)
        {
            // A device that is still meant keeps what is known of it.
            for (int i = 0; i < MaxDevices; i++)
            {
                Presence[i] = devices[i] != null && devices[i] == Devices[i] ? Presence[i] : (byte)0;
            }

            int count = names.Length;
            Devices = devices;
            _names = names;
            _devices = new byte[count];
            System.Array.Copy(owners, _devices, count);
            _channels = new Channel[count];
            _factors = new int[count];
            MeasuredAt = new long[count];
            Values = new long[count];
            for (int i = 0; i < count; i++)
            {
                Values[i] = NoValue;
            }
        }

        private int DeviceOf(string[] devices, string name)
        {
            for (int i = 0; i < devices.Length; i++)
            {
                devices[i] = devices[i] ?? name;
                if (devices[i] == name)
                {
                    return i;
                }
            }

            TooMany = "the rules together name more than 4 devices to read, or to ask";
            return None;
        }

        private int InputOf(int[] names, byte[] owners, ref int count, int r, int at, int device)
        {
            string name = RuleCode.Text(Rule(r), Rule(r)[at]);
            for (int i = 0; i < count; i++)
            {
                if (owners[i] == device && NameOf(names[i]) == name)
                {
                    return i;
                }
            }

            if (count > MaxInputs)
            {
                TooMany = "the rules together read more than 24 channels";
                return Lost;
            }

            names[count] = (r << 16) | at;
            owners[count] = (byte)device;
            return count++;
        }

        private string NameOf(int place)
        {
            int[] rule = Rule(place >> 16);
            return RuleCode.Text(rule, rule[place & 0xFFFF]);
        }

        /// <summary>The input for a channel of a device; -1 for none.</summary>
        /// <param name="device">Number of the device; -1 for this one.</param>
        /// <param name="channel">The name of the channel.</param>
        internal int FindInput(int device, string channel)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                if (_devices[i] == (device < 0 ? None : device) && NameOf(_names[i]) == channel)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Asks for the channels of this device that the rules read.</summary>
        internal void Need(Sampler sampler)
        {
            for (int i = 1; i < _names.Length; i++)
            {
                if (_devices[i] == None)
                {
                    sampler.Need(NameOf(_names[i]));
                }
            }
        }

        // Whether a value is another one.
        private bool Refresh(Channel[] channels)
        {
            if (channels != _known)
            {
                Resolve(channels);
            }

            bool isOther = false;
            Channel[] known = _channels;
            for (int i = 0; i < known.Length; i++)
            {
                Channel channel = known[i];
                if (channel != null)
                {
                    int factor = _factors[i];
                    long value = !channel.IsValid ? NoValue : factor > 0 ? (long)channel.Value * factor : channel.Value / -factor;
                    isOther |= value != Values[i];
                    Values[i] = value;
                }
            }

            return isOther;
        }

        private void Resolve(Channel[] channels)
        {
            _known = channels;
            _changed = All;
            for (int i = 0; i < _names.Length; i++)
            {
                if (_devices[i] != None)
                {
                    continue;
                }

                string name = NameOf(_names[i]);
                _channels[i] = null;
                Values[i] = NoValue;
                for (int j = 0; j < channels.Length; j++)
                {
                    if (channels[j].Name == name)
                    {
                        int scale = channels[j].Measurand.Scale;
                        _channels[i] = channels[j];
                        _factors[i] = scale > MostScale ? FixedPoint.Powers[Millionths]
                            : scale > Millionths ? -FixedPoint.Powers[scale - Millionths] : FixedPoint.Powers[Millionths - scale];
                    }
                }
            }
        }

        private void ReadTime(long now)
        {
            if (now < _minuteUntil)
            {
                return;
            }

            _minute = -1;
            if (_clock.IsSynchronized)
            {
                long utc = _clock.UtcMilliseconds;
                int seconds = SetTime(utc / 1000);
                _minuteUntil = now + 60000 - (seconds * 1000) - (utc % 1000);
            }
        }

        // Gives the seconds of the minute.
        private int SetTime(long utc)
        {
            long local = utc + Zone.OffsetAt(utc);
            int seconds = (int)(local % LocalTime.Day);
            _minute = seconds / 60;
            _day = LocalTime.DayOfWeek((int)(local / LocalTime.Day));
            return seconds % 60;
        }

        // When a window opens or closes next. While the time is not known, TimeChanged tells.
        private void PlanTime(long now)
        {
            _timeDue = long.MaxValue;
            if (_minute >= 0)
            {
                int minutes = MinutesToChange();
                long change = Zone.NextChange == long.MaxValue ? long.MaxValue : now + ((Zone.NextChange - _clock.UtcSeconds) * 1000);
                _timeDue = _minuteUntil + ((minutes - 1) * 60000L);
                _timeDue = change < _timeDue ? change : _timeDue;
            }
        }

        private int MinutesToChange()
        {
            int least = int.MaxValue;
            for (int r = 0; r < _rules.Length; r++)
            {
                int[] rule = Rule(r);
                int at = RuleCode.First;
                int left = RuleCode.CountOf(rule);
                for (; left > 0; left--)
                {
                    int kind = rule[at] & RuleCode.KindMask;
                    if (kind == RuleCode.Time || kind == RuleCode.Days)
                    {
                        int start = To(WindowOf(rule, at) & 0xFFFF);
                        int end = To(WindowOf(rule, at) >> 16);
                        least = start < least ? start : least;
                        least = end < least ? end : least;
                    }

                    at += rule[at] >> RuleCode.LengthShift;
                }
            }

            return least;
        }

        private int To(int minute)
        {
            int left = (minute - _minute + RuleCode.MinutesOfDay) % RuleCode.MinutesOfDay;
            return left == 0 ? RuleCode.MinutesOfDay : left;
        }
    }
}
