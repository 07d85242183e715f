using Boards.Esp32;
using Boards.NativeSim.World;
using Boards.NativeSim;
using Firmware.Platform;

namespace Scenarios.Power;

/// <summary>Deep sleep of a simulated chip through the port: what wakes it, when, and what its clock makes of it.</summary>
[TestClass]
public sealed class ChipSleepTests
{
    private const int Minute = 60_000;
    private static readonly DateTime s_noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly VirtualTime _time = new();
    private readonly SimulatedChip _chip;

    public ChipSleepTests() => _chip = new SimulatedChip(1, _time);

    [TestMethod]
    [DataRow(0, 300_000)]
    [DataRow(20_000, 306_000)]
    [DataRow(-20_000, 294_000)]
    public void Sleep_lasts_as_long_as_its_own_clock_counts(int ppm, int expectedMs)
    {
        _chip.SleepTimer.DriftPpm = ppm;
        Sleep(5 * Minute);

        Assert.AreEqual(expectedMs, _chip.WakeAtMs);
    }

    [TestMethod]
    public void Wall_clock_believes_the_sleep_clock()
    {
        _chip.Clock.Set(s_noon);
        _chip.SleepTimer.DriftPpm = 20_000;
        Sleep(5 * Minute);
        Wake();

        Assert.AreEqual(306_000, _time.NowMs);
        Assert.AreEqual(0, (_chip.UtcNow - s_noon.AddMinutes(5)).TotalMilliseconds, 1);
        Assert.IsTrue(_chip.ClockSynchronized);
    }

    [TestMethod]
    public void Wall_clock_runs_on_from_the_wake_at_its_own_pace()
    {
        _chip.Clock.Set(s_noon);
        _chip.SleepTimer.DriftPpm = 20_000;
        Sleep(5 * Minute);
        _time.AdvanceTo(_chip.WakeAtMs + 300);
        _chip.PowerOn(WakeCause.Timer);

        Assert.AreEqual(0, (_chip.UtcNow - s_noon.AddMinutes(5).AddMilliseconds(300)).TotalMilliseconds, 1);
    }

    [TestMethod]
    public void Power_that_goes_during_a_sleep_takes_the_wall_clock_and_the_wake()
    {
        _chip.Clock.Set(s_noon);
        Sleep(5 * Minute);
        _chip.CutPower();
        Assert.AreEqual(ChipStop.PowerCut, _chip.Stop);
        _chip.PowerOn(WakeCause.PowerOn);

        Assert.IsFalse(_chip.ClockSynchronized);
        Assert.AreEqual("power-on", Cause());
    }

    [TestMethod]
    public void Loop_that_goes_on_after_its_power_cut_waits_for_nothing()
    {
        using (_chip.Enter())
        {
            var sensor = new System.Device.I2c.I2cDevice(new System.Device.I2c.I2cConnectionSettings(1, 0x76));
            _chip.EnterStep();
            _chip.CutPower();

            Assert.ThrowsExactly<PowerCutException>(() => sensor.WriteByte(0));
            Assert.ThrowsExactly<PowerCutException>(() => _chip.Sleep(21));
            _chip.LeaveStep();
        }
    }

    [TestMethod]
    public void Wake_cause_is_kept_until_the_next_reset()
    {
        Assert.AreEqual("power-on", Cause());
        Sleep(Minute);
        Wake();
        Assert.AreEqual("timer", Cause());
        using (_chip.Enter())
        {
            Assert.ThrowsExactly<ChipRestartException>(() => new ChipPower(SimulatedBoard.PinTable, PinTable.None).Restart());
        }

        _chip.PowerOn(WakeCause.Restart);
        Assert.AreEqual("power-on", Cause());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Pin_at_its_level_ends_the_sleep(bool isHigh)
    {
        _chip.Clock.Set(s_noon);
        _chip.Pins.Wire(33, !isHigh);
        Sleep(5 * Minute, 33, isHigh);
        _time.AdvanceTo(Minute);
        _chip.Pins.Wire(33, isHigh);
        Assert.AreEqual(Minute, _chip.WakeAtMs);
        Wake();

        Assert.AreEqual("pin", Cause());
        Assert.AreEqual(0, (_chip.UtcNow - s_noon.AddMinutes(1)).TotalMilliseconds, 1);
    }

    [TestMethod]
    [DataRow(33, false)]
    [DataRow(32, true)]
    public void Other_levels_and_pins_do_not_end_the_sleep(int pin, bool isHigh)
    {
        Sleep(5 * Minute, 33, true);
        _time.AdvanceTo(Minute);
        _chip.Pins.Wire(pin, isHigh);

        Assert.AreEqual(5 * Minute, _chip.WakeAtMs);
    }

    [TestMethod]
    public void Pin_that_stays_at_its_level_does_not_wake_the_chip_over_and_over()
    {
        _chip.Pins.Wire(33, true);
        Sleep(5 * Minute, 33, true);

        Assert.AreEqual(5 * Minute, _chip.WakeAtMs);
        Assert.AreEqual(WakeCause.Timer, _chip.SleepTimer.Cause);
    }

    // ESP-IDF, sleep modes: ext0 takes RTC GPIOs only.
    [TestMethod]
    [DataRow(0, true)]
    [DataRow(15, true)]
    [DataRow(25, true)]
    [DataRow(39, true)]
    [DataRow(1, false)]
    [DataRow(5, false)]
    [DataRow(16, false)]
    [DataRow(21, false)]
    [DataRow(22, false)]
    [DataRow(31, false)]
    [DataRow(40, false)]
    [DataRow(-1, false)]
    public void Only_pins_of_the_RTC_wake(int pin, bool wakes)
    {
        Sleep(5 * Minute, pin, true);
        _time.AdvanceTo(Minute);
        if (pin is >= 0 and < SimulatedPins.Count)
        {
            _chip.Pins.Wire(pin, true);
        }

        Assert.AreEqual(wakes ? Minute : 5 * Minute, _chip.WakeAtMs);
    }

    [TestMethod]
    public void Pin_of_an_earlier_sleep_is_forgotten()
    {
        Sleep(Minute, 33, true);
        Wake();
        Sleep(5 * Minute);
        _chip.Pins.Wire(33, true);

        Assert.AreEqual(6 * Minute, _chip.WakeAtMs);
    }

    private void Sleep(long ms, int pin = -1, bool isHigh = false)
    {
        using (_chip.Enter())
        {
            Assert.ThrowsExactly<ChipDeepSleepException>(() => new ChipPower(SimulatedBoard.PinTable, PinTable.None).Sleep(ms, pin, isHigh, false));
        }
    }

    private void Wake()
    {
        _time.AdvanceTo(_chip.WakeAtMs);
        _chip.PowerOn(_chip.SleepTimer.Cause);
    }

    private string Cause()
    {
        using (_chip.Enter())
        {
            return WakeCauses.Read();
        }
    }
}
