namespace Firmware.Rules
{
    /// <content>How conditions become the state of a rule.</content>
    internal sealed partial class RuleEngine
    {
        // Two values closer to each other than this differ by noise; two farther apart say nothing of a minute.
        private const long LeastRateTime = 10000;
        private const long MostRateTime = 600000;

        private int Evaluate(int[] rule, int slot, long now)
        {
            int counts = rule[RuleCode.Counts];
            int whens = counts & 255;
            int count = whens + ((counts >> 8) & 255);
            bool isAny = (counts & RuleCode.Any) != 0;
            int whensTrue = 0;
            int whensUnknown = 0;
            bool isOpen = true;
            bool isKnown = true;
            int at = RuleCode.First;
            for (int i = 0; i < count; i++)
            {
                int op = rule[at];
                int result = Judge(rule, at, op, slot, now);
                if (i < whens)
                {
                    whensTrue += result == True ? 1 : 0;
                    whensUnknown += result == Unknown ? 1 : 0;
                }
                else if (result != True)
                {
                    isOpen = false;
                    isKnown &= result != Unknown;
                }

                slot += PlacesOf(op);
                at += op >> RuleCode.LengthShift;
            }

            bool isActive = isAny ? whensTrue > 0 : whensTrue == whens;
            isKnown &= whensUnknown == 0 || (isAny && isActive);
            return !isKnown ? Stale : isActive && isOpen ? Active : Inactive;
        }

        // Of a condition in the state.
        private static int PlacesOf(int op) => (op & RuleCode.KindMask) == RuleCode.Channel && (op & RuleCode.Moves) != 0 ? 2 : 1;

        private int Judge(int[] rule, int at, int op, int slot, long now)
        {
            int place = at + 1;
            int kind = op & RuleCode.KindMask;
            bool isTime = kind == RuleCode.Time || kind == RuleCode.Days;
            bool hasFor = !isTime && (op & RuleCode.For) != 0;
            int seconds = rule[place];
            place += hasFor ? 1 : 0;
            int state = rule[place];
            int result;
            switch (kind)
            {
                case RuleCode.Channel:
                    result = JudgeChannel(rule, place + 1, op, slot, now);
                    break;
                case RuleCode.Time:
                case RuleCode.Days:
                    result = _minute < 0 ? Unknown : Of(TimeWindow.Contains(WindowOf(rule, at), kind == RuleCode.Days ? state : (op & RuleCode.HasDays) == 0 ? -1 : rule[place + 1], _minute, _day));
                    break;
                case RuleCode.Battery:
                    result = _battery < 0 ? Unknown : Of(state == 1 ? _battery >= 1 : _battery == state);
                    break;
                case RuleCode.Connection:
                    result = Of(_isOnline == (state == 1));
                    break;
                default:
                    int presence = _inputs[slot] == None ? 0 : Presence[_inputs[slot]];
                    result = presence == 0 ? Unknown : Of(presence == state + 1);
                    break;
            }

            if (hasFor)
            {
                result = Lasts(result, slot, seconds, now);
            }

            _marks[slot] = (byte)((_marks[slot] & Kept) | (result << ResultShift));
            return result;
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

        // The place is that behind the name.
        private int JudgeChannel(int[] rule, int place, int op, int slot, long now)
        {
            int input = _inputs[slot];
            long value = Values[input];
            if ((op & RuleCode.Device) != 0)
            {
                bool hasAge = (op & RuleCode.MaxAge) != 0;
                value = Fresh(value, input, (hasAge ? rule[place + 1] : RuleCode.DefaultMaxAge) * 1000L, now);
                place += hasAge ? 2 : 1;
            }

            if (value == NoValue)
            {
                _marks[slot] &= byte.MaxValue - HasLast - WasFast;
                Keep(input, NoValue, Values[input] == NoValue ? NoValue : long.MaxValue);
                return Unknown;
            }

            long above = NoValue;
            long below = long.MaxValue;
            long slack = 0;
            if ((op & RuleCode.Hysteresis) != 0)
            {
                slack = (_marks[slot] & Held) == 0 ? 0 : RuleCode.Long(rule, place);
                place += 2;
            }

            if ((op & RuleCode.Above) != 0)
            {
                above = RuleCode.Long(rule, place) - slack;
                place += 2;
            }

            if ((op & RuleCode.Below) != 0)
            {
                below = RuleCode.Long(rule, place) + slack;
                place += 2;
            }

            // The results stay as they are while the value stays between these.
            bool isHeld = value > above && value < below;
            Keep(input, value >= below ? below : isHeld || value > above ? above + 1 : NoValue + 1, value <= above ? above : isHeld ? below - 1 : long.MaxValue);
            _marks[slot] = (byte)((_marks[slot] & ~Held) | (isHeld ? Held : 0));
            bool isTrue = isHeld;
            if ((op & RuleCode.Is) != 0)
            {
                isTrue &= (value != 0) == (rule[place++] != 0);
                Keep(input, value > 0 ? 1 : value == 0 ? 0 : NoValue + 1, value > 0 ? long.MaxValue : value == 0 ? 0 : -1);
            }

            if ((op & RuleCode.Moves) != 0)
            {
                isTrue &= Moves(op, (op & (RuleCode.Changed | RuleCode.Rate)) == 0 ? 0 : RuleCode.Long(rule, place), slot, input, value);
            }

            return Of(isTrue);
        }

        private void Keep(int input, long low, long high)
        {
            if (low > _low[input])
            {
                _low[input] = low;
            }

            if (high < _high[input])
            {
                _high[input] = high;
            }
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

        private bool Moves(int op, long amount, int slot, int input, long value)
        {
            long time = _channels[input] != null ? _channels[input].MeasuredAt : MeasuredAt[input];
            bool hasLast = (_marks[slot] & HasLast) != 0;
            long last = _since[slot + 1];
            bool isTrue;
            if ((op & RuleCode.Rate) != 0)
            {
                // Each measurement counts, also of an equal value.
                Keep(input, 1, 0);
                long elapsed = time - _since[slot];
                if (hasLast && elapsed < LeastRateTime && elapsed >= 0)
                {
                    return (_marks[slot] & WasFast) != 0;
                }

                isTrue = hasLast && elapsed <= MostRateTime && IsFast(value - last, elapsed, amount);
                _marks[slot] = (byte)((_marks[slot] & ~WasFast) | (isTrue ? WasFast : 0));
            }
            else if ((op & RuleCode.Changed) != 0)
            {
                long difference = value > last ? value - last : last - value;
                isTrue = hasLast && difference >= amount;
                if (hasLast && !isTrue)
                {
                    Keep(input, last - amount + 1, last + amount - 1);
                    return false;
                }
            }
            else
            {
                isTrue = hasLast && ((op & RuleCode.Rising) != 0 ? value > last : value < last);
            }

            // Holds until the next round.
            Keep(input, isTrue ? 1 : value, isTrue ? 0 : value);
            _marks[slot] |= HasLast;
            _since[slot] = time;
            _since[slot + 1] = value;
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
