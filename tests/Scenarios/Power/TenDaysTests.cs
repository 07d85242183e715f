using System.Diagnostics;
using System.Globalization;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Power;

/// <summary>
/// Ten days at five minutes, with a sleep clock that is 2 % off: one run of four devices serves all these tests. The
/// first sends each reading, the second each twelfth wake, the third what has changed; the fourth has no Wi-Fi for a week.
/// </summary>
[TestClass]
public sealed class TenDaysTests
{
    private const long DayMs = 86_400_000;
    private const int WakesPerDay = 288;
    private const string Deadbands = ""","channels":{"temperature":{"deadband":0.2,"heartbeat":3600},"humidity":{"deadband":2,"heartbeat":3600},"pressure":{"deadband":100,"heartbeat":3600},"battery-voltage":{"deadband":0.05,"heartbeat":3600},"energy":{"deadband":1000,"heartbeat":3600}}""";

    // A week is 2016 readings; by default there is room for two days.
    private const string LargeOutbox = ""","outbox":{"size":131072}""";

    private static readonly Lazy<Task<Account[]>> Days = new(RunAsync);

    public enum Kind
    {
        EachWake,
        EachTwelfth,
        Deadband,
        WithoutWifi,
    }

    [TestMethod]
    [DataRow(Kind.EachWake)]
    [DataRow(Kind.EachTwelfth)]
    [DataRow(Kind.Deadband)]
    [DataRow(Kind.WithoutWifi)]
    public async Task No_reading_is_lost_in_ten_days(Kind kind)
    {
        Account account = (await Days.Value)[(int)kind];
        Assert.IsNull(account.Missing);
    }

    [TestMethod]
    [DataRow(Kind.EachWake)]
    [DataRow(Kind.EachTwelfth)]
    [DataRow(Kind.Deadband)]
    public async Task Wakes_keep_to_their_time_with_2_percent_of_drift(Kind kind)
    {
        Account account = (await Days.Value)[(int)kind];
        Assert.IsLessThan(1000, account.MeanError);
    }

    [TestMethod]
    public async Task No_wake_is_left_out()
    {
        Account account = (await Days.Value)[0];
        Assert.AreEqual(account.Days * WakesPerDay, account.Wakes, 1);
    }

    [TestMethod]
    public async Task Sending_each_twelfth_wake_costs_less_than_a_third() =>
        Assert.IsLessThan((await Days.Value)[0].ChargePerDay / 3, (await Days.Value)[(int)Kind.EachTwelfth].ChargePerDay);

    [TestMethod]
    public async Task Sending_what_has_changed_costs_less_than_half() =>
        Assert.IsLessThan((await Days.Value)[0].ChargePerDay / 2, (await Days.Value)[(int)Kind.Deadband].ChargePerDay);

    [TestMethod]
    public async Task A_week_without_Wifi_costs_at_most_1_3_times_as_much()
    {
        Account account = (await Days.Value)[(int)Kind.WithoutWifi];
        Assert.IsLessThan(1.3 * (await Days.Value)[0].ChargePerDay, account.ChargePerDayInOutage);
    }

    private static async Task<Account[]> RunAsync()
    {
        long start = Stopwatch.GetTimestamp();
        await using Bench bench = await Bench.StartAsync();
        var options = new DeviceOptions { Seed = 5, SleepDriftPpm = 20_000, BatteryMah = 2000 };
        Sleeper[] sleepers =
        [
            Sleeper.Boot(bench, 1, options: options),
            Sleeper.Boot(bench, 2, ""","publishEvery":12""", options: options),
            Sleeper.Boot(bench, 3, more: Deadbands, options: options),
            Sleeper.Boot(bench, 4, more: LargeOutbox, options: options),
        ];
        double before = 0;
        double after = 0;
        SimulatedDevice lonely = sleepers[3].Device;
        bench.Scheduler.At(2 * DayMs, () => (lonely.Chip.Radio.InRange, before) = (false, lonely.Energy.ChargeMah));
        bench.Scheduler.At(9 * DayMs, () => (lonely.Chip.Radio.InRange, after) = (true, lonely.Energy.ChargeMah));
        bench.RunFor((10 * 86_400) + 100);

        // Each twelfth wake sends: its last readings may wait.
        bench.Scheduler.RunUntil(() => sleepers[1].Device.Figures.Outbox == 0 && Array.TrueForAll(sleepers, s => s.IsAsleep), 2 * 3_600_000);
        Account[] accounts = Array.ConvertAll(sleepers, sleeper => Account.Of(sleeper, bench.Time.NowMs));
        accounts[3].ChargePerDayInOutage = (after - before) / 7;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ten days of four devices took {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s; a day without Wi-Fi {accounts[3].ChargePerDayInOutage:0.00} mAh"));
        return accounts;
    }

    /// <summary>What the ten days of a device came to.</summary>
    private sealed record Account(double Days, long Wakes, double ChargePerDay, double MeanError, string? Missing)
    {
        public double ChargePerDayInOutage { get; set; }

        public static Account Of(Sleeper sleeper, long nowMs)
        {
            EnergyFigures energy = sleeper.Device.Energy;
            double days = (double)nowMs / DayMs;
            long[] signed = [.. sleeper.WakeErrors(DayMs)];
            long[] errors = [.. signed.Select(Math.Abs)];
            double flash = sleeper.Device.Chip.Flash.BytesWritten / days;
            double writes = (double)sleeper.Device.Chip.Flash.Writes / sleeper.Wakes.Count;
            string? missing = null;
            try
            {
                sleeper.AssertNothingIsMissing();
            }
            catch (AssertFailedException e)
            {
                missing = e.Message;
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{sleeper.Device.Id}: {energy.ChargeMah / days:0.00} mAh a day, {energy.Wakes} wakes, {energy.RadioWakes} with radio, awake {energy.AwakeMs / 1000.0 / energy.Wakes:0.00} s each ({sleeper.Wakes.Average(w => w.AwakeMs) / 1000:0.00}, at most {sleeper.Wakes.Max(w => w.AwakeMs) / 1000.0:0.0}); error {errors.Average():0} ms, at most {errors.Max()} ms ({signed.Min()} to {signed.Max()}); flash {flash:0} bytes a day, {writes:0.0} writes a cycle; readings {sleeper.Device.Figures.Readings}, packs {sleeper.Packs().Count}; {missing ?? "nothing is missing"}"));
            return new Account(days, energy.Wakes, energy.ChargeMah / days, errors.Average(), missing);
        }
    }
}
