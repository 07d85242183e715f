using System.Text;

namespace Firmware.Rules
{
    /// <summary>
    /// The form in which a rule is kept and evaluated: one array of numbers, without an object for a condition. A header, the
    /// conditions of <c>when</c> and <c>and</c>, the actions of <c>then</c>, <c>else</c> and <c>stale</c>, the texts as UTF-8.
    /// </summary>
    /// <remarks>
    /// A condition or an action begins with a number: its kind, from bit 4 a bit for each member that it has, in its top byte
    /// its length. The members follow in the order of <see cref="Conditions"/> and <see cref="Actions"/>. A text is named by
    /// where it begins among the texts, in bytes, and in the upper half by its length.
    /// </remarks>
    internal static class RuleCode
    {
        internal const int MaxRules = 16;
        internal const int MaxConditions = 8; // in each of the two lists
        internal const int MaxActions = 4; // in each of the three
        internal const int MaxNumbers = 160;
        internal const int MaxTexts = 480;

        /// <summary>
        /// The members of the conditions, the kinds divided by a bar. A kind is known by its first member, apart from "for".
        /// Behind the name the type: n a name, t a text, j JSON, q a quantity (two numbers), p one that is not negative, c a
        /// change, s seconds, i an interval, l a level, m milliseconds, b a boolean, f what is only ever true, w a window, d days,
        /// N, C and P a word. An exclamation mark: must be there.
        /// </summary>
        internal const string Conditions = "for:s channel:n device:n maxAge:s hysteresis:p above:q below:q is:b changed:c rising:f falling:f rate:q"
            + "|time:w days:d|days:d|for:s battery:N|for:s connection:C|for:s presence:P device:n!";

        /// <summary>Those of the actions.</summary>
        internal const string Actions = "output:n on:b level:l seconds:m|event:n text:t urgent:f|measure:f|interval:i|request:n method:t! params:j deadline:s";

        internal const string BatteryWords = "normal low critical";
        internal const string ConnectionWords = "offline online";
        internal const string PresenceWords = "online sleeping offline lost";
        internal const string DayWords = "sun mon tue wed thu fri sat";

        // Header: conditions of "when" and, from bit 8, of "and"; from bit 16 whether one of "when" is enough.
        internal const int Counts = 0;
        internal const int Any = 1 << 16;

        // Header: actions of the three lists, 8 bits each.
        internal const int Lists = 1;
        internal const int Pause = 2; // seconds; 0 when it is not given
        internal const int Texts = 3; // where they begin, and from bit 16 the length of the first: the name
        internal const int First = 4; // the first condition

        internal const int KindMask = 15;
        internal const int FirstMember = 4;
        internal const int LengthShift = 24;

        // Kinds of conditions.
        internal const int Channel = 0;
        internal const int Time = 1;
        internal const int Days = 2;
        internal const int Battery = 3;
        internal const int Connection = 4;

        // Their members.
        internal const int For = 1 << 4; // not of a time
        internal const int Device = 1 << 6;
        internal const int Hysteresis = 1 << 8;
        internal const int Above = 1 << 9;
        internal const int Below = 1 << 10;
        internal const int Is = 1 << 11;
        internal const int Changed = 1 << 12;
        internal const int Rising = 1 << 13;
        internal const int Falling = 1 << 14;
        internal const int Rate = 1 << 15;
        internal const int MaxAge = 1 << 7;
        internal const int Moves = Changed | Rising | Falling | Rate;
        internal const int HasDays = 1 << 5; // of a time

        // Kinds of actions, and their members.
        internal const int Output = 0;
        internal const int Event = 1;
        internal const int Measure = 2;
        internal const int Interval = 3;
        internal const int On = 1 << 5;
        internal const int Level = 1 << 6;
        internal const int Seconds = 1 << 7;
        internal const int HasText = 1 << 5;
        internal const int IsUrgent = 1 << 6;
        internal const int HasParams = 1 << 6;
        internal const int HasDeadline = 1 << 7;

        internal const int DefaultMaxAge = 900;
        internal const int DefaultDeadline = 30;
        internal const int MinutesOfDay = 1440;

        internal static long Long(int[] rule, int at) => ((long)rule[at + 1] << 32) | (uint)rule[at];

        internal static int Next(int[] rule, int at) => at + (rule[at] >> LengthShift);

        internal static int CountOf(int[] rule) => (rule[Counts] & 255) + ((rule[Counts] >> 8) & 255);

        internal static string Name(int[] rule) => rule.Length == 0 ? string.Empty : Text(rule, (int)((uint)rule[Texts] >> 16 << 16));

        internal static string Text(int[] rule, int text)
        {
            byte[] utf8 = Utf8(rule, text);
            return Encoding.UTF8.GetString(utf8, 0, utf8.Length);
        }

        internal static byte[] Utf8(int[] rule, int text)
        {
            byte[] utf8 = new byte[text >> 16];
            int at = text & 0xFFFF;
            int start = rule[Texts] & 0xFFFF;
            for (int i = 0; i < utf8.Length; i++, at++)
            {
                utf8[i] = (byte)(rule[start + (at >> 2)] >> ((at & 3) << 3));
            }

            return utf8;
        }

        /// <summary>The words that a member of a type may have.</summary>
        internal static string[] WordsOf(char type) => (type == 'N' ? BatteryWords : type == 'C' ? ConnectionWords : PresenceWords).Split(' ');
    }
}
