using Boards.Esp32;
using Boards.Esp32Program;
using Boards.NativeSim;
using Boards.NativeSim.World;
using Firmware.Platform;

namespace Scenarios;

/// <summary>The port's pins on the simulated chip.</summary>
[TestClass]
public sealed class OutputPinsTests
{
    private const int Relay = 26;

    [TestMethod]
    public void Pin_that_begins_low_is_never_high()
    {
        SimulatedChip chip = Run(pins => pins.Open(Relay, false));
        CollectionAssert.AreEqual(new bool?[] { false }, Levels(chip));
    }

    /// <summary>What the driver makes of it; the port cannot avoid it, and says so.</summary>
    [TestMethod]
    public void Pin_that_begins_high_is_low_for_a_moment()
    {
        SimulatedChip chip = Run(pins => pins.Open(Relay, true));
        CollectionAssert.AreEqual(new bool?[] { false, true }, Levels(chip));
    }

    [TestMethod]
    public void Pin_has_the_level_that_was_written()
    {
        SimulatedChip chip = Run(pins =>
        {
            IOutputPin pin = pins.Open(Relay, false);
            Assert.IsTrue(pin.Write(true));
            Assert.IsTrue(pin.Write(false));
        });
        CollectionAssert.AreEqual(new bool?[] { false, true, false }, Levels(chip));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(6)]
    [DataRow(11)]
    [DataRow(20)]
    [DataRow(21)]
    [DataRow(24)]
    [DataRow(31)]
    [DataRow(34)]
    [DataRow(39)]
    [DataRow(40)]
    [DataRow(48)]
    [DataRow(49)]
    [DataRow(int.MaxValue)]
    [DataRow(int.MinValue)]
    public void Pin_that_cannot_be_used_is_refused_and_left_alone(int pin)
    {
        SimulatedChip chip = Run(pins => Assert.IsNull(pins.Open(pin, true)));
        Assert.IsEmpty(chip.Pins.History);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(12)]
    [DataRow(19)]
    [DataRow(18)]
    [DataRow(33)]
    public void Every_other_output_can_be_used(int pin)
    {
        SimulatedChip chip = Run(pins => Assert.IsNotNull(pins.Open(pin, true)));
        Assert.IsTrue(chip.Pins.LevelOf(pin));
    }

    [TestMethod]
    public void Pin_that_the_board_has_taken_opens_for_the_board_alone()
    {
        SimulatedChip chip = Run(pins =>
        {
            Assert.IsNull(pins.Open(Board.Led, true));
            Assert.IsNotNull(pins.OpenOwn(Board.Led, true));
        });
        Assert.IsTrue(chip.Pins.LevelOf(Board.Led));
    }

    [TestMethod]
    public void Table_has_no_pin_that_the_chip_lacks()
    {
        foreach (int pin in Enumerable.Range(0, 64))
        {
            bool Has(int use) => (SimulatedBoard.PinTable.Mask(use) & (1L << pin)) != 0;
            Assert.IsTrue(SimulatedPins.IsOutput(pin) || !(Has(PinTable.Output) || Has(PinTable.OneWire) || Has(PinTable.Serial)), $"output {pin}");
            Assert.IsTrue(SimulatedPins.Exists(pin) || !(Has(PinTable.Input) || Has(PinTable.Counter)), $"input {pin}");
            Assert.IsTrue(SimulatedPins.CanWake(pin) || !Has(PinTable.Wake), $"wake {pin}");
        }
    }

    [TestMethod]
    public void Pin_that_is_in_use_is_refused_and_keeps_its_level()
    {
        SimulatedChip chip = Run(pins =>
        {
            pins.Open(Relay, true);
            Assert.IsNull(pins.Open(Relay, false));
            Assert.IsNull(new OutputPins(SimulatedBoard.PinTable).Open(Relay, false));
        });
        Assert.IsTrue(chip.Pins.LevelOf(Relay));
    }

    [TestMethod]
    public void No_pin_is_driven_after_the_power_went()
    {
        IOutputPin? pin = null;
        SimulatedChip chip = Run(pins => pin = pins.Open(Relay, true));
        chip.CutPower();
        Assert.IsNull(chip.Pins.LevelOf(Relay));
        chip.PowerOn(WakeCause.PowerOn);
        Assert.IsFalse(pin!.Write(true), "what an earlier boot left behind must do nothing more");
        Assert.IsNull(chip.Pins.LevelOf(Relay));
    }

    [TestMethod]
    public void Pin_can_be_opened_again_after_a_restart()
    {
        SimulatedChip chip = Run(pins =>
        {
            pins.Open(Relay, true);
            Assert.ThrowsExactly<ChipRestartException>(() => new ChipPower(SimulatedBoard.PinTable, PinTable.None).Restart());
        });
        Assert.AreEqual(ChipStop.Restart, chip.Stop);
        Assert.IsNull(chip.Pins.LevelOf(Relay));
        chip.PowerOn(WakeCause.Restart);
        using (chip.Enter())
        {
            Assert.IsNotNull(new OutputPins(SimulatedBoard.PinTable).Open(Relay, false));
        }

        Assert.IsFalse(chip.Pins.LevelOf(Relay));
    }

    private static SimulatedChip Run(Action<OutputPins> use)
    {
        var chip = new SimulatedChip(1, new VirtualTime());
        using (chip.Enter())
        {
            use(new OutputPins(SimulatedBoard.PinTable));
        }

        return chip;
    }

    private static bool?[] Levels(SimulatedChip chip) =>
        [.. chip.Pins.History.Where(change => change.Pin == Relay).Select(change => change.IsHigh)];
}
