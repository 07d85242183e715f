using System.Text;

namespace Firmware.Rules
{
    /// <summary>Times of day and days of the week, as text and as numbers.</summary>
    internal static class TimeWindow
    {
        /// <summary>Reads "06:00-22:00": the minute of the day at which it begins, and from bit 16 the one at which it ends; -1 when it is not valid.</summary>
        internal static int Parse(string text)
        {
            if (text == null || text.Length != 11)
            {
                return -1;
            }

            byte[] c = Encoding.UTF8.GetBytes(text);
            int start = c.Length == 11 && c[5] == '-' ? Minute(c, 0) : -1;
            int end = start < 0 ? -1 : Minute(c, 6);
            return end < 0 || start == end || start == RuleCode.MinutesOfDay ? -1 : start | (end << 16);
        }

        internal static string ToText(int window) => Clock(window & 0xFFFF) + "-" + Clock(window >> 16);

        /// <summary>Reads "mon-fri,sun": a bit for each day, Sunday first; 0 when it is not valid.</summary>
        internal static int ParseDays(string text)
        {
            if (text == null || text.Length > 27)
            {
                return 0;
            }

            int days = 0;
            string[] items = text.Split(',');
            for (int i = 0; i < items.Length; i++)
            {
                int dash = items[i].IndexOf('-');
                int first = Day(dash < 0 ? items[i] : items[i].Substring(0, dash));
                int last = dash < 0 ? first : Day(items[i].Substring(dash + 1));
                if (first < 0 || last < 0)
                {
                    return 0;
                }

                // Over the end of the week, too: "sat-mon".
                for (int day = first; ; day = (day + 1) % 7)
                {
                    days |= 1 << day;
                    if (day == last)
                    {
                        break;
                    }
                }
            }

            return days;
        }

        internal static string DaysToText(int days)
        {
            string text = string.Empty;
            string[] words = RuleCode.DayWords.Split(' ');

            // Monday first, as it is read.
            for (int i = 1; i <= 7; i++)
            {
                if ((days & (1 << (i % 7))) == 0)
                {
                    continue;
                }

                int last = i;
                while (last < 7 && (days & (1 << ((last + 1) % 7))) != 0)
                {
                    last++;
                }

                text += (text.Length > 0 ? "," : string.Empty) + words[i % 7];
                if (last > i + 1)
                {
                    text += "-" + words[last % 7];
                    i = last;
                }
            }

            return text;
        }

        /// <summary>Whether a moment is within a window on its days. A window over midnight belongs to the day on which it begins.</summary>
        internal static bool Contains(int window, int days, int minute, int day)
        {
            int start = window & 0xFFFF;
            int end = window >> 16;
            if (start < end)
            {
                return minute >= start && minute < end && (days & (1 << day)) != 0;
            }

            return minute >= start ? (days & (1 << day)) != 0 : minute < end && (days & (1 << (day == 0 ? 6 : day - 1))) != 0;
        }

        private static int Minute(byte[] c, int at)
        {
            if (c[at + 2] != ':' || !IsDigit(c[at]) || !IsDigit(c[at + 1]) || !IsDigit(c[at + 3]) || !IsDigit(c[at + 4]))
            {
                return -1;
            }

            int hour = ((c[at] - '0') * 10) + c[at + 1] - '0';
            int minute = ((c[at + 3] - '0') * 10) + c[at + 4] - '0';
            return minute > 59 || (hour * 60) + minute > RuleCode.MinutesOfDay ? -1 : (hour * 60) + minute;
        }

        private static bool IsDigit(byte c) => c >= '0' && c <= '9';

        private static int Day(string word)
        {
            int at = word.Length == 3 ? RuleCode.DayWords.IndexOf(word) : -1;
            return at >= 0 && at % 4 == 0 ? at / 4 : -1;
        }

        private static string Clock(int minute) => Two(minute / 60) + ":" + Two(minute % 60);

        private static string Two(int number) => (number < 10 ? "0" : string.Empty) + number.ToString();
    }
}
