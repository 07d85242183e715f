using Boards.NativeSim.World;
using CsCheck;

namespace Scenarios.Sensors;

/// <summary>What the driver makes of raw values and calibration data, against the datasheets.</summary>
[TestClass]
public sealed class CompensationTests
{
    private static readonly Gen<SensorRaw> Raws = Gen.Select(
        Gen.Int[300_000, 760_000], Gen.Int[0, 900_000], Gen.Int[0, 65_535], Gen.Int[0, 1023], Gen.Int[0, 15],
        (t, p, h, gas, range) => new SensorRaw(t, p, h, gas, range));

    /// <summary>BST-BMP280-DS001, section 3.12.</summary>
    [TestMethod]
    public void Worked_example_of_the_datasheet_gives_its_results()
    {
        var rig = new SensorRig(SensorModel.Bmp280);
        byte[] calibration =
        [
            0x70, 0x6B, 0x43, 0x67, 0x18, 0xFC, 0x7D, 0x8E, 0x43, 0xD6, 0xD0, 0x0B, 0x27, 0x0B, 0x8C, 0x00, 0xF9, 0xFF, 0x8C, 0x3C, 0xF8, 0xC6, 0x70, 0x17,
        ];
        rig.Chip.Burn(0x88, calibration);
        rig.Chip.Raw = new SensorRaw(519_888, 415_148);

        // 25.08 Cel and 100653.27 Pa.
        CollectionAssert.AreEqual(new int?[] { 2508, 1_006_533 }, rig.Sample());
    }

    [TestMethod]
    public void Bme280_agrees_with_floating_point_over_the_whole_range_and_for_other_chips() => Check(
        SensorModel.Bme280, Chips280(), (rig, raw, values) =>
        {
            (double t, double p, double h) = Compensation.Of280(rig.Chip, raw);
            Near(t, values[0], 100, 0.011, "Cel");
            if (IsAir(t, p))
            {
                // The datasheet's integer temperature loses up to 0.003 Cel, which are some tenths of a pascal.
                Near(p, values[2], 10, 1, "Pa");
                Near(h, values[1], 100, 0.02, "%RH");
            }
        });

    [TestMethod]
    public void Bme680_agrees_with_floating_point_over_the_whole_range_and_for_other_chips() => Check(
        SensorModel.Bme680, Chips680(), (rig, raw, values) =>
        {
            (double t, double p, double h, double gas) = Compensation.Of680(rig.Chip, raw);
            Near(t, values[0], 100, 0.011, "Cel");
            Near(gas, values[3], 1, (gas * 0.0005) + 1, "Ohm");
            if (IsAir(t, p))
            {
                Near(p, values[2], 10, 0.5, "Pa");
                Near(h, values[1], 100, 0.02, "%RH");
            }
        });

    [TestMethod]
    public void Heater_of_a_Bme680_is_set_for_320_Cel() => Chips680().Sample(
        chip =>
        {
            SensorRig rig = Burnt(SensorModel.Bme680, chip);
            rig.Probe();
            Assert.AreEqual(Compensation.HeaterResistance(rig.Chip, 320, 20), rig.Chip.Peek(0x5A), 1.0);
        },
        iter: 200);

    [TestMethod]
    [DataRow(SensorModel.Bmp280)]
    [DataRow(SensorModel.Bme280)]
    [DataRow(SensorModel.Bme680)]
    public void Simulated_sensor_gives_the_air_of_its_room(SensorModel model)
    {
        var rig = new SensorRig(model);
        int?[] values = rig.Sample();

        Assert.AreEqual(rig.Room.TemperatureCelsius(rig.Now), values[0]!.Value / 100.0, 0.015);
        Assert.AreEqual(rig.Room.PressurePascals(rig.Now), values[model == SensorModel.Bmp280 ? 1 : 2]!.Value / 10.0, 0.5);
        if (model != SensorModel.Bmp280)
        {
            Assert.AreEqual(rig.Room.HumidityPercent(rig.Now), values[1]!.Value / 100.0, 0.05);
        }

        if (model == SensorModel.Bme680)
        {
            double gas = rig.Room.GasResistanceOhms(rig.Now);
            Assert.AreEqual(gas, values[3]!.Value, gas * 0.01);
        }
    }

