using System.Buffers.Binary;

namespace Boards.NativeSim.World;

/// <summary>
/// The calibration data of a simulated sensor, and the inverse of its compensation: what its ADC gives for an air. The
/// formulas are the floating-point ones of BST-BMP280-DS001 and BST-BME280-DS001, section 8.1, and BST-BME680-DS001, section 3.3.
/// </summary>
internal abstract class SensorMemory
{
    /// <summary>The memory of a model.</summary>
    public static SensorMemory Of(SensorModel model) => model == SensorModel.Bme680 ? new Of680() : new Of280(model);

    /// <summary>Writes chip id and calibration data.</summary>
    public abstract void Fill(Span<byte> registers);

    /// <summary>What the ADC gives.</summary>
    public SensorRaw Sense(Room room, DateTime utc)
    {
        int temperature = Search(20, raw => Fine(raw) / 5120, room.TemperatureCelsius(utc));
        double fine = Fine(temperature);

        // A higher pressure gives a lower number.
        int pressure = Search(20, raw => -Pressure(raw, fine), -room.PressurePascals(utc));
        int humidity = Search(16, raw => Humidity(raw, fine), room.HumidityPercent(utc));
        (int gas, int range) = Gas(room.GasResistanceOhms(utc));
        return new SensorRaw(temperature, pressure, humidity, gas, range);
    }

    protected abstract double Fine(int raw);

    protected abstract double Pressure(int raw, double fine);

    protected abstract double Humidity(int raw, double fine);

    protected virtual (int Raw, int Range) Gas(double ohms) => default;

    protected static void Write(Span<byte> registers, int at, params int[] words)
    {
        foreach (int word in words)
        {
            BinaryPrimitives.WriteInt16LittleEndian(registers[at..], unchecked((short)word));
            at += 2;
        }
    }

    // The nearest of the numbers of so many bits, of a function that rises.
    private static int Search(int bits, Func<int, double> value, double wanted)
    {
        int low = 0;
        int high = (1 << bits) - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = value(middle) <= wanted ? (middle, high) : (low, middle);
        }

