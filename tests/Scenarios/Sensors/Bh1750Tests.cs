using Boards.Esp32;
using Boards.NativeSim.World;

namespace Scenarios.Sensors;

/// <summary>Datasheet BH1750FVI, 12046EDT01: pages 5, 7 and 11.</summary>
[TestClass]
public sealed class Bh1750Tests
{
    [TestMethod]
    public void Simulated_sensor_gives_the_light_of_its_room()
    {
        (ProbeRig rig, SimulatedBh1750 _) = Rig();

        Assert.AreEqual(rig.Room.IlluminanceLux(rig.Now), rig.Sample()[0]!.Value / 10.0, 1.5);
    }

    /// <summary>The example of page 7: 0x8390 is 28067 lx.</summary>
    [TestMethod]
    public void Worked_example_of_the_datasheet_gives_its_result()
    {
        (ProbeRig rig, SimulatedBh1750 chip) = Rig();
        chip.Lux = 0x8390 / 1.2;

        Assert.AreEqual(280_667, rig.Sample()[0]);
    }

    [TestMethod]
    public void Darkness_is_a_value()
    {
        (ProbeRig rig, SimulatedBh1750 chip) = Rig();
        chip.Lux = 0;

        Assert.AreEqual(0, rig.Sample()[0]);
        Assert.IsTrue(rig.InRange()[0]);
    }

    [TestMethod]
    public void Sunlight_is_measured_with_the_shortest_time()
    {
        (ProbeRig rig, SimulatedBh1750 chip) = Rig();
        chip.Lux = 100_000;

        Assert.AreEqual(100_000, rig.Sample()[0]!.Value / 10.0, 5);
        Assert.IsTrue(rig.InRange()[0]);
    }

    [TestMethod]
    public void Dim_light_is_measured_with_the_default_time_after_sunlight()
    {
        (ProbeRig rig, SimulatedBh1750 chip) = Rig();
        chip.Lux = 100_000;
        rig.Sample();
        chip.Lux = 10;

        Assert.AreEqual(100, rig.Next()[0]);
    }

    [TestMethod]
    public void Light_beyond_what_it_can_measure_is_out_of_range()
    {
        (ProbeRig rig, SimulatedBh1750 chip) = Rig();
        chip.Fault = SensorFault.OutOfRange;
        rig.Sample();

        Assert.IsFalse(rig.InRange()[0]);
    }

    [TestMethod]
    public void Sensor_that_lost_its_supply_for_a_moment_measures_again_at_once()
    {
        (ProbeRig rig, SimulatedBh1750 chip) = Rig();
        chip.Lux = 60_000;
        rig.Sample();
        chip.PowerGlitch();

        Assert.AreEqual(60_000, rig.Next()[0]!.Value / 10.0, 5);
    }

    [TestMethod]
    [DataRow(SensorFault.Nack)]
    [DataRow(SensorFault.Removed)]
    [DataRow(SensorFault.ShortTransfer)]
    public void Sensor_that_fails_while_it_is_used_does_not_answer_and_measures_again_later(SensorFault fault)
    {
        (ProbeRig rig, SimulatedBh1750 chip) = Rig();
        rig.Sample();

        chip.Fault = fault;
        Assert.IsFalse(rig.Read());
        Assert.IsNull(rig.Probe());

        chip.Fault = SensorFault.None;
        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    [TestMethod]
    public void Another_chip_at_the_address_is_refused()
    {
        (ProbeRig rig, SimulatedBh1750 chip) = Rig();
        chip.IsExpander = true;

        Assert.StartsWith("not a BH1750", rig.Refusal());
    }

    private static (ProbeRig Rig, SimulatedBh1750 Chip) Rig()
    {
        var rig = new ProbeRig(_ => new Bh1750Port(1, Bh1750Port.PrimaryAddress));
        return (rig, rig.Board.Bus.Attach(new SimulatedBh1750(Bh1750Port.PrimaryAddress)));
    }
}
