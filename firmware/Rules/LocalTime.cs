using System.Text;

namespace Firmware.Rules
{
    /// <summary>
    /// Local time by a POSIX time zone (IEEE Std 1003.1, section 8.3) whose dates have the form M: "CET-1CEST,M3.5.0,M10.5.0/3".
    /// </summary>
    internal sealed class LocalTime
    {
        /// <summary>Seconds of a day.</summary>
        internal const int Day = 86400;

        private const int Hour = 3600;
        private const int DefaultTime = 2 * Hour;

        private byte[] _text; // while it is read
        private int _at;
        private int _standard; // seconds to add to UTC
        private int _summer;
        private int _begin; // of summer time: month, week, day of week, 8 bits each
        private int _end;
        private int _beginTime; // seconds of that day
        private int _endTime;
        private bool _hasSummer;
        private int _offset; // in use between these two moments
        private long _from;
        private long _until;

        private LocalTime()
        {
        }

        /// <summary>Reads a time zone.</summary>
        /// <param name="text">The time zone.</param>
        /// <returns>Null when it is not valid.</returns>
        internal static LocalTime Parse(string text)
        {
            // A byte behind the end: it is compared with no length.
            byte[] utf8 = Encoding.UTF8.GetBytes(text + "\n");
            LocalTime zone = new LocalTime { _text = utf8 };
            bool isValid = zone.Read() && zone._at == utf8.Length - 1;
            zone._text = null;
            return isValid ? zone : null;
        }

        /// <summary>The seconds to add to UTC.</summary>
        /// <param name="utc">Epoch seconds.</param>
        /// <returns>Positive in the east.</returns>
        internal int OffsetAt(long utc)
        {
            if (utc < _from || utc >= _until)
            {
                Find(utc);
            }

            return _offset;
        }

        /// <summary>The moment at which the offset changes next, after a call of <see cref="OffsetAt"/>.</summary>
        internal long NextChange => _until;

        private void Find(long utc)
        {
            _offset = _standard;
            _from = long.MinValue;
            _until = long.MaxValue;
            if (!_hasSummer)
            {
                return;
            }

            int year = YearOf(utc + _standard);
            for (int i = year - 1; i <= year + 1; i++)
            {
                Take(MomentOf(i, _begin, _beginTime - _standard), _summer, utc);
                Take(MomentOf(i, _end, _endTime - _summer), _standard, utc);
            }
        }

        private void Take(long moment, int offset, long utc)
        {
            if (moment > utc)
            {
                _until = moment < _until ? moment : _until;
            }
            else if (moment >= _from)
            {
                _from = moment;
                _offset = offset;
            }
        }

        private static long MomentOf(int year, int date, int seconds)
        {
            int month = date >> 16;
            int week = (date >> 8) & 255;
            int first = DaysTo(year, month);
            int day = first + (((date & 255) - DayOfWeek(first) + 7) % 7) + ((week - 1) * 7);
            int next = month == 12 ? DaysTo(year + 1, 1) : DaysTo(year, month + 1);
            return ((long)(day < next ? day : day - 7) * Day) + seconds;
        }

        /// <summary>The day of the week, 0 for Sunday, of days since the epoch.</summary>
        internal static int DayOfWeek(int days) => (days + 4) % 7;

        // Days since the epoch of the first of a month; years from 1970 to 2099.
        private static int DaysTo(int year, int month)
        {
            int y = month <= 2 ? year - 1 : year;
            int m = month <= 2 ? month + 9 : month - 3;
            return (y * 365) + (y / 4) - (y / 100) + (y / 400) + (((153 * m) + 2) / 5) - 719468;
        }

        private static int YearOf(long seconds)
        {
            int days = (int)(seconds / Day);
            int year = 1970 + (days / 366);
            while (DaysTo(year + 1, 1) <= days)
            {
                year++;
            }

            return year;
        }

        private bool Read()
        {
            if (!SkipName() || !ReadTime(24, out int west))
            {
                return false;
            }

            _standard = -west;
            _hasSummer = _text[_at] != '\n';
            if (!_hasSummer)
            {
                return true;
            }

            if (!SkipName())
            {
                return false;
            }

            _summer = _standard + Hour;
            if (_text[_at] != ',')
            {
                if (!ReadTime(24, out west))
                {
                    return false;
                }

                _summer = -west;
            }

            return ReadDate(out _begin, out _beginTime) && ReadDate(out _end, out _endTime) && _begin != _end;
        }

        // Three letters or more, or anything between < and >.
        private bool SkipName()
        {
            int start = _at;
            if (_text[_at] == '<')
            {
                while (_text[_at] != '>' && _text[_at] != '\n')
                {
                    _at++;
                }

                return _text[_at++] == '>' && _at - start > 4;
            }

            while ((_text[_at] | 32) >= 'a' && (_text[_at] | 32) <= 'z')
            {
                _at++;
            }

            return _at - start >= 3;
        }

        private bool ReadTime(int maxHours, out int seconds)
        {
            int sign = _text[_at] == '-' ? -1 : 1;
            _at += _text[_at] == '-' || _text[_at] == '+' ? 1 : 0;
            bool isValid = ReadNumber(0, maxHours, out seconds);
            seconds *= Hour;
            for (int unit = 60; unit > 0 && isValid && _text[_at] == ':'; unit /= 60)
            {
                _at++;
                isValid = ReadNumber(0, 59, out int part);
                seconds += part * unit;
            }

            seconds *= sign;
            return isValid;
        }

        private bool ReadDate(out int date, out int time)
        {
            date = 0;
            time = DefaultTime;
            if (_text[_at] != ',' || _text[_at + 1] != 'M')
            {
                return false;
            }

            _at += 2;
            if (!ReadNumber(1, 12, out int month) || _text[_at++] != '.' || !ReadNumber(1, 5, out int week) || _text[_at++] != '.' || !ReadNumber(0, 6, out int day))
            {
                return false;
            }

            date = (month << 16) | (week << 8) | day;
            if (_text[_at] != '/')
            {
                return true;
            }

            _at++;
            return ReadTime(167, out time);
        }

        private bool ReadNumber(int min, int max, out int number)
        {
            int start = _at;
            number = 0;
            while (_text[_at] >= '0' && _text[_at] <= '9' && _at - start < 3)
            {
                number = (number * 10) + _text[_at++] - '0';
            }

            return _at > start && number >= min && number <= max;
        }
    }
}
