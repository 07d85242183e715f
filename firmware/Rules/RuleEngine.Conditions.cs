namespace Firmware.Rules
{
    /// <content>How conditions become the state of a rule.</content>
    internal sealed partial class RuleEngine
    {
        // Two values closer to each other than this differ by noise; two farther apart say nothing of a minute.
        private const long LeastRateTime = 10000;
        private const long MostRateTime = 600000;

        private int Evaluate(int[] rule, long now)
        {
            int slot = _first[_rule];
            _watch = _first[_rule + _rules.Length];
            int counts = rule[RuleCode.Counts];
            int whens = counts & 255;
            int count = whens + ((counts >> 8) & 255);
            int found = 0; // a bit for each result of "when"
            int and = True;
            int at = RuleCode.First;
            for (int i = 0; i < count; i++)
            {
                int op = rule[at];
                int kind = op & RuleCode.KindMask;
                int result;
                if (kind == RuleCode.Time || kind == RuleCode.Days)
                {
                    result = _minute < 0 ? Unknown : Of(TimeWindow.Contains(WindowOf(rule, at), kind == RuleCode.Days ? rule[at + 1] : (op & RuleCode.HasDays) == 0 ? -1 : rule[at + 2], _minute, _day));
                }
                else
                {
                    bool hasFor = (op & RuleCode.For) != 0;
                    int place = hasFor ? at + 2 : at + 1;
                    result = kind == RuleCode.Channel ? JudgeChannel(rule, place + 1, op, slot, now) : Judge(kind, rule[place], slot);
                    if (hasFor)
                    {
                        result = Lasts(result, slot, rule[at + 1], now);
                    }
                }

                _marks[slot] = (byte)((_marks[slot] & Kept) | (result << ResultShift));
                if (i < whens)
                {
                    found |= 1 << result;
                }
                else if (result != True && and != Unknown)
                {
                    and = result;
                }

                slot++;
                at += op >> RuleCode.LengthShift;
            }

            bool isAny = (counts & RuleCode.Any) != 0;
            bool isActive = isAny ? (found & (1 << True)) != 0 : (found & ~(1 << True)) == 0;
            bool isKnown = (found & (1 << Unknown)) == 0 || (isAny && isActive);
            return !isKnown || and == Unknown ? Stale : isActive && and == True ? Active : Inactive;
        }

        private int Judge(int kind, int wanted, int slot)
        {
            if (kind == RuleCode.Battery)
            {
                return _battery < 0 ? Unknown : Of(wanted == 1 ? _battery >= 1 : _battery == wanted);
            }

            if (kind == RuleCode.Connection)
            {
                return Of(_isOnline == (wanted == 1));
            }

            int presence = _inputs[slot] == None ? 0 : Presence[_inputs[slot]];
            return presence == 0 ? Unknown : Of(presence == wanted + 1);
        }

        private static int WindowOf(int[] rule, int at) => (rule[at] & RuleCode.KindMask) == RuleCode.Time ? rule[at + 1] : RuleCode.MinutesOfDay << 16;

        private static int Of(bool condition) => condition ? True : False;

        private int Lasts(int result, int slot, int seconds, long now)
        {
            if (result != True)
            {
                _marks[slot] &= byte.MaxValue - Running;
                return result;
            }

            if ((_marks[slot] & Running) == 0)
            {
                _marks[slot] |= Running;
                _since[slot] = now;
            }

            long end = _since[slot] + (seconds * 1000L);
            if (now >= end || _isTest)
            {
                return True;
            }

            Due(end);
            return False;
        }

        // The place is that behind the name. The result stays as it is while the value stays in the range of its watch.
        private int JudgeChannel(int[] rule, int place, int op, int slot, long now)
        {
            int watch = _watch++;
            int input = _inputs[slot];
            long value = Values[input];
            if ((op & RuleCode.Device) != 0)
            {
                bool hasAge = (op & RuleCode.MaxAge) != 0;
                value = Fresh(value, input, (hasAge ? rule[place + 1] : RuleCode.DefaultMaxAge) * 1000L, now);
                place += hasAge ? 2 : 1;
            }

            int marks = _marks[slot];
            if (value == NoValue)
            {
                _marks[slot] = (byte)(marks & ~(HasLast | WasFast));
                _low[watch] = NoValue;
                _high[watch] = Values[input] == NoValue ? NoValue : long.MaxValue;
                return Unknown;
            }

            long slack = 0;
            if ((op & RuleCode.Hysteresis) != 0)
            {
                slack = (marks & Held) == 0 ? 0 : RuleCode.Long(rule, place);
                place += 2;
            }

            long low = NoValue + 1;
            long high = long.MaxValue;
            bool isTrue = true;
            if ((op & RuleCode.Above) != 0)
            {
                long above = RuleCode.Long(rule, place) - slack;
                place += 2;
                isTrue = value > above;
                low = isTrue ? above + 1 : low;
                high = isTrue ? high : above;
            }

            if ((op & RuleCode.Below) != 0)
            {
                long below = RuleCode.Long(rule, place) + slack;
                place += 2;
                if (value >= below)
                {
                    isTrue = false;
                    low = below;
                }
                else if (isTrue)
                {
                    high = below - 1;
                }
            }

            _marks[slot] = (byte)(isTrue ? marks | Held : marks & ~Held);
            if ((op & RuleCode.Is) != 0)
            {
                isTrue &= (value != 0) == (rule[place++] != 0);
                low = value == 0 ? 0 : value < 0 ? low : low > 1 ? low : 1;
                high = value == 0 ? 0 : value > 0 ? high : high < -1 ? high : -1;
            }

            _low[watch] = low;
            _high[watch] = high;
            return Of((op & RuleCode.Moves) == 0 ? isTrue : isTrue & Moves(op, (op & (RuleCode.Changed | RuleCode.Rate)) == 0 ? 0 : RuleCode.Long(rule, place), slot, watch, value));
        }

        private long Fresh(long value, int input, long maxAge, long now)
        {
            if (value == NoValue || _isTest)
            {
                return value;
            }

            if (now - MeasuredAt[input] > maxAge)
            {
                return NoValue;
            }

            Due(MeasuredAt[input] + maxAge + 1);
            return value;
        }

        private bool Moves(int op, long amount, int slot, int watch, long value)
        {
            int input = _inputs[slot];
            long time = _channels[input] != null ? _channels[input].MeasuredAt : MeasuredAt[input];
            bool hasLast = (_marks[slot] & HasLast) != 0;
            long last = _last[slot];
            long slack = 0;
            bool isNext = false;
            bool isTrue;
            if ((op & RuleCode.Rate) != 0)
            {
                // Each measurement counts, also of an equal value.
                isNext = true;
                long elapsed = time - _since[slot];
                if (hasLast && elapsed < LeastRateTime && elapsed >= 0)
                {
                    isTrue = (_marks[slot] & WasFast) != 0;
                    value = last;
                    time -= elapsed;
                }
                else
                {
                    isTrue = hasLast && elapsed >= LeastRateTime && elapsed <= MostRateTime && IsFast(value - last, elapsed, amount);
                    _marks[slot] = (byte)((_marks[slot] & ~WasFast) | (isTrue ? WasFast : 0));
                }
            }
            else if ((op & RuleCode.Changed) != 0)
            {
                long difference = value > last ? value - last : last - value;
                isTrue = hasLast && difference >= amount;
                if (hasLast && !isTrue)
                {
                    value = last;
                    time = _since[slot];
                }

                slack = amount - 1;
            }
            else
            {
                isTrue = hasLast && ((op & RuleCode.Rising) != 0 ? value > last : value < last);
            }

            // What is true holds until the next round.
            _changed |= isNext || isTrue ? 1 << _rule : 0;
            _low[watch] = value - slack > _low[watch] ? value - slack : _low[watch];
            _high[watch] = value + slack < _high[watch] ? value + slack : _high[watch];
            _marks[slot] |= HasLast;
            _since[slot] = time;
            _last[slot] = value;
            return isTrue;
        }

        private static bool IsFast(long difference, long elapsed, long rate)
        {
            // Divided first: the product would not fit.
            long perMinute = (difference / elapsed * 60000) + (difference % elapsed * 60000 / elapsed);
            return rate < 0 ? perMinute <= rate : perMinute >= rate;
        }
    }
}
