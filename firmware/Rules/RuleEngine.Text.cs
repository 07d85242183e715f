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

        /// <summary>Why a rule is suspended, and what ends it.</summary>
        internal string WhySuspended(int r, long now) =>
            "active more than " + MaxActivations + " times in 10 minutes: goes on in " + ((_info[(r * Stride) + WindowAt] + LoopWindow - (int)(now / 100)) / 10) + " s, or when it is set with a change";

        /// <summary>Why an action of a rule is never carried out; null when all are.</summary>
        internal string FaultOf(int r)
        {
            int[] rule = Rule(r);
            ActionsOf(r, Active, out int at);
            for (int end = rule[RuleCode.Texts] & 0xFFFF; at < end; at = RuleCode.Next(rule, at))
            {
                int kind = rule[at] & RuleCode.KindMask;
                string name = kind == RuleCode.Output || kind > RuleCode.Interval ? RuleCode.Text(rule, rule[at + 1]) : null;
                if (kind > RuleCode.Interval && name == Self)
                {
                    return "a rule sends no request to its own device";
                }

                int output = kind == RuleCode.Output && _outputs != null ? _outputs.IndexOf(name) : -1;
                if (kind == RuleCode.Output && output < 0)
                {
                    return "no such output: " + name;
                }

                if (output >= 0 && (rule[at] & RuleCode.Level) != 0 && !_outputs.HasLevels(output))
                {
                    return "output " + name + " is only on or off: use on, not level";
                }
            }

            return null;
        }

        /// <summary>The first condition that decides the state of a rule; null before the first round.</summary>
        internal string Why(int r, int state)
        {
            int[] rule = Rule(r);
            int wanted = state == Active ? True : state == Stale ? Unknown : False;
            int left = RuleCode.CountOf(rule);
            int at = RuleCode.First;
            for (int slot = _first[r]; left > 0 && state != New; left--)
            {
                int op = rule[at];
                int result = _marks[slot] >> ResultShift;
                if (result == wanted)
                {
                    return Describe(rule, at, op, slot, result);
                }

                slot++;
                at += op >> RuleCode.LengthShift;
            }

            return null;
        }

        /// <summary>The state of a rule with the values as they were set since the call of <see cref="BeginTest"/>.</summary>
        internal int Test(int r, long utc, long now, out string why)
        {
            if (utc >= 0)
            {
                SetTime(utc);
            }

            byte[] marks = _marks;
            long[] since = _since;
            long[] last = _last;
            _marks = (byte[])marks.Clone();
            _since = (long[])since.Clone();
            _last = (long[])last.Clone();
            _isTest = true;
            try
            {
                _rule = r;
                int state = Evaluate(Rule(r), now);
                why = Why(r, state);
                return state;
            }
            finally
            {
                _isTest = false;
                _marks = marks;
                _since = since;
                _last = last;
                _minuteUntil = 0;
            }
        }

        /// <summary>Lets values be set until <see cref="EndTest"/> is called with what this gives.</summary>
        internal long[] BeginTest(Channel[] channels, long now)
        {
            Refresh(channels);
            _changed = All; // the next round compares with these values
            ReadTime(now);
            long[] values = Values;
            Values = (long[])values.Clone();
            return values;
        }

        internal void EndTest(long[] values) => Values = values;

        // The condition as it was set, and what is the case: the device's own words for it would be as long again.
        private string Describe(int[] rule, int at, int op, int slot, int result)
        {
            JsonWriter writer = new JsonWriter(64, MaxReason);
            RuleWriter.Record(writer, rule, at, RuleCode.Conditions);
            string[] parts = Encoding.UTF8.GetString(writer.Buffer, 1, writer.Length - 2).Split('"');
            string text = string.Empty;
            for (int i = 0; i < parts.Length; i++)
            {
                // Without the quotes it is read as a sentence.
                string part = parts[i];
                part = part.Length > 0 && part[0] == ':' ? " " + part.Substring(1) : part;
                text += part.EndsWith(",") ? part + " " : part;
            }

            if (result == Unknown)
            {
                return text + ": not known";
            }

            text += result == True ? ": true" : ": false";
            return (op & RuleCode.KindMask) == RuleCode.Channel ? text + " at " + FixedPoint.ToText(Values[_inputs[slot]], Millionths) : text;
        }
    }
}
