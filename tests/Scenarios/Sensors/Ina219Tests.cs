using Boards.Esp32;
using Boards.NativeSim.World;

namespace Scenarios.Sensors;

/// <summary>Datasheet INA219, SBOS448G: 8.5.1 (example), 8.6 (registers).</summary>
[TestClass]
public sealed class Ina219Tests
{
    [TestMethod]
    public void Simulated_sensor_gives_the_supply_of_its_room()
    {
        (ProbeRig rig, SimulatedIna219 _) = Rig();
        int?[] values = rig.Sample();

        Assert.AreEqual(rig.Room.SupplyVolts(rig.Now), values[0]!.Value / 1000.0, 0.02);
        Assert.AreEqual(rig.Room.SupplyAmperes(rig.Now), values[1]!.Value / 10_000.0, 0.001);
        Assert.AreEqual(rig.Room.SupplyVolts(rig.Now) * rig.Room.SupplyAmperes(rig.Now), values[2]!.Value / 1000.0, 0.02);
    }

    /// <summary>Table 8: 2000 over 2 milliohms and 2995 are 10 A, 11.98 V and 119.8 W.</summary>
    [TestMethod]
    public void Worked_example_of_the_datasheet_gives_its_results()
    {
        (ProbeRig rig, SimulatedIna219 chip) = Rig(shuntMilliohms: 2);
        chip.Raw = (2000, 2995 << 3);

        CollectionAssert.AreEqual(new int?[] { 11_980, 100_000, 119_800 }, rig.Sample());
    }

    [TestMethod]
    public void Current_that_flows_back_is_negative()
    {
        (ProbeRig rig, SimulatedIna219 chip) = Rig();
        chip.Raw = (-5000, 3000 << 3);

        CollectionAssert.AreEqual(new int?[] { 12_000, -5000, -6000 }, rig.Sample());
        CollectionAssert.DoesNotContain(rig.InRange(), false);
    }

    [TestMethod]
    [DataRow(32000)]
    [DataRow(-32000)]
    [DataRow(32767)]
    [DataRow(-32768)]
    public void Current_at_the_end_of_the_adc_is_not_valid_and_the_voltage_is_there(int shunt)
    {
        (ProbeRig rig, SimulatedIna219 chip) = Rig();
        chip.Raw = (shunt, 3000 << 3);

        CollectionAssert.AreEqual(new int?[] { 12_000, null, null }, rig.Sample());
    }

    [TestMethod]
    public void Voltage_beyond_26_V_is_out_of_range()
    {
        (ProbeRig rig, SimulatedIna219 chip) = Rig();
        chip.Fault = SensorFault.OutOfRange;
        rig.Sample();

        CollectionAssert.AreEqual(new[] { false, false, false }, rig.InRange());
    }

    [TestMethod]
    [DataRow(SensorFault.Nack)]
    [DataRow(SensorFault.Removed)]
    [DataRow(SensorFault.ShortTransfer)]
    [DataRow(SensorFault.Busy)]
    public void Sensor_that_fails_while_it_is_used_does_not_answer_and_measures_again_later(SensorFault fault)
    {
        (ProbeRig rig, SimulatedIna219 chip) = Rig();
        rig.Sample();

        chip.Fault = fault;
        Assert.IsFalse(rig.Read());

        chip.Fault = SensorFault.None;
        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    [TestMethod]
    public void Sensor_that_loses_its_supply_during_a_measurement_does_not_answer()
    {
        (ProbeRig rig, SimulatedIna219 chip) = Rig();
        rig.Probe();
        chip.IsOther = true;
        chip.PowerGlitch();

        Assert.IsFalse(rig.Read());
    }

    [TestMethod]
    [DataRow(SensorFault.Nack)]
    [DataRow(SensorFault.ShortTransfer)]
    public void Sensor_with_a_fault_is_not_found(SensorFault fault)
    {
        (ProbeRig rig, SimulatedIna219 chip) = Rig();
        chip.Fault = fault;

        Assert.IsNull(rig.Probe());
    }

    [TestMethod]
    public void Another_chip_at_the_address_is_refused()
    {
        (ProbeRig rig, SimulatedIna219 chip) = Rig();
        chip.IsOther = true;

        Assert.StartsWith("not an INA219", rig.Refusal());
    }

    private static (ProbeRig Rig, SimulatedIna219 Chip) Rig(int shuntMilliohms = Ina219Port.UsualShuntMilliohms)
    {
        var rig = new ProbeRig(_ => new Ina219Port(1, Ina219Port.PrimaryAddress, shuntMilliohms));
        return (rig, rig.Board.Bus.Attach(new SimulatedIna219(Ina219Port.PrimaryAddress)));
    }
}
