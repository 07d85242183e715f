using static Boards.Esp32.Bmx280Formulas;

namespace Boards.Esp32
{
    /// <summary>
    /// Compensation of a BME680 in integers: BST-BME680-DS001, 3.3 to 3.4. Products have 64 bits: so temperature keeps all bits
    /// of the ADC and pressure 1/16 Pa (whole pascals in the datasheet's 32 bits), and no calibration data make them overflow.
    /// </summary>
    internal static class Bme680Formulas
    {
        /// <summary>The first register of what heater and gas channel need besides.</summary>
        internal const int HeaterRegister = 0x00;

        /// <summary>Bytes from there on.</summary>
        internal const int HeaterLength = 5;

        private const int P10 = 13;
        private const int H1 = 14;
        private const int H3 = 15;
        private const int H4 = 16;
        private const int H5 = 17;
        private const int H6 = 18;
        private const int H7 = 19;
        private const int G1 = 20;
        private const int G2 = 21;
        private const int G3 = 22;
        private const int HeaterRange = 23;
        private const int HeaterValue = 24;
        private const int RangeError = 25;
        private const int Count = 26;

        private const int HeaterCelsius = 320;
        private const int AmbientCelsius = 20;

        /// <summary>Calibration data as the registers have them.</summary>
        /// <param name="first">As of a BME280.</param>
        /// <param name="second">As of a BME280.</param>
        /// <param name="heater">From <see cref="HeaterRegister"/> on.</param>
        internal static int[] Calibration(byte[] first, byte[] second, byte[] heater)
        {
            int[] c = new int[Count];
            c[T1] = Word(second, 8);
            c[T2] = (short)Word(first, 2);
            c[T3] = (sbyte)first[4];
            c[P1] = Word(first, 6);
            c[P2] = (short)Word(first, 8);
            c[P3] = (sbyte)first[10];
            c[P4] = (short)Word(first, 12);
            c[P5] = (short)Word(first, 14);
            c[P6] = (sbyte)first[17];
            c[P7] = (sbyte)first[16];
            c[P8] = (short)Word(first, 20);
            c[P9] = (short)Word(first, 22);
            c[P10] = first[24];
            c[H1] = (second[2] << 4) | (second[1] & 0x0F);
            c[H2] = (second[0] << 4) | (second[1] >> 4);
            c[H3] = (sbyte)second[3];
            c[H4] = (sbyte)second[4];
            c[H5] = (sbyte)second[5];
            c[H6] = second[6];
            c[H7] = (sbyte)second[7];
            c[G1] = (sbyte)second[12];
            c[G2] = (short)Word(second, 10);
            c[G3] = (sbyte)second[13];
            c[HeaterRange] = (heater[2] >> 4) & 3;
            c[HeaterValue] = (sbyte)heater[0];
            c[RangeError] = (sbyte)heater[4] >> 4;
            return c;
        }

        /// <summary>The temperature in units of 1/5120 Cel.</summary>
        /// <param name="c">Calibration data.</param>
        /// <param name="raw">20 bits of the ADC.</param>
        internal static int Fine(int[] c, int raw)
        {
            long difference = raw - (c[T1] << 4);
            long coarse = difference >> 4;
            return (int)((difference * c[T2]) >> 14) + (int)((((coarse * coarse) >> 12) * (c[T3] << 4)) >> 14);
        }

        /// <summary>The pressure in tenths of a pascal; <see cref="int.MinValue"/> when the calibration data give none.</summary>
        /// <param name="c">Calibration data.</param>
        /// <param name="raw">20 bits of the ADC.</param>
        /// <param name="fine">Of <see cref="Fine"/>.</param>
        internal static int Pressure(int[] c, int raw, int fine)
        {
            long v = (fine >> 1) - 64000;
            long offset = ((v * v * c[P6]) >> 17) + ((v * c[P5]) << 1);
            offset = (offset >> 2) + ((long)c[P4] << 16);

            // In 2^-34 of the datasheet's second var1.
            long scale = (((1L << 34) + ((v * v * c[P3]) >> 14) + (v * c[P2])) * c[P1]) >> 14;
            if (scale <= 0)
            {
                return int.MinValue;
            }

            // In 1/16 Pa, as the correction is.
            long p = ((((1048576L - raw) << 12) - offset) * (6250L << 12)) / scale;
            long whole = p >> 4;
            p += ((c[P9] * p * p) >> 39) + ((c[P8] * p) >> 19) + ((whole * whole * whole * c[P10]) >> 41) + (c[P7] << 7);
            return Tenths(p, 4);
        }

        /// <summary>The humidity in hundredths of %RH, 0 to 10000.</summary>
        /// <param name="c">Calibration data.</param>
        /// <param name="raw">16 bits of the ADC.</param>
        /// <param name="fine">Of <see cref="Fine"/>.</param>
        internal static int Humidity(int[] c, int raw, int fine)
        {
            // The datasheet's var1 in 1/256, its factor of var2 in 2^-38 and that of the square in 2^-24.
            long t = fine;
            long v = ((long)raw << 8) - (c[H1] << 12) - ((t * c[H3]) / 40);
            v = (v * c[H2] * ((1 << 20) + ((t * c[H4]) / 80) + ((((t * t) >> 20) * c[H5]) / 25))) >> 26;
            v += (((v * v) >> 20) * ((c[H6] << 10) + ((t * c[H7]) / 640))) >> 24;
            v = ((v * 100) + (1 << 19)) >> 20;
            return v < 0 ? 0 : v > 10000 ? 10000 : (int)v;
        }

        /// <summary>The resistance of the gas sensor in ohms.</summary>
        /// <param name="c">Calibration data.</param>
        /// <param name="raw">10 bits of the ADC.</param>
        /// <param name="range">Its range, 0 to 15.</param>
        internal static int Gas(int[] c, int raw, int range)
        {
            long gain = 2147483647;
            long unit = 4096000000L >> range;
            switch (range)
            {
                case 4:
                    unit = 255744255;
                    break;
                case 5:
                    gain = 2126008810;
                    unit = 127110228;
                    break;
                case 7:
                    gain = 2130303777;
                    unit = 32258064;
                    break;
                case 8:
                    unit = 16016016;
                    break;
                case 10:
                    gain = 2143188679;
                    break;
                case 11:
                    gain = 2136746228;
                    break;
                case 13:
                    gain = 2126008810;
                    break;
            }

            gain = ((1340 + (5 * c[RangeError])) * gain) >> 16;
            long divisor = ((long)raw << 15) - (1 << 24) + gain;
            long ohms = (((unit * gain) >> 9) + (divisor >> 1)) / divisor;
            return ohms > Highest ? int.MaxValue : (int)ohms;
        }

        /// <summary>What the register of the heater needs for 320 Cel, in air of 20 Cel.</summary>
        /// <param name="c">Calibration data.</param>
        internal static int HeaterResistance(int[] c)
        {
            // The datasheet's formula, with the air's part in the scale of the other one.
            long heat = ((((((c[G2] + 154009L) * HeaterCelsius * 5) / 100) + 3276800) / 10) * (c[G1] + 784)) >> 1;
            heat = (heat + (AmbientCelsius * 2560L * c[G3])) / (c[HeaterRange] + 4) / ((131 * c[HeaterValue]) + 65536);
            return (int)((((heat - 250) * 34) + 50) / 100);
        }
    }
}
