namespace Boards.Esp32
{
    /// <summary>
    /// Compensation of a BMP280 or BME280 in integers: BST-BMP280-DS001, 3.11.3, BST-BME280-DS002, 4.2.3. Pressure is
    /// the 64-bit version. Intermediate products have 64 bits, so that no calibration data make them overflow where the
    /// datasheets' 32 bits would.
    /// </summary>
    internal static class Bmx280Formulas
    {
        /// <summary>The first register of calibration data; that of a BME680 is two behind it.</summary>
        internal const int FirstRegister = 0x88;

        /// <summary>Bytes from <see cref="FirstRegister"/> on, also of a BME680.</summary>
        internal const int FirstLength = 26;

        /// <summary>The register at which the calibration data of the humidity begin, also of a BME680.</summary>
        internal const int SecondRegister = 0xE1;

        /// <summary>Bytes from <see cref="SecondRegister"/> on. A BME680 has twice as many as a BME280.</summary>
        internal const int SecondLength = 14;

        /// <summary>Places of the words that are never 0 nor all ones: the scale of each quantity. Also those of a BME680.</summary>
        internal const int T1 = 0;

        /// <inheritdoc cref="T1"/>
        internal const int P1 = 1;

        /// <inheritdoc cref="T1"/>
        internal const int H2 = 2;

        /// <summary>Places of the other words of temperature and pressure, also those of a BME680.</summary>
        internal const int T2 = 3;

        /// <inheritdoc cref="T2"/>
        internal const int T3 = 4;

        /// <inheritdoc cref="T2"/>
        internal const int P2 = 5;

        /// <inheritdoc cref="T2"/>
        internal const int P3 = 6;

        /// <inheritdoc cref="T2"/>
        internal const int P4 = 7;

        /// <inheritdoc cref="T2"/>
        internal const int P5 = 8;

        /// <inheritdoc cref="T2"/>
        internal const int P6 = 9;

        /// <inheritdoc cref="T2"/>
        internal const int P7 = 10;

        /// <inheritdoc cref="T2"/>
        internal const int P8 = 11;

        /// <inheritdoc cref="T2"/>
        internal const int P9 = 12;

        private const int H1 = 13;
        private const int H3 = 14;
        private const int H4 = 15;
        private const int H5 = 16;
        private const int H6 = 17;
        private const int Count = 18;

        /// <summary>A result beyond it is out of every range: bad calibration data.</summary>
        internal const int Highest = 2000000000;

        /// <summary>Calibration data as the registers have them.</summary>
        /// <param name="first">From <see cref="FirstRegister"/> on.</param>
        /// <param name="second">From <see cref="SecondRegister"/> on; a BMP280 has nothing there.</param>
        internal static int[] Calibration(byte[] first, byte[] second)
        {
            int[] c = new int[Count];
            c[T1] = Word(first, 0);
            c[T2] = (short)Word(first, 2);
            c[T3] = (short)Word(first, 4);
            c[P1] = Word(first, 6);
            for (int i = 0; i <= P9 - P2; i++)
            {
                c[P2 + i] = (short)Word(first, 8 + (2 * i));
            }

            c[H1] = first[25];
            c[H2] = (short)Word(second, 0);
            c[H3] = second[2];
            c[H4] = ((sbyte)second[3] * 16) | (second[4] & 0x0F);
            c[H5] = ((sbyte)second[5] * 16) | (second[4] >> 4);
            c[H6] = (sbyte)second[6];
            return c;
        }

        /// <summary>Two bytes, the low one first.</summary>
        internal static int Word(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8);

        /// <summary>The temperature in units of 1/5120 Cel, which the other two need.</summary>
        /// <param name="c">Calibration data.</param>
        /// <param name="raw">20 bits of the ADC.</param>
        internal static int Fine(int[] c, int raw)
        {
            int linear = (int)(((long)((raw >> 3) - (c[T1] << 1)) * c[T2]) >> 11);
            long difference = (raw >> 4) - c[T1];
            return linear + (int)((((difference * difference) >> 12) * c[T3]) >> 14);
        }

        /// <summary>The pressure in tenths of a pascal; <see cref="int.MinValue"/> when the calibration data give none.</summary>
        /// <param name="c">Calibration data.</param>
        /// <param name="raw">20 bits of the ADC.</param>
        /// <param name="fine">Of <see cref="Fine"/>.</param>
        internal static int Pressure(int[] c, int raw, int fine)
        {
            long v = fine - 128000L;
            long offset = (v * v * c[P6]) + ((v * c[P5]) << 17) + ((long)c[P4] << 35);
            long scale = ((v * v * c[P3]) >> 8) + ((v * c[P2]) << 12);
            scale = (((1L << 47) + scale) * c[P1]) >> 33;
            if (scale <= 0)
            {
                return int.MinValue;
            }

            long p = ((((1048576L - raw) << 31) - offset) * 3125) / scale;
            long square = (c[P9] * (p >> 13) * (p >> 13)) >> 25;
            p = ((p + square + ((c[P8] * p) >> 19)) >> 8) + ((long)c[P7] << 4);
            return Tenths(p, 8);
        }

        /// <summary>The humidity in hundredths of %RH, 0 to 10000.</summary>
        /// <param name="c">Calibration data.</param>
        /// <param name="raw">16 bits of the ADC.</param>
        /// <param name="fine">Of <see cref="Fine"/>.</param>
        internal static int Humidity(int[] c, int raw, int fine)
        {
            long v = fine - 76800L;
            long linear = (((long)raw << 14) - ((long)c[H4] << 20) - (c[H5] * v) + 16384) >> 15;
            long slope = (((((v * c[H6]) >> 10) * (((v * c[H3]) >> 11) + 32768)) >> 10) + 2097152) * c[H2];
            v = linear * ((slope + 8192) >> 14);
            v -= ((((v >> 15) * (v >> 15)) >> 7) * c[H1]) >> 4;
            v = v < 0 ? 0 : v > 419430400 ? 419430400 : v;
            return (int)(((v >> 12) * 100 + 512) >> 10);
        }

        /// <summary>Tenths of a fixed-point number; <see cref="int.MinValue"/> when they do not fit.</summary>
        /// <param name="value">The number.</param>
        /// <param name="bits">How many bits of it are behind the point.</param>
        internal static int Tenths(long value, int bits)
        {
            value = ((value * 10) + (1 << (bits - 1))) >> bits;
            return value < -Highest || value > Highest ? int.MinValue : (int)value;
        }
    }
}
