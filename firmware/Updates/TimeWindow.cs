using System.Text;

namespace Firmware.Updates
{
    /// <summary>A part of each day, in UTC, e.g. "22:30-05:00": from its first minute until before its last.</summary>
    public sealed class TimeWindow
    {
        private const int Length = 11;
        private const int Dash = 5;
        private const int MinutesPerHour = 60;
        private const int HoursPerDay = 24;
        private const int SecondsPerMinute = 60;
        private const int MinutesPerDay = MinutesPerHour * HoursPerDay;

        private readonly int _from;
        private readonly int _until;

        private TimeWindow(int from, int until)
        {
            _from = from;
            _until = until;
        }

        /// <summary>Reads a window. One that ends when it begins means nothing and is refused.</summary>
        /// <param name="text">"HH:MM-HH:MM", or null.</param>
        /// <returns>Null when it is none.</returns>
        public static TimeWindow Parse(string text)
        {
            if (text == null || text.Length != Length)
            {
                return null;
            }

            byte[] ascii = Encoding.UTF8.GetBytes(text);
            if (ascii.Length != Length || ascii[Dash] != '-')
            {
                return null;
            }

            int from = Minute(ascii, 0);
            int until = Minute(ascii, Dash + 1);
            return from < 0 || until < 0 || from == until ? null : new TimeWindow(from, until);
        }

        /// <summary>Whether a moment lies in the window.</summary>
        /// <param name="utcSeconds">Seconds since 1970.</param>
        /// <returns>Whether it does.</returns>
        public bool Contains(long utcSeconds)
        {
            int minute = (int)(utcSeconds / SecondsPerMinute % MinutesPerDay);
            bool begun = minute >= _from;
            bool over = minute >= _until;
            return _from < _until ? begun && !over : begun || !over;
        }

        /// <summary>Minutes since midnight, or -1.</summary>
        private static int Minute(byte[] ascii, int at)
        {
            int hour = TwoDigits(ascii, at);
            int minute = TwoDigits(ascii, at + 3);
            return ascii[at + 2] == ':' && hour >= 0 && hour < HoursPerDay && minute >= 0 && minute < MinutesPerHour
                ? hour * MinutesPerHour + minute
                : -1;
        }

        private static int TwoDigits(byte[] ascii, int at)
        {
            int tens = ascii[at] - '0';
            int ones = ascii[at + 1] - '0';
            return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
        }
    }
}
