using Boards.Esp32;
using Boards.NativeSim.World;

namespace Scenarios.Sensors;

/// <summary>Datasheet SCD4x: 3.5 (periodic measurement), 3.11 (CRC).</summary>
[TestClass]
public sealed class Scd4xTests
{
    [TestMethod]
    public void Simulated_sensor_gives_the_air_of_its_room()
    {
        (ProbeRig rig, SimulatedScd4x _) = Rig();
        int?[] values = rig.Sample();

        Assert.AreEqual(rig.Room.CarbonDioxidePpm(rig.Now), values[0]!.Value, 2);
        Assert.AreEqual(rig.Room.TemperatureCelsius(rig.Now), values[1]!.Value / 100.0, 0.1);
        Assert.AreEqual(rig.Room.HumidityPercent(rig.Now), values[2]!.Value / 100.0, 0.5);
    }

    /// <summary>The example of read_measurement in section 3.5.2: 500 ppm, 25 Cel, 37 %RH.</summary>
    [TestMethod]
    public void Worked_example_of_the_datasheet_gives_its_results()
    {
        (ProbeRig rig, SimulatedScd4x chip) = Rig();
        chip.Raw = (0x01F4, 0x6667, 0x5EB9);

        CollectionAssert.AreEqual(new int?[] { 500, 2500, 3700 }, rig.Sample());
    }

    [TestMethod]
    public void First_probe_waits_for_the_first_measurement_and_no_longer()
    {
        (ProbeRig rig, SimulatedScd4x _) = Rig();

        Assert.IsNotNull(rig.Probe());

        Assert.IsInRange(5000, 5300, rig.WaitedMs);
    }

    [TestMethod]
    public void Sensor_that_measures_since_before_a_restart_goes_on()
    {
        (ProbeRig rig, SimulatedScd4x _) = Rig();
        rig.Sample();
        rig.Pass(6000);
        long before = rig.WaitedMs;

        // As after a deep sleep: nothing of the driver is left.
        var again = new ProbeRig(clock => new Scd4xPort(1, clock));
        CollectionAssert.DoesNotContain(rig.Sample(), null);
        Assert.IsLessThan(20, rig.WaitedMs - before);
        Assert.IsNull(again.Probe());
    }

    [TestMethod]
    public void Last_values_are_the_newest_between_two_measurements()
    {
        (ProbeRig rig, SimulatedScd4x _) = Rig();
        int?[] first = rig.Sample();
        rig.Pass(1000);

        CollectionAssert.AreEqual(first, rig.Next());
    }

    [TestMethod]
    public void Sensor_that_stopped_measuring_does_not_answer_with_old_values_for_more_than_15_s()
    {
        (ProbeRig rig, SimulatedScd4x chip) = Rig();
        rig.Sample();
        chip.PowerGlitch();
        rig.Pass(14_000);
        Assert.IsTrue(rig.Read());

        rig.Pass(2000);

        Assert.IsFalse(rig.Read());
        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    [TestMethod]
    [DataRow(SensorFault.Nack)]
    [DataRow(SensorFault.Removed)]
    [DataRow(SensorFault.ShortTransfer)]
    [DataRow(SensorFault.BadCrc)]
    public void Sensor_that_fails_while_it_is_used_does_not_answer_and_measures_again_later(SensorFault fault)
    {
        (ProbeRig rig, SimulatedScd4x chip) = Rig();
        rig.Sample();

        chip.Fault = fault;
        rig.Pass(6000);
        Assert.IsFalse(rig.Read());

        rig.Close();
        chip.Fault = SensorFault.None;
        rig.Pass(1000);
        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    [TestMethod]
    [DataRow(SensorFault.Nack)]
    [DataRow(SensorFault.ShortTransfer)]
    [DataRow(SensorFault.BadCrc)]
    public void Sensor_with_a_fault_is_not_found(SensorFault fault)
    {
        (ProbeRig rig, SimulatedScd4x chip) = Rig();
        chip.Fault = fault;

        Assert.IsNull(rig.Probe());
        Assert.IsLessThan(20, rig.WaitedMs);
    }

    [TestMethod]
    public void Wait_for_a_first_measurement_that_does_not_end_is_bounded_and_stops_the_sensor()
    {
        (ProbeRig rig, SimulatedScd4x chip) = Rig();
        chip.Fault = SensorFault.Busy;

        Assert.IsNull(rig.Probe());

        Assert.IsInRange(5500, 5800, rig.WaitedMs);
        Assert.IsFalse(chip.IsRunning);
    }

    [TestMethod]
    public void Zero_ppm_and_values_beyond_the_datasheets_range_are_out_of_range()
    {
        (ProbeRig rig, SimulatedScd4x chip) = Rig();
        chip.Raw = (0, 0x6667, 0x5EB9);
        rig.Sample();
        CollectionAssert.AreEqual(new[] { false, true, true }, rig.InRange());

        chip.Fault = SensorFault.OutOfRange;
        rig.Pass(6000);
        rig.Next();
        CollectionAssert.AreEqual(new[] { false, false }, rig.InRange()[..2]);
    }

    private static (ProbeRig Rig, SimulatedScd4x Chip) Rig()
    {
        var rig = new ProbeRig(clock => new Scd4xPort(1, clock));
        return (rig, rig.Board.Bus.Attach(new SimulatedScd4x()));
    }
}
