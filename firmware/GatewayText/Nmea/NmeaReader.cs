namespace Firmware.GatewayText.Nmea
{
    /// <summary>
    /// Reads the sentences GGA and RMC of NMEA 0183 (IEC 61162-1), of any talker, where they lie: position, speed, satellites
    /// and time. The checksum is required.
    /// </summary>
    internal sealed partial class NmeaReader
    {
        /// <summary>
        /// Bytes of the longest sentence that is taken. The standard's 82 are exceeded by receivers that give more decimals.
        /// </summary>
        internal const int MaxLength = 120;

        /// <summary>What <see cref="Read"/> found.</summary>
        internal const int Nothing = 0;

        /// <summary>A GGA: position, fix quality, satellites.</summary>
        internal const int Gga = 1;

        /// <summary>An RMC: position, speed, time.</summary>
        internal const int Rmc = 2;

        private const int Header = 7; // "$GPGGA,"
        private const int GgaType = ('G' << 16) | ('G' << 8) | 'A';
        private const int RmcType = ('R' << 16) | ('M' << 8) | 'C';
        private const int MaxFields = 24;
        private const int SpeedScale = 6;
        private const long FastestMicroknots = 100000000000;

        // Where the fields of the sentence end: at a comma, the last at the asterisk.
        private readonly byte[] _ends = new byte[MaxFields];
        private byte[] _data;
        private int _fields;

        /// <summary>Whether the last sentence holds a position that was measured.</summary>
        internal bool HasFix;

        /// <summary>Latitude in 1e-7 degrees, north is positive; the last one that was measured.</summary>
        internal int Latitude;

        /// <summary>Longitude in 1e-7 degrees, east is positive.</summary>
        internal int Longitude;

        /// <summary>Speed over ground in mm/s; -1 when the last RMC has none.</summary>
        internal int Speed = -1;

        /// <summary>Satellites in use; -1 when the last GGA does not say.</summary>
        internal int Satellites = -1;

        /// <summary>Milliseconds since 1970 of the last RMC with a fix; 0 when it has no time.</summary>
        internal long Utc;

        /// <summary>GGA and RMC sentences that were taken.</summary>
        internal int Sentences;

        /// <summary>Sentences of these types without a right checksum, or that say what cannot be.</summary>
        internal int Refused;

        /// <summary>Reads a sentence.</summary>
        /// <param name="data">Holds it from its start, without its end of line.</param>
        /// <param name="count">Its length.</param>
        /// <returns><see cref="Gga"/>, <see cref="Rmc"/>, or <see cref="Nothing"/> for any other and for one that is refused.</returns>
        internal int Read(byte[] data, int count)
        {
            int kind = Nothing;

            // A sentence of a manufacturer begins with P.
            if (count >= Header && data[0] == '$' && data[1] != 'P' && data[Header - 1] == ',')
            {
                int type = (data[3] << 16) | (data[4] << 8) | data[5];
                kind = type == GgaType ? Gga : type == RmcType ? Rmc : Nothing;
            }

            if (kind == Nothing)
            {
                return Nothing;
            }

            _data = data;
            HasFix = false;
            bool isRead = Split(count) && (kind == Gga ? ReadGga() : ReadRmc());
            if (!isRead)
            {
                Refused++;
                return Nothing;
            }

            Sentences++;
            return kind;
        }

        /// <summary>Checks the checksum and finds the fields.</summary>
        private bool Split(int count)
        {
            byte[] data = _data;
            byte[] ends = _ends;
            int fields = 0;
            int sum = 0;
            int i = 1;
            for (; i < count; i++)
            {
                int b = data[i];
                if (b == '*')
                {
                    break;
                }

                sum ^= b;
                if (b == ',')
                {
                    if (fields == MaxFields - 1)
                    {
                        return false;
                    }

                    ends[fields++] = (byte)i;
                }
            }

            if (i + 3 > count || Hex(data[i + 1]) != sum >> 4 || Hex(data[i + 2]) != (sum & 15))
            {
                return false;
            }

            ends[fields] = (byte)i;
            _fields = fields;

            // Spaces may follow, nothing else: it would be another sentence's.
            for (i += 3; i < count; i++)
            {
                if (data[i] != ' ')
                {
                    return false;
                }
            }

            return true;
        }

        // time, latitude, N/S, longitude, E/W, quality, satellites
        private bool ReadGga()
        {
            Satellites = -1;
            if (_fields < 7)
            {
                return false;
            }

            int quality = Length(6) == 0 ? 0 : Digits(6, 1);
            Satellites = Length(7) == 0 ? -1 : Digits(7, 2);
            if (quality < 0 || (Satellites < 0 && Length(7) != 0))
            {
                return false;
            }

            // 0 is none, 6 is estimated, 7 typed in, 8 simulated; the rest are measured.
            return quality == 0 || quality >= 6 || ReadPosition(2);
        }

        // time, status, latitude, N/S, longitude, E/W, knots, course, date, variation, E/W, mode
        private bool ReadRmc()
        {
            Speed = -1;
            Utc = 0;
            if (_fields < 9)
            {
                return false;
            }

            int status = Letter(2);
            if (status != 'A')
            {
                return status == 'V';
            }

            // Since NMEA 2.3: N is none, E estimated, M typed in, S simulated.
            int mode = _fields < 12 ? 0 : Letter(12);
            if (mode == 'N' || mode == 'E' || mode == 'M' || mode == 'S')
            {
                return true;
            }

            long knots = Length(7) == 0 ? -1 : Decimal(7, SpeedScale);
            long utc = ReadUtc(1, 9);
            if (utc < 0 || knots > FastestMicroknots || (knots < 0 && Length(7) != 0) || !ReadPosition(3))
            {
                return false;
            }

            Speed = knots < 0 ? -1 : (int)((knots * 1852 + 1800000) / 3600000);
            Utc = utc;
            return true;
        }

        private bool ReadPosition(int field)
        {
            int latitude = Angle(field, 'N', 'S', 90);
            int longitude = Angle(field + 2, 'E', 'W', 180);
            if (latitude == int.MinValue || longitude == int.MinValue)
            {
                return false;
            }

            Latitude = latitude;
            Longitude = longitude;
            HasFix = true;
            return true;
        }
    }
}
