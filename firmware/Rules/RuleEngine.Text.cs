using System.Text;
using Firmware.Json;
using Firmware.Sensing;

namespace Firmware.Rules
{
    /// <content>What the state of a rule comes from, in words; and its state with other values.</content>
    internal sealed partial class RuleEngine
    {
        private const int MaxReason = 240;

        private bool _isTest; // then what has to last counts as having lasted

        internal static string StateWord(int state) =>
            state == Active ? "active" : state == Inactive ? "inactive" : state == Stale ? "stale" : "new";

        /// <summary>The first condition that decides the state of a rule; null before the first round.</summary>
        internal string Why(int r, int state)
        {
            int[] rule = Rule(r);
            int wanted = state == Active ? True : state == Stale ? Unknown : False;
            int left = RuleCode.CountOf(rule);
            int at = RuleCode.First;
            for (int slot = SlotOf(r); left > 0 && state != New; left--)
            {
                int op = rule[at];
                int result = _marks[slot] >> ResultShift;
                if (result == wanted)
                {
                    return Describe(rule, at, op, slot, result);
                }

                slot += PlacesOf(op);
                at += op >> RuleCode.LengthShift;
            }

            return null;
        }

        /// <summary>The state of a rule with the values as they were set since the call of <see cref="BeginTest"/>.</summary>
        internal int Test(int r, long utc, long now, out string why)
        {
            if (utc >= 0)
            {
                long local = utc + Zone.OffsetAt(utc);
                _minute = (int)(local % LocalTime.Day) / 60;
                _day = LocalTime.DayOfWeek((int)(local / LocalTime.Day));
            }

            byte[] marks = _marks;
            long[] since = _since;
            long due = DueAt;
            _marks = new byte[marks.Length];
            _since = new long[since.Length];
            marks.CopyTo(_marks, 0);
            since.CopyTo(_since, 0);
            _isTest = true;
            try
            {
                int state = Evaluate(Rule(r), SlotOf(r), now);
                why = Why(r, state);
                return state;
            }
            finally
            {
                _isTest = false;
                _marks = marks;
                _since = since;
                DueAt = due;
                _minuteUntil = 0;
                _isChanged = true; // the ranges are those of other values
            }
        }

        /// <summary>Lets values be set until <see cref="EndTest"/> is called with what this gives.</summary>
        internal long[] BeginTest(Channel[] channels, long now)
        {
            Refresh(channels);
            ReadTime(now);
            long[] values = Values;
            Values = new long[values.Length];
            values.CopyTo(Values, 0);
            return values;
        }

        internal void EndTest(long[] values) => Values = values;

        private int SlotOf(int r)
        {
            int slot = 0;
            for (int i = 0; i < r; i++)
            {
                slot += SlotsOf(_rules[i]);
            }

            return slot;
        }

        // The condition as it was set, and what is the case: the device's own words for it would be as long again.
        private string Describe(int[] rule, int at, int op, int slot, int result)
        {
            JsonWriter writer = new JsonWriter(64, MaxReason);
            RuleWriter.Record(writer, rule, at, RuleCode.Conditions);
            string text = Encoding.UTF8.GetString(writer.Buffer, 1, writer.Length - 2);
            char[] chars = text.ToCharArray();
            char[] words = new char[2 * chars.Length];
            int length = 0;
            for (int i = 0; i < chars.Length; i++)
            {
                // Without the quotes it is read as a sentence.
                if (chars[i] != '"')
                {
                    words[length++] = chars[i] == ':' && i > 0 && chars[i - 1] == '"' ? ' ' : chars[i];
                    if (chars[i] == ',' && i + 1 < chars.Length && chars[i + 1] == '"')
                    {
                        words[length++] = ' ';
                    }
                }
            }

            text = new string(words, 0, length);
            if (result == Unknown)
            {
                return text + ": not known";
            }

            text += result == True ? ": true" : ": false";
            return (op & RuleCode.KindMask) == RuleCode.Channel ? text + " at " + FixedPoint.ToText(Values[_inputs[slot]], Millionths) : text;
        }
    }
}
