using System.Buffers.Binary;
using Boards.NativeSim.World;

namespace Scenarios.Sensors;

/// <summary>
/// The datasheets' compensation in floating point, for any calibration data: BST-BME280-DS001 section 8.1 (it holds for the
/// BMP280 as well), BST-BME680-DS001 sections 3.3 and 3.4. Results in Cel, Pa, %RH, Ohm.
/// </summary>
internal static class Compensation
{
    private static readonly double[] FirstOfRange = [1, 1, 1, 1, 1, 0.99, 1, 0.992, 1, 1, 0.998, 0.995, 1, 0.99, 1, 1];
    private static readonly double[] SecondOfRange = [8e6, 4e6, 2e6, 1e6, 499500.4995, 248262.1648, 125000, 63004.03226, 31281.28128, 15625, 7812.5, 3906.25, 1953.125, 976.5625, 488.28125, 244.140625];

    public static (double T, double P, double H) Of280(SimulatedSensor chip, SensorRaw raw)
    {
        double v1 = ((raw.Temperature / 16384.0) - (U16(chip, 0x88) / 1024.0)) * S16(chip, 0x8A);
        double v2 = Math.Pow((raw.Temperature / 131072.0) - (U16(chip, 0x88) / 8192.0), 2) * S16(chip, 0x8C);
        double fine = v1 + v2;

        v1 = (fine / 2.0) - 64000.0;
        v2 = v1 * v1 * S16(chip, 0x98) / 32768.0;
        v2 += v1 * S16(chip, 0x96) * 2.0;
        v2 = (v2 / 4.0) + (S16(chip, 0x94) * 65536.0);
        v1 = ((S16(chip, 0x92) * v1 * v1 / 524288.0) + (S16(chip, 0x90) * v1)) / 524288.0;
        v1 = (1.0 + (v1 / 32768.0)) * U16(chip, 0x8E);
        double p = ((1048576.0 - raw.Pressure) - (v2 / 4096.0)) * 6250.0 / v1;
        p += ((S16(chip, 0x9E) * p * p / 2147483648.0) + (p * S16(chip, 0x9C) / 32768.0) + S16(chip, 0x9A)) / 16.0;

        int h4 = (S8(chip, 0xE4) << 4) | (chip.Peek(0xE5) & 15);
        int h5 = (S8(chip, 0xE6) << 4) | (chip.Peek(0xE5) >> 4);
        double h = fine - 76800.0;
        h = (raw.Humidity - ((h4 * 64.0) + (h5 / 16384.0 * h)))
            * (S16(chip, 0xE1) / 65536.0 * (1.0 + (S8(chip, 0xE7) / 67108864.0 * h * (1.0 + (chip.Peek(0xE3) / 67108864.0 * h)))));
        h *= 1.0 - (chip.Peek(0xA1) * h / 524288.0);
        return (fine / 5120.0, p, Math.Clamp(h, 0, 100));
    }

    public static (double T, double P, double H, double Gas) Of680(SimulatedSensor chip, SensorRaw raw)
    {
        double v1 = ((raw.Temperature / 16384.0) - (U16(chip, 0xE9) / 1024.0)) * S16(chip, 0x8A);
        double v2 = Math.Pow((raw.Temperature / 131072.0) - (U16(chip, 0xE9) / 8192.0), 2) * S8(chip, 0x8C) * 16.0;
        double fine = v1 + v2;
        double t = fine / 5120.0;

        v1 = (fine / 2.0) - 64000.0;
        v2 = v1 * v1 * S8(chip, 0x99) / 131072.0;
        v2 += v1 * S16(chip, 0x96) * 2.0;
        v2 = (v2 / 4.0) + (S16(chip, 0x94) * 65536.0);
        v1 = ((S8(chip, 0x92) * v1 * v1 / 16384.0) + (S16(chip, 0x90) * v1)) / 524288.0;
        v1 = (1.0 + (v1 / 32768.0)) * U16(chip, 0x8E);
        double p = ((1048576.0 - raw.Pressure) - (v2 / 4096.0)) * 6250.0 / v1;
        double cube = p / 256.0 * (p / 256.0) * (p / 256.0) * chip.Peek(0xA0) / 131072.0;
        p += ((S16(chip, 0x9E) * p * p / 2147483648.0) + (p * S16(chip, 0x9C) / 32768.0) + cube + (S8(chip, 0x98) * 128.0)) / 16.0;

        int h1 = (chip.Peek(0xE3) << 4) | (chip.Peek(0xE2) & 15);
        int h2 = (chip.Peek(0xE1) << 4) | (chip.Peek(0xE2) >> 4);
        double h = raw.Humidity - ((h1 * 16.0) + (S8(chip, 0xE4) / 2.0 * t));
        h *= h2 / 262144.0 * (1.0 + (S8(chip, 0xE5) / 16384.0 * t) + (S8(chip, 0xE6) / 1048576.0 * t * t));
        h += ((chip.Peek(0xE7) / 16384.0) + (S8(chip, 0xE8) / 2097152.0 * t)) * h * h;

        double gain = (1340.0 + (5.0 * (S8(chip, 0x04) >> 4))) * FirstOfRange[raw.GasRange];
        return (t, p, Math.Clamp(h, 0, 100), gain * SecondOfRange[raw.GasRange] / (raw.Gas - 512.0 + gain));
    }

    /// <summary>What the heater's register must have for a temperature in an air.</summary>
    public static double HeaterResistance(SimulatedSensor chip, double target, double ambient)
    {
        double v1 = (S8(chip, 0xED) / 16.0) + 49.0;
        double v2 = (S16(chip, 0xEB) / 32768.0 * 0.0005) + 0.00235;
        double v5 = (v1 * (1.0 + (v2 * target))) + (S8(chip, 0xEE) / 1024.0 * ambient);
        return 3.4 * ((v5 * (4.0 / (4.0 + ((chip.Peek(0x02) >> 4) & 3))) * (1.0 / (1.0 + (S8(chip, 0x00) * 0.002)))) - 25.0);
    }

    private static int U16(SimulatedSensor chip, byte at) => (ushort)S16(chip, at);

    private static int S16(SimulatedSensor chip, byte at) => BinaryPrimitives.ReadInt16LittleEndian([chip.Peek(at), chip.Peek((byte)(at + 1))]);

    private static int S8(SimulatedSensor chip, byte at) => (sbyte)chip.Peek(at);
}
