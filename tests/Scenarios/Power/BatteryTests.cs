using Boards.Esp32;
using Boards.NativeSim;
using Boards.NativeSim.World;
using Firmware.Platform;

namespace Scenarios.Power;

/// <summary>What the world measures at the supply, and what the port reads of the battery.</summary>
[TestClass]
public sealed class BatteryTests
{
    private const int Hour = 3_600_000;
    private const int Channel = 6;

    private readonly VirtualTime _time = new();
    private readonly SimulatedChip _chip;

    public BatteryTests()
    {
        _chip = new SimulatedChip(1, _time);
        _chip.Meter.Currents = new BoardCurrents { DeepSleep = 100, Boot = 40_000, Cpu = 50_000, Joining = 120_000, Joined = 100_000, Transmitting = 200_000 };
    }

    [TestMethod]
    public void Charge_is_current_times_time_in_each_state()
    {
        _time.AdvanceBy(Hour);
        Assert.AreEqual(50, _chip.Meter.ChargeMah, 1e-6);
        _chip.Radio.InstantJoin = true;
        _chip.Radio.Join("any", null);
        _time.AdvanceBy(Hour);
        Assert.AreEqual(150, _chip.Meter.ChargeMah, 1e-6);
        _chip.Radio.Leave();
        _time.AdvanceBy(Hour);
        Assert.AreEqual(200, _chip.Meter.ChargeMah, 1e-6);
        DeepSleep(10 * Hour);
        _time.AdvanceTo(_chip.WakeAtMs);
        Assert.AreEqual(201, _chip.Meter.ChargeMah, 1e-6);
        _chip.CutPower();
        _time.AdvanceBy(Hour);

        Assert.AreEqual(201, _chip.Meter.ChargeMah, 1e-6);
        Assert.AreEqual(3 * Hour, _chip.Meter.AwakeMs);
    }

    [TestMethod]
    public void Chip_is_awake_from_the_end_of_its_sleep_and_not_from_the_first_line_of_its_program()
    {
        DeepSleep(Hour);
        _time.AdvanceTo(_chip.WakeAtMs + 300);
        _chip.PowerOn(WakeCause.Timer);

        Assert.AreEqual(300, _chip.Meter.TimeIn(ChipActivity.Boot));
        Assert.AreEqual(Hour, _chip.Meter.TimeIn(ChipActivity.DeepSleep));
        Assert.AreEqual(1, _chip.Meter.Wakes);
        Assert.AreEqual(0, _chip.Meter.RadioWakes);
    }

    [TestMethod]
    public void Wake_counts_as_one_with_radio_however_often_that_is_turned_on()
    {
        DeepSleep(Hour);
        _time.AdvanceTo(_chip.WakeAtMs);
        _chip.PowerOn(WakeCause.Timer);
        _chip.Radio.InstantJoin = true;
        _chip.Radio.Join("any", null);
        _chip.Radio.Leave();
        _chip.Radio.Join("any", null);

        Assert.AreEqual(1, _chip.Meter.RadioWakes);
    }

    [TestMethod]
    public void Sending_costs_more_than_listening()
    {
        _chip.Meter.Sent(500);
        double small = _chip.Meter.ChargeMah;
        _chip.Meter.Sent(5000);

        Assert.IsGreaterThan(0, small);
        Assert.IsGreaterThan(3 * small, _chip.Meter.ChargeMah);
    }

    [TestMethod]
    [DataRow(100, 4200)]
    [DataRow(90, 4000)]
    [DataRow(50, 3700)]
    [DataRow(40, 3650)]
    [DataRow(5, 3300)]
    public void Voltage_follows_the_charge(int percent, int millivolts) =>
        Assert.AreEqual(millivolts, new Battery(_chip.Meter, 1000, percent).Millivolts);

    [TestMethod]
    public void Battery_empties_by_what_the_board_draws()
    {
        var battery = new Battery(_chip.Meter, 100);
        _time.AdvanceBy(Hour);
        Assert.AreEqual(50, battery.LeftMah, 1e-6);
        Assert.AreEqual(3700, battery.Millivolts);
        _time.AdvanceBy(Hour);

        Assert.IsTrue(battery.IsEmpty);
        Assert.AreEqual(3000, battery.Millivolts);
    }

    [TestMethod]
    [DataRow(1500)]
    [DataRow(1850)]
    [DataRow(2100)]
    public void Port_reads_the_voltage_at_the_ADC(int millivolts)
    {
        _chip.Adc.Attach(Channel, () => millivolts);

        Assert.AreEqual(millivolts, Read(Channel), 4);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(100)]
    [DataRow(4200)]
    public void Voltage_at_the_ends_of_the_ADC_gives_no_reading(int millivolts)
    {
        _chip.Adc.Attach(Channel, () => millivolts);

        Assert.AreEqual(0, Read(Channel));
    }

    [TestMethod]
    [DataRow(Channel)]
    [DataRow(99)]
    public void ADC_without_a_battery_gives_no_reading(int channel) => Assert.AreEqual(0, Read(channel));

    [TestMethod]
    public void Board_without_a_battery_gives_no_reading()
    {
        _chip.Adc.Attach(Channel, () => 2000);

        Assert.AreEqual(0, Read(Channel, PinTable.None));
    }

    [TestMethod]
    public void Second_ADC_cannot_be_read_beside_the_radio()
    {
        _chip.Adc.Attach(13, () => 2000);
        Assert.AreEqual(2000, Read(13), 4);
        _chip.Radio.InstantJoin = true;
        _chip.Radio.Join("any", null);

        Assert.AreEqual(0, Read(13));
    }

    private int Read(int channel, int pin = 0)
    {
        using (_chip.Enter())
        {
            return new ChipPower(new AnalogTable(channel), pin).BatteryMillivolts;
        }
    }

    private void DeepSleep(long ms)
    {
        using (_chip.Enter())
        {
            Assert.ThrowsExactly<ChipDeepSleepException>(() => new ChipPower(SimulatedBoard.PinTable, PinTable.None).Sleep(ms, -1, false, false));
        }
    }

    /// <summary>An ESP32 of which each pin is at one channel.</summary>
    private sealed class AnalogTable(int channel) : PinTable
    {
        public override string Chip => SimulatedBoard.PinTable.Chip;

        public override int AnalogOffset => SimulatedBoard.PinTable.AnalogOffset;

        public override int AnalogRange => SimulatedBoard.PinTable.AnalogRange;

        public override long Mask(int use) => SimulatedBoard.PinTable.Mask(use);

        public override string TakenBy(int pin) => null!;

        public override int AnalogChannel(int pin) => channel;
    }
}
