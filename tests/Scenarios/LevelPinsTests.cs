using Boards.Esp32;
using Boards.Esp32Program;
using Boards.NativeSim.World;
using Firmware.Platform;

namespace Scenarios;

/// <summary>The port's pins for levels on the simulated chip.</summary>
[TestClass]
public sealed class LevelPinsTests
{
    private const int Fan = 26;

    // As many as an ESP32 has that nothing else needs.
    private static readonly int[] s_pins = [4, 5, 12, 13, 14, 15, 16, 17, 18, 19, 23, 25, 26, 27, 32, 33, 2, 0];

    [TestMethod]
    [DataRow(0, 0.0)]
    [DataRow(40, 40.0)]
    [DataRow(100, 100.0)]
    public void Pin_begins_with_its_level(int percent, double expected)
    {
        SimulatedChip chip = Run(LevelPins.Esp32Channels, pins => Assert.IsNotNull(Open(pins, Fan, 1000, percent)));
        Assert.AreEqual(new PinPulses(0, 1000, percent * 100), chip.Pins.PulsesOf(Fan));
        Assert.AreEqual(expected, Percents(chip)[^1]);
    }

    /// <summary>The driver remembers what follows a level of 0, and does nothing.</summary>
    [TestMethod]
    public void Pin_has_each_level_that_was_written_also_after_0()
    {
        SimulatedChip chip = Run(LevelPins.Esp32Channels, pins =>
        {
            ILevelPin pin = Open(pins, Fan, 1000, 0)!;
            foreach (int percent in new[] { 40, 0, 60, 61, 100, 0, 1 })
            {
                Assert.IsTrue(pin.Write(percent));
            }
        });
        CollectionAssert.AreEqual(new double?[] { null, 0, 40, 0, 60, 61, 100, 0, 1 }, Percents(chip));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(6)]
    [DataRow(21)]
    [DataRow(34)]
    [DataRow(int.MaxValue)]
    public void Pin_that_cannot_be_used_is_refused_and_left_alone(int pin)
    {
        SimulatedChip chip = Run(LevelPins.Esp32Channels, pins =>
        {
            Assert.IsNull(pins.Open(pin, 1000, 50, out string refusal));
            Assert.AreEqual($"the board does not offer GPIO {pin}", refusal);
        });
        Assert.IsEmpty(chip.Pins.History);
    }

    [TestMethod]
    public void Pin_that_is_in_use_is_refused()
    {
        SimulatedChip chip = Run(LevelPins.Esp32Channels, pins =>
        {
            Open(pins, Fan, 1000, 30);
            Assert.IsNull(pins.Open(Fan, 1000, 50, out string refusal));
            Assert.AreEqual("the board does not offer GPIO 26", refusal);
        });
        Assert.AreEqual(3000, chip.Pins.PulsesOf(Fan)!.Value.Duty);
    }

    [TestMethod]
    [DataRow(16)]
    [DataRow(8)]
    [DataRow(6)]
    public void Channels_run_out_in_words(int channels) => Run(channels, pins =>
    {
        for (int i = 0; i < channels; i++)
        {
            Assert.IsNotNull(Open(pins, s_pins[i], 1000, 0), $"channel {i}");
        }

        Assert.IsNull(pins.Open(s_pins[channels], 1000, 0, out string refusal));
        Assert.AreEqual($"all {channels} PWM channels are in use", refusal);
    });

    [TestMethod]
    public void Frequencies_run_out_before_the_channels_and_disturb_nobody()
    {
        SimulatedChip chip = Run(8, pins =>
        {
            for (int i = 0; i < 4; i++)
            {
                Assert.IsNotNull(Open(pins, s_pins[i], 1000 * (i + 1), 50));
            }

            Assert.IsNull(pins.Open(s_pins[4], 5000, 0, out string refusal));
            Assert.AreEqual("each PWM timer has another frequency: use one of theirs", refusal);
            Assert.IsNotNull(Open(pins, s_pins[5], 3000, 50));
        });
        for (int i = 0; i < 4; i++)
        {
            Assert.AreEqual(1000 * (i + 1), chip.Pins.PulsesOf(s_pins[i])!.Value.Frequency);
        }

        Assert.AreEqual(chip.Pins.PulsesOf(s_pins[2])!.Value.Timer, chip.Pins.PulsesOf(s_pins[5])!.Value.Timer);
    }

    [TestMethod]
    public void Nothing_is_driven_after_the_power_went()
    {
        ILevelPin? pin = null;
        SimulatedChip chip = Run(16, pins => pin = Open(pins, Fan, 1000, 50));
        chip.CutPower();
        Assert.IsNull(chip.Pins.LevelOf(Fan));
        chip.PowerOn(WakeCause.PowerOn);
        Assert.IsFalse(pin!.Write(60), "what an earlier boot left behind must do nothing more");
        Assert.IsNull(chip.Pins.PulsesOf(Fan));
    }

    private static ILevelPin? Open(LevelPins pins, int pin, int frequency, int percent)
    {
        ILevelPin? level = pins.Open(pin, frequency, percent, out string? refusal);
        Assert.AreEqual(level is null, refusal is not null);
        return level;
    }

    private static SimulatedChip Run(int channels, Action<LevelPins> use)
    {
        var chip = new SimulatedChip(1, new VirtualTime());
        using (chip.Enter())
        {
            use(new LevelPins(new OutputPins(new Board()), channels));
        }

        return chip;
    }

    private static double?[] Percents(SimulatedChip chip) => [.. chip.Pins.History.Where(change => change.Pin == Fan).Select(change => change.Percent)];
}
