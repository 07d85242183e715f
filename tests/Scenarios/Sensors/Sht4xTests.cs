using Boards.Esp32;
using Boards.NativeSim.World;

namespace Scenarios.Sensors;

/// <summary>Datasheet SHT4x: 4.4 (CRC), 4.6 (conversion).</summary>
[TestClass]
public sealed class Sht4xTests
{
    [TestMethod]
    public void Simulated_sensor_gives_the_air_of_its_room()
    {
        (ProbeRig rig, SimulatedSht4x _) = Rig();
        int?[] values = rig.Sample();

        Assert.AreEqual(rig.Room.TemperatureCelsius(rig.Now), values[0]!.Value / 100.0, 0.02);
        Assert.AreEqual(rig.Room.HumidityPercent(rig.Now), values[1]!.Value / 100.0, 0.02);
    }

    // T = -45 + 175 * word / 65535, RH = -6 + 125 * word / 65535, cropped.
    [TestMethod]
    [DataRow(0x6667, 0x5EB9, 2500, 4025)]
    [DataRow(0x8000, 0x8000, 4250, 5650)]
    [DataRow(0x0725, 0x0C4A, -4012, 0)]
    [DataRow(0x0000, 0x0000, -4500, 0)]
    [DataRow(0xFFFF, 0xFFFF, 13000, 10000)]
    public void Words_give_the_values_of_the_datasheets_formula(int temperature, int humidity, int centiCelsius, int centiPercent)
    {
        (ProbeRig rig, SimulatedSht4x chip) = Rig();
        chip.Raw = (temperature, humidity);

        CollectionAssert.AreEqual(new int?[] { centiCelsius, centiPercent }, rig.Sample());
    }

    [TestMethod]
    [DataRow(SensorFault.Nack)]
    [DataRow(SensorFault.Removed)]
    [DataRow(SensorFault.ShortTransfer)]
    [DataRow(SensorFault.Busy)]
    [DataRow(SensorFault.BadCrc)]
    public void Sensor_that_fails_while_it_is_used_does_not_answer_and_measures_again_later(SensorFault fault)
    {
        (ProbeRig rig, SimulatedSht4x chip) = Rig();
        rig.Sample();

        chip.Fault = fault;
        Assert.IsFalse(rig.Read());

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
        (ProbeRig rig, SimulatedSht4x chip) = Rig();
        chip.Fault = fault;

        Assert.IsNull(rig.Probe());
    }

    [TestMethod]
    public void Temperature_beyond_the_datasheets_range_is_out_of_range()
    {
        (ProbeRig rig, SimulatedSht4x chip) = Rig();
        chip.Fault = SensorFault.OutOfRange;
        rig.Sample();

        Assert.IsFalse(rig.InRange()[0]);
    }

    [TestMethod]
    public void Another_chip_at_the_address_is_not_taken_for_one()
    {
        var rig = new ProbeRig(_ => new Sht4xPort(1, 0x44));
        rig.Board.Bus.Attach(new SimulatedBh1750(0x44));

        Assert.IsNull(rig.Probe());
    }

    private static (ProbeRig Rig, SimulatedSht4x Chip) Rig()
    {
        var rig = new ProbeRig(_ => new Sht4xPort(1, Sht4xPort.AddressA));
        return (rig, rig.Board.Bus.Attach(new SimulatedSht4x(Sht4xPort.AddressA)));
    }
}
