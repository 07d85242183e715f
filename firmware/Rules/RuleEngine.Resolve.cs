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

        /// <summary>Takes other rules. What has not changed keeps its state.</summary>
        /// <param name="rules">Arrays of numbers.</param>
        internal void Use(object[] rules)
        {
            object[] oldRules = _rules;
            int[] oldInfo = _info;
            byte[] oldMarks = _marks;
            long[] oldSince = _since;
            int slots = 0;
            int actions = 0;
            for (int i = 0; i < rules.Length; i++)
            {
                slots += SlotsOf(rules[i]);
                actions += ActionsOf((int[])rules[i]);
            }

            _rules = rules;
            _info = new int[rules.Length * Stride];
            _marks = new byte[slots];
            _since = new long[slots];
            _inputs = new byte[slots];
            _targets = new byte[actions];
            _uses = new int[rules.Length];
            int at = 0;
            for (int i = 0; i < rules.Length; i++)
            {
                int oldAt = 0;
                for (int j = 0; j < oldRules.Length; j++)
                {
                    if (oldRules[j] == rules[i])
                    {
                        System.Array.Copy(oldInfo, j * Stride, _info, i * Stride, Stride);
                        System.Array.Copy(oldMarks, oldAt, _marks, at, SlotsOf(rules[i]));
                        System.Array.Copy(oldSince, oldAt, _since, at, SlotsOf(rules[i]));
                    }

                    oldAt += SlotsOf(oldRules[j]);
                }

                at += SlotsOf(rules[i]);
            }

            Name();
            _known = null;
            TimeChanged();
        }

        private static int SlotsOf(object rule) => (int)((uint)((int[])rule)[RuleCode.Lists] >> 24);

        /// <summary>The devices that the rules send requests to.</summary>
        internal string[] Targets()
        {
            string[] targets = Texts.New(MaxDevices);
            for (int r = 0; r < _rules.Length; r++)
            {
                int[] rule = Rule(r);
                int at = ActionsAt(rule);
                for (int left = ActionsOf(rule); left > 0; left--)
                {
                    if ((rule[at] & RuleCode.KindMask) > RuleCode.Interval)
                    {
                        DeviceOf(targets, RuleCode.Text(rule, rule[at + 1]));
                    }

                    at = RuleCode.Next(rule, at);
                }
            }

            return targets;
        }

        private static int ActionsOf(int[] rule)
        {
            int lists = rule[RuleCode.Lists];
            return (lists & 255) + ((lists >> 8) & 255) + ((lists >> 16) & 255);
        }

        private static int ActionsAt(int[] rule)
        {
            int at = RuleCode.First;
            for (int left = RuleCode.CountOf(rule); left > 0; left--)
            {
                at = RuleCode.Next(rule, at);
            }

            return at;
        }

        // Numbers the inputs, devices and outputs.
        private void Name()
        {
            string[] devices = Texts.New(MaxDevices);
            int[] names = new int[MaxInputs];
            byte[] owners = new byte[MaxInputs];
            int inputs = 0;
            int slot = 0;
            int action = 0;
            _usesTime = false;
            for (int r = 0; r < _rules.Length; r++)
            {
                int[] rule = Rule(r);
                int at = RuleCode.First;
                int left = RuleCode.CountOf(rule);
                _uses[r] = 1 << 31;
                for (; left > 0; left--)
                {
                    int op = rule[at];
                    int kind = op & RuleCode.KindMask;
                    _inputs[slot] = None;
                    _usesTime |= kind == RuleCode.Time || kind == RuleCode.Days;
                    int place = at + ((op & RuleCode.For) == 0 ? 1 : 2);
                    if (kind > RuleCode.Connection)
                    {
                        _inputs[slot] = (byte)DeviceOf(devices, RuleCode.Text(rule, rule[place + 1]));
                    }
                    else if (kind == RuleCode.Channel)
                    {
                        int device = (op & RuleCode.Device) == 0 ? None : DeviceOf(devices, RuleCode.Text(rule, rule[place + 1]));
                        bool isLost = device == None && (op & RuleCode.Device) != 0;
                        int input = isLost ? MaxInputs : InputOf(names, owners, ref inputs, r, place, device);
                        _inputs[slot] = (byte)input;
                        _uses[r] |= 1 << input;
                    }

                    slot += PlacesOf(op) - 1;
                    slot++;
                    at += op >> RuleCode.LengthShift;
                }

                for (left = ActionsOf(rule); left > 0; left--)
                {
                    int output = (rule[at] & RuleCode.KindMask) != RuleCode.Output || _outputs == null ? -1 : _outputs.IndexOf(RuleCode.Text(rule, rule[at + 1]));
                    _targets[action++] = (byte)(output < 0 ? None : output);
                    at += rule[at] >> RuleCode.LengthShift;
                }
            }

            Take(devices, names, owners, inputs);
        }

        private void Take(string[] devices, int[] names, byte[] owners, int count)
        {
            // A device that is still meant keeps what is known of it.
            for (int i = 0; i < MaxDevices; i++)
            {
                Presence[i] = devices[i] != null && devices[i] == Devices[i] ? Presence[i] : (byte)0;
            }

            Devices = devices;
            _names = new int[count];
            _devices = new byte[count];
            System.Array.Copy(names, _names, count);
            System.Array.Copy(owners, _devices, count);
            _channels = new Channel[count];
            _factors = new int[count];
            Values = new long[count + 1];
            MeasuredAt = new long[count];
            _low = new long[count + 1];
            _high = new long[count + 1];
            for (int i = 0; i <= count; i++)
            {
                Values[i] = NoValue;
            }

            for (int i = 0; i < _inputs.Length; i++)
            {
                // An input over the limit never has a value.
                _inputs[i] = _inputs[i] == MaxInputs ? (byte)count : _inputs[i];
            }
        }

        private static int DeviceOf(string[] devices, string name)
        {
            for (int i = 0; i < devices.Length; i++)
            {
                devices[i] = devices[i] ?? name;
                if (devices[i] == name)
                {
                    return i;
                }
            }

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

            if (count == MaxInputs)
            {
                return MaxInputs;
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

        // Gives a bit for each input whose value has left the range in which nothing changes.
        private int Refresh(Channel[] channels)
        {
            if (channels != _known)
            {
                Resolve(channels);
            }

            int left = 0;
            for (int i = 0; i < _channels.Length; i++)
            {
                Channel channel = _channels[i];
                long value = Values[i];
                if (channel != null)
                {
                    int factor = _factors[i];
                    value = !channel.IsValid ? NoValue : factor > 0 ? (long)channel.Value * factor : channel.Value / -factor;
                    Values[i] = value;
                }

                if (value < _low[i] || value > _high[i])
                {
                    left |= 1 << i;
                }
            }

            return left;
        }

        private void Resolve(Channel[] channels)
        {
            _known = channels;
            _isChanged = true;
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
                long local = (utc / 1000) + Zone.OffsetAt(utc / 1000);
                int seconds = (int)(local % LocalTime.Day);
                _minute = seconds / 60;
                _day = LocalTime.DayOfWeek((int)(local / LocalTime.Day));
                _minuteUntil = now + 60000 - (seconds % 60 * 1000) - (utc % 1000);
            }
        }

        // When a window opens or closes next: from then on it is computed again.
        private void PlanTime(long now)
        {
            if (_minute < 0)
            {
                return;
            }

            if (now >= _timeDue)
            {
                int minutes = MinutesToChange();
                long change = Zone.NextChange == long.MaxValue ? long.MaxValue : now + ((Zone.NextChange - _clock.UtcSeconds) * 1000);
                _timeDue = minutes == int.MaxValue ? long.MaxValue : _minuteUntil + ((minutes - 1) * 60000L);
                _timeDue = change < _timeDue ? change : _timeDue;
            }

            Due(_timeDue);
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