        return wanted - value(low) <= value(high) - wanted ? low : high;
    }

    // The example of BST-BMP280-DS001, section 3.12; humidity as of a usual chip.
    private sealed class Of280(SensorModel model) : SensorMemory
    {
        private const int T1 = 27504, T2 = 26435, T3 = -1000;
        private const int P1 = 36477, P2 = -10685, P3 = 3024, P4 = 2855, P5 = 140, P6 = -7, P7 = 15500, P8 = -14600, P9 = 6000;
        private const int H1 = 75, H2 = 370, H3 = 0, H4 = 313, H5 = 50, H6 = 30;

        public override void Fill(Span<byte> registers)
        {
            registers[0xD0] = (byte)(model == SensorModel.Bmp280 ? 0x58 : 0x60);
            Write(registers, 0x88, T1, T2, T3, P1, P2, P3, P4, P5, P6, P7, P8, P9);
            if (model == SensorModel.Bme280)
            {
                registers[0xA1] = H1;
                Write(registers, 0xE1, H2);
                new byte[] { H3, H4 >> 4, (H4 & 15) | ((H5 & 15) << 4), H5 >> 4, H6 }.CopyTo(registers[0xE3..]);
            }
        }

        protected override double Fine(int raw) =>
            (((raw / 16384.0) - (T1 / 1024.0)) * T2) + (Math.Pow((raw / 131072.0) - (T1 / 8192.0), 2) * T3);

        protected override double Pressure(int raw, double fine)
        {
            double v = (fine / 2) - 64000;
            double offset = (((v * v * P6 / 32768) + (v * P5 * 2)) / 4) + (P4 * 65536.0);
            double scale = (1 + (((P3 * v * v / 524288) + (P2 * v)) / 524288 / 32768)) * P1;
            double p = (1048576 - raw - (offset / 4096)) * 6250 / scale;
            return p + (((P9 * p * p / 2147483648) + (p * P8 / 32768) + P7) / 16);
        }

        protected override double Humidity(int raw, double fine)
        {
            double v = fine - 76800;
            double h = (raw - ((H4 * 64.0) + (H5 / 16384.0 * v)))
                * (H2 / 65536.0 * (1 + (H6 / 67108864.0 * v * (1 + (H3 / 67108864.0 * v)))));
            return h * (1 - (H1 * h / 524288));
        }
    }

    private sealed class Of680 : SensorMemory
    {
        private const int T1 = 26145, T2 = 26446, T3 = 3;
        private const int P1 = 36277, P2 = -10280, P3 = 88, P4 = 7006, P5 = -106, P6 = 30, P7 = 43, P8 = -1246, P9 = -2900, P10 = 30;
        private const int H1 = 779, H2 = 1018, H3 = 0, H4 = 45, H5 = 20, H6 = 120, H7 = -100;
        private const int G1 = -30, G2 = -5969, G3 = 18, HeaterRange = 1, HeaterValue = 46, RangeError = 1;
        private const int Middle = 512;

        private static readonly double[] s_first = [0, 0, 0, 0, 0, -1, 0, -0.8, 0, 0, -0.2, -0.5, 0, -1, 0, 0];
        private static readonly double[] s_second = [0, 0, 0, 0, 0.1, 0.7, 0, -0.8, -0.1, 0, 0, 0, 0, 0, 0, 0];

        public override void Fill(Span<byte> registers)
        {
            registers[0xD0] = 0x61;
            Write(registers, 0xE9, T1);
            Write(registers, 0x8A, T2, T3);
            Write(registers, 0x8E, P1, P2, P3, P4, P5);
            registers[0x98] = P7;
            registers[0x99] = P6;
            Write(registers, 0x9C, P8, P9, P10);
            new byte[] { H2 >> 4, ((H2 & 15) << 4) | (H1 & 15), H1 >> 4, H3, H4, H5, H6, unchecked((byte)H7) }.CopyTo(registers[0xE1..]);
            Write(registers, 0xEB, G2);
            registers[0xED] = unchecked((byte)G1);
            registers[0xEE] = G3;
            registers[0x00] = HeaterValue;
            registers[0x02] = HeaterRange << 4;
            registers[0x04] = RangeError << 4;
        }

        protected override double Fine(int raw) =>
            (((raw / 16384.0) - (T1 / 1024.0)) * T2) + (Math.Pow((raw / 131072.0) - (T1 / 8192.0), 2) * T3 * 16);

        protected override double Pressure(int raw, double fine)
        {
            double v = (fine / 2) - 64000;
            double offset = (((v * v * P6 / 131072) + (v * P5 * 2)) / 4) + (P4 * 65536.0);
            double scale = (1 + (((P3 * v * v / 16384) + (P2 * v)) / 524288 / 32768)) * P1;
            double p = (1048576 - raw - (offset / 4096)) * 6250 / scale;
            return p + (((P9 * p * p / 2147483648) + (p * P8 / 32768) + (Math.Pow(p / 256, 3) * P10 / 131072) + (P7 * 128)) / 16);
        }

        protected override double Humidity(int raw, double fine)
        {
            double t = fine / 5120;
            double v = (raw - ((H1 * 16) + (H3 / 2.0 * t))) * (H2 / 262144.0 * (1 + (H4 / 16384.0 * t) + (H5 / 1048576.0 * t * t)));
            return v + (((H6 / 16384.0) + (H7 / 2097152.0 * t)) * v * v);
        }

        // The chip chooses the range in which its ADC is nearest to the middle.
        protected override (int Raw, int Range) Gas(double ohms)
        {
            (int Raw, int Range) best = default;
            for (int range = 0; range < s_first.Length; range++)
            {
                double gain = (1340 + (5 * RangeError)) * (1 + (s_first[range] / 100));
                double ratio = 1 / (ohms * (1 + (s_second[range] / 100)) * 0.000000125 * (1 << range));
                double raw = Middle + ((ratio - 1) * gain);
                best = Math.Abs(raw - Middle) < Math.Abs(best.Raw - Middle) ? ((int)Math.Round(raw), range) : best;
            }

            return best;
        }
    }
}
