namespace Firmware.GatewayText.Nmea
{
    /// <content>The fields of a sentence.</content>
    internal sealed partial class NmeaReader
    {
        private const int MinuteScale = 7;
        private const int Degree = 10000000;
        private const int LongestWhole = 10; // digits: of an integer of 64 bits, 7 may follow
        private const int FirstYear = 80; // of GPS time
        private const int DaysTo1970 = 719483; // from 1 March of the year 0, by years of 365.25 days

        /// <summary>Reads degrees and minutes, "5231.1234", and the letter after them; <see cref="int.MinValue"/> when they are none.</summary>
        private int Angle(int field, int positive, int negative, int most)
        {
            long number = Length(field) < 3 ? -1 : Decimal(field, MinuteScale);
            int side = Letter(field + 1);
            int degrees = (int)(number / (100L * Degree));
            long minutes = number - degrees * (100L * Degree);
            if (number < 0 || degrees > most || minutes >= 60L * Degree || (side != positive && side != negative))
            {
                return int.MinValue;
            }

            long angle = degrees * (long)Degree + (minutes + 30) / 60;
            return angle > most * (long)Degree ? int.MinValue : (int)(side == positive ? angle : -angle);
        }

        /// <summary>Milliseconds since 1970 of "hhmmss.sss" and "ddmmyy"; 0 when one is empty, -1 when one cannot be.</summary>
        private long ReadUtc(int time, int date)
        {
            if (Length(time) == 0 || Length(date) == 0)
            {
                return 0;
            }

            long clock = Length(time) < 6 ? -1 : Decimal(time, 3);
            int day = Digits(date, 6);
            if (clock < 0 || day < 0 || Length(date) != 6)
            {
                return -1;
            }

            int second = (int)(clock / 1000);
            int year = day % 100;
            year += year < FirstYear ? 2000 : 1900;
            int month = day / 100 % 100;
            day /= 10000;
            int last = month == 2 ? (year % 4 == 0 ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);
            if (second / 10000 > 23 || second / 100 % 100 > 59 || second % 100 > 60 || month < 1 || month > 12 || day < 1 || day > last)
            {
                return -1;
            }

            // Days of the years and months before, counted from March: the leap day is the last of its year.
            year -= month < 3 ? 1 : 0;
            int days = 365 * year + year / 4 + (153 * ((month + 9) % 12) + 2) / 5 + day - 1 - DaysTo1970;
            return ((days * 24L + second / 10000) * 60 + second / 100 % 100) * 60000 + clock % 100000;
        }

        private int Length(int field) => field > _fields ? 0 : _ends[field] - _ends[field - 1] - 1;

        /// <summary>The one character of a field; 0 when it has more or none.</summary>
        private int Letter(int field) => Length(field) == 1 ? _data[_ends[field] - 1] : 0;

        /// <summary>An integer of at most so many digits; -1 when it is none.</summary>
        private int Digits(int field, int most) => Length(field) > most ? -1 : (int)Decimal(field, 0);

        /// <summary>A number that is not negative, as fixed point; further decimals are cut off. -1 when it is none.</summary>
        private long Decimal(int field, int scale)
        {
            byte[] data = _data;
            int at = _ends[field - 1] + 1;
            int end = _ends[field];
            int i = at;
            int digit;
            long number = 0;
            while (i < end && (uint)(digit = data[i] - '0') <= 9)
            {
                number = number * 10 + digit;
                i++;
            }

            if (i == at || i - at > LongestWhole || (i < end && (data[i++] != '.' || scale == 0)))
            {
                return -1;
            }

            for (; i < end; i++)
            {
                digit = data[i] - '0';
                if ((uint)digit > 9)
                {
                    return -1;
                }

                if (scale > 0)
                {
                    number = number * 10 + digit;
                    scale--;
                }
            }

            for (; scale > 0; scale--)
            {
                number *= 10;
            }

            return number;
        }

        private static int Hex(int c)
        {
            int letter = c | 32;
            return c >= '0' && c <= '9' ? c - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
        }
    }
}
