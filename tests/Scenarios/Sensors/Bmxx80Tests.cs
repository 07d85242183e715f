using Boards.NativeSim.World;

namespace Scenarios.Sensors;

/// <summary>The driver on a bus and a chip with faults.</summary>
[TestClass]
public sealed class Bmxx80Tests
{
    private const string BadCalibration = "calibration data not valid: check wiring and supply, or replace the sensor";

    private static readonly SensorModel[] Bosch = [SensorModel.Bmp280, SensorModel.Bme280, SensorModel.Bme680];

    public static IEnumerable<object[]> Models => Bosch.Select(model => new object[] { model });

    [TestMethod]
    [DataRow(0x56, "bmp280")]
    [DataRow(0x57, "bmp280")]
    [DataRow(0x58, "bmp280")]
    [DataRow(0x60, "bme280")]
    [DataRow(0x61, "bme680")]
    public void Chip_id_gives_the_model(int id, string model)
    {
        var rig = new SensorRig(id switch { 0x60 => SensorModel.Bme280, 0x61 => SensorModel.Bme680, _ => SensorModel.Bmp280 });
        rig.Chip.Burn(0xD0, (byte)id);

        Assert.AreEqual(model, rig.Probe()?.Model);
    }

    [TestMethod]
    [DataRow(0x00)]
    [DataRow(0x55)]
    [DataRow(0x59)]
    [DataRow(0xFF)]
    public void Other_chip_is_refused_with_its_id(int id)
    {
        var rig = new SensorRig(SensorModel.Bme280);
        rig.Chip.Burn(0xD0, (byte)id);

        Assert.AreEqual($"chip id 0x{id:X2} is not known: connect a BMP280, BME280 or BME680", rig.Refusal());
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Measured_values_are_valid(SensorModel model)
    {
        var rig = new SensorRig(model);

        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    // Register of the word, its value, the models that have it.
    [TestMethod]
    [DataRow(SensorModel.Bmp280, 0x88, 0x0000)]
    [DataRow(SensorModel.Bmp280, 0x88, 0xFFFF)]
    [DataRow(SensorModel.Bmp280, 0x8E, 0x0000)]
    [DataRow(SensorModel.Bmp280, 0x8E, 0xFFFF)]
    [DataRow(SensorModel.Bme280, 0x88, 0x0000)]
    [DataRow(SensorModel.Bme280, 0x88, 0xFFFF)]
    [DataRow(SensorModel.Bme280, 0xE1, 0x0000)]
    [DataRow(SensorModel.Bme280, 0xE1, 0xFFFF)]
    [DataRow(SensorModel.Bme680, 0xE9, 0x0000)]
    [DataRow(SensorModel.Bme680, 0xE9, 0xFFFF)]
    [DataRow(SensorModel.Bme680, 0x8E, 0x0000)]
    [DataRow(SensorModel.Bme680, 0xE1, 0x0000)]
    [DataRow(SensorModel.Bme680, 0xE1, 0xFFFF)]
    public void Calibration_word_that_cannot_be_is_refused(SensorModel model, int register, int word)
    {
        var rig = new SensorRig(model);
        rig.Chip.Burn((byte)register, (byte)word, (byte)(word >> 8));

        Assert.AreEqual(BadCalibration, rig.Refusal());
    }

    [TestMethod]
    [DataRow(SensorModel.Bmp280, 0)]
    [DataRow(SensorModel.Bme280, 0xFF)]
    [DataRow(SensorModel.Bme680, 0)]
    [DataRow(SensorModel.Bme680, 0xFF)]
    public void Calibration_without_content_is_refused(SensorModel model, int value)
    {
        var rig = new SensorRig(model);
        rig.Chip.Burn(0x88, [.. Enumerable.Repeat((byte)value, 26)]);
        rig.Chip.Burn(0xE1, [.. Enumerable.Repeat((byte)value, 14)]);

        Assert.AreEqual(BadCalibration, rig.Refusal());
    }

    [TestMethod]
    public void Calibration_data_that_are_being_copied_are_waited_for_and_then_refused()
    {
        var rig = new SensorRig(SensorModel.Bme280);
        rig.Chip.Fault = SensorFault.Copying;

        StringAssert.StartsWith(rig.Refusal(), "calibration data not ready", StringComparison.Ordinal);
        Assert.AreEqual(105, rig.WaitedMs);

        rig.Chip.Fault = SensorFault.None;
        Assert.IsNotNull(rig.Probe());
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Sensor_that_does_not_acknowledge_is_not_found(SensorModel model) => Assert.IsNull(WithFault(model, SensorFault.Nack).Probe());

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Sensor_whose_transfers_are_short_is_not_found(SensorModel model) => Assert.IsNull(WithFault(model, SensorFault.ShortTransfer).Probe());

    [TestMethod]
    [DataRow(SensorFault.Nack)]
    [DataRow(SensorFault.Removed)]
    [DataRow(SensorFault.ShortTransfer)]
    [DataRow(SensorFault.Busy)]
    [DataRow(SensorFault.BadCalibration)]
    public void Sensor_that_fails_while_it_is_used_does_not_answer_and_measures_again_later(SensorFault fault)
    {
        foreach (SensorModel model in Bosch)
        {
            var rig = new SensorRig(model);
            rig.Probe();
            Assert.IsTrue(rig.Read());

            rig.Chip.Fault = fault;
            Assert.IsFalse(rig.Read(), $"{model} answers");

            rig.Chip.Fault = SensorFault.None;
            CollectionAssert.DoesNotContain(rig.Sample(), null);
        }
    }

    [TestMethod]
    public void Wait_for_a_measurement_that_does_not_end_is_bounded()
    {
        var rig = new SensorRig(SensorModel.Bme280);
        rig.Probe();
        rig.Chip.Fault = SensorFault.Busy;
        long before = rig.WaitedMs;

        Assert.IsFalse(rig.Read());

        Assert.AreEqual(110, rig.WaitedMs - before);
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Sensor_that_lost_its_supply_for_a_moment_does_not_answer_until_it_is_set_up_again(SensorModel model)
    {
        var rig = new SensorRig(model);
        rig.Probe();
        rig.Chip.PowerGlitch();

        Assert.IsFalse(rig.Read());
        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Nothing_is_valid_of_a_measurement_that_was_skipped(SensorModel model)
    {
        SensorRig rig = WithFault(model, SensorFault.NotValid);

        Assert.IsTrue(rig.Sample().All(value => value == null));
    }

    [TestMethod]
    public void Value_that_was_skipped_is_missing_and_the_others_are_there()
    {
        var rig = new SensorRig(SensorModel.Bme280);
        rig.Chip.Raw = new SensorRaw(519_888, SensorRaw.Skipped, 30_000);
        int?[] withoutPressure = rig.Sample();
        rig.Chip.Raw = new SensorRaw(519_888, 415_148, SensorRaw.SkippedHumidity);
        int?[] withoutHumidity = rig.Sample();

        CollectionAssert.AreEqual(new[] { true, true, false }, withoutPressure.Select(value => value != null).ToArray());
        CollectionAssert.AreEqual(new[] { true, false, true }, withoutHumidity.Select(value => value != null).ToArray());
    }

    [TestMethod]
    public void Gas_resistance_is_missing_while_the_heater_is_not_stable()
    {
        var rig = new SensorRig(SensorModel.Bme680);
        rig.Chip.Fault = SensorFault.OutOfRange;

        Assert.IsNull(rig.Sample()[3]);
    }

    [TestMethod]
    public void Reading_needs_one_measurement_of_10_ms()
    {
        var rig = new SensorRig(SensorModel.Bme280);
        rig.Probe();
        long before = rig.WaitedMs;

        Assert.IsTrue(rig.Read());

        Assert.AreEqual(10, rig.WaitedMs - before);
    }

    [TestMethod]
    public void Closed_sensor_leaves_the_bus_for_the_next_one()
    {
        var rig = new SensorRig(SensorModel.Bme280);
        rig.Probe();
        rig.Close();

        Assert.ThrowsExactly<ObjectDisposedException>(() => rig.Read());
        Assert.IsNotNull(rig.Probe());
    }

    private static SensorRig WithFault(SensorModel model, SensorFault fault)
    {
        var rig = new SensorRig(model);
        rig.Chip.Fault = fault;
        return rig;
    }
}
