using Firmware.Json;

namespace Firmware.Rules
{
    /// <summary>Writes a rule as the JSON that it was read from, without its name.</summary>
    internal static class RuleWriter
    {
        private const int Decimals = 6;

        internal static void Write(JsonWriter writer, int[] rule)
        {
            int counts = rule[RuleCode.Counts];
            int lists = rule[RuleCode.Lists];
            writer.BeginObject();
            int at = List(writer, rule, RuleCode.First, "when", counts & 255, RuleCode.Conditions);
            at = List(writer, rule, at, "and", (counts >> 8) & 255, RuleCode.Conditions);
            if ((counts & RuleCode.Any) != 0)
            {
                writer.Name("any");
                writer.Boolean(true);
            }

            at = List(writer, rule, at, "then", lists & 255, RuleCode.Actions);
            at = List(writer, rule, at, "else", (lists >> 8) & 255, RuleCode.Actions);
            List(writer, rule, at, "stale", (lists >> 16) & 255, RuleCode.Actions);
            if (rule[RuleCode.Pause] != 0)
            {
                writer.Member("pause", rule[RuleCode.Pause]);
            }

            writer.EndObject();
        }

        private static int List(JsonWriter writer, int[] rule, int at, string name, int count, string forms)
        {
            if (count > 0)
            {
                writer.Name(name);
                writer.BeginArray();
                for (int i = 0; i < count; i++)
                {
                    Record(writer, rule, at, forms);
                    at = RuleCode.Next(rule, at);
                }

                writer.EndArray();
            }

            return at;
        }

        /// <summary>Writes a condition or an action.</summary>
        internal static void Record(JsonWriter writer, int[] rule, int at, string forms)
        {
            int op = rule[at++];
            string[] members = forms.Split('|')[op & RuleCode.KindMask].Split(' ');
            writer.BeginObject();
            for (int i = 0; i < members.Length; i++)
            {
                if ((op & (1 << (RuleCode.FirstMember + i))) != 0)
                {
                    int colon = members[i].IndexOf(':');
                    writer.Name(members[i].Substring(0, colon));
                    at = Value(writer, rule, at, members[i].Substring(colon + 1)[0]);
                }
            }

            writer.EndObject();
        }

        private static int Value(JsonWriter writer, int[] rule, int at, char type)
        {
            switch (type)
            {
                case 'f':
                    writer.Boolean(true);
                    return at;
                case 'c':
                case 'p':
                case 'q':
                    long quantity = RuleCode.Long(rule, at);
                    if (type == 'c' && quantity == 1)
                    {
                        writer.Boolean(true);
                    }
                    else
                    {
                        writer.Fixed(quantity, Decimals);
                    }

                    return at + 2;
                case 'n':
                case 't':
                    writer.String(RuleCode.Text(rule, rule[at]));
                    break;
                case 'j':
                    byte[] json = RuleCode.Utf8(rule, rule[at]);
                    writer.Raw(json, 0, json.Length);
                    break;
                case 'm':
                    writer.Fixed(rule[at], 3);
                    break;
                case 'b':
                    writer.Boolean(rule[at] != 0);
                    break;
                case 'w':
                    writer.String(TimeWindow.ToText(rule[at]));
                    break;
                case 'd':
                    writer.String(TimeWindow.DaysToText(rule[at]));
                    break;
                case 'N':
                case 'C':
                case 'P':
                    writer.String(RuleCode.WordsOf(type)[rule[at]]);
                    break;
                default:
                    writer.Number(rule[at]);
                    break;
            }

            return at + 1;
        }
    }
}