    /// <summary>Calibration data and raw values from a broken memory: values may be wrong, but nothing throws or hangs.</summary>
    [TestMethod]
    [DataRow(SensorModel.Bmp280)]
    [DataRow(SensorModel.Bme280)]
    [DataRow(SensorModel.Bme680)]
    public void Any_registers_are_survived(SensorModel model) => Gen.Select(Gen.Byte.Array[26], Gen.Byte.Array[14], Gen.Byte.Array[5], Gen.Int[0, 0xFFFFF], Gen.Int[0, 0xFFFFF]).Sample(
        (first, second, heater, temperature, pressure) =>
        {
            SensorRig rig = Burnt(model, new Registers(first, second, heater));
            rig.Chip.Raw = new SensorRaw(temperature, pressure, temperature & 0xFFFF, pressure & 1023, pressure >> 16);
            try
            {
                rig.Probe();
                rig.Read();
            }
            catch (Firmware.Platform.SensorRefusedException)
            {
                // One of the words may be 0 by chance.
            }
        },
        iter: 2_000);

    private static void Check(SensorModel model, Gen<Registers> chips, Action<SensorRig, SensorRaw, int[]> check) => Gen.Select(chips, Raws.Array[20]).Sample(
        (chip, raws) =>
        {
            SensorRig rig = Burnt(model, chip);
            Assert.IsNotNull(rig.Probe());
            foreach (SensorRaw raw in raws)
            {
                rig.Chip.Raw = raw;
                Assert.IsTrue(rig.Read());
                if (raw.Temperature != SensorRaw.Skipped && raw.Pressure != SensorRaw.Skipped && raw.Humidity != SensorRaw.SkippedHumidity)
                {
                    check(rig, raw, rig.Values);
                }
            }
        },
        iter: 300);

    // Outside the range of the datasheet the firmware refuses what comes.
    private static bool IsAir(double t, double p) => t is >= -40 and <= 85 && p is >= 30_000 and <= 110_000;

    private static void Near(double expected, int value, int scale, double tolerance, string unit)
    {
        double actual = (double)value / scale;
        Assert.IsLessThanOrEqualTo(tolerance, Math.Abs(expected - actual), $"{actual} {unit}, the datasheet's formula gives {expected}");
    }

    private static SensorRig Burnt(SensorModel model, Registers chip)
    {
        var rig = new SensorRig(model);
        rig.Chip.Burn(0x88, chip.First);
        rig.Chip.Burn(0xE1, chip.Second);
        if (model == SensorModel.Bme680)
        {
            // Chip id and status are elsewhere; these five hold what the heater needs.
            rig.Chip.Burn(0x00, chip.Heater);
        }

        return rig;
    }

    // Chips differ by some per cent from the example of the datasheet.
    private static Gen<Registers> Chips280() => Gen.Select(
        Words(27504, 26435, -1000, 36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000),
        Gen.Byte, Gen.Int[330, 400], Gen.Byte, Gen.Int[250, 400], Gen.Int[-100, 100], Gen.SByte,
        (words, h1, h2, h3, h4, h5, h6) => new Registers(
            [.. words, 0, h1],
            [(byte)h2, (byte)(h2 >> 8), h3, (byte)(h4 >> 4), (byte)((h4 & 15) | (h5 << 4)), (byte)(h5 >> 4), (byte)h6, 0, 0, 0, 0, 0, 0, 0],
            []));

    private static Gen<Registers> Chips680() => Gen.Select(
        Words(26446, 0, 36277, -10280, 0, 7006, -106, 0, 0, -1246, -2900),
        Words(26145, -5969),
        Gen.SByte.Array[6], Gen.Byte.Array[12], Gen.Int[950, 1100], Gen.Int[700, 850], Gen.Int[0, 3],
        (words, more, s, b, h2, h1, range) =>
        {
            byte[] first = [0, 0, .. words, b[0], 0];
            first[4] = (byte)(s[0] / 20);
            first[10] = (byte)(88 + (s[1] / 8));
            first[16] = (byte)s[2];
            first[17] = (byte)(s[3] / 2);
            byte[] second =
            [
                (byte)(h2 >> 4), (byte)(((h2 & 15) << 4) | (h1 & 15)), (byte)(h1 >> 4), (byte)s[4], (byte)(b[1] / 4), (byte)(b[2] / 8), b[3], (byte)s[5],
                more[0], more[1], more[2], more[3], (byte)(b[4] / 4), (byte)(b[5] / 8),
            ];
            return new Registers(first, second, [(byte)(b[6] / 4), 0, (byte)(range << 4), 0, b[7]]);
        });

    private static Gen<byte[]> Words(params int[] centres) => Gen.Int[-1000, 1000].Array[centres.Length].Select(changes =>
        centres.Zip(changes, (centre, change) => centre + (centre * change / 20_000)).SelectMany(word => new[] { (byte)word, (byte)(word >> 8) }).ToArray());

    private sealed record Registers(byte[] First, byte[] Second, byte[] Heater);
}
