using System.Text.Json;
using Boards.NativeSim;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using M2m.Client.Arguments;
using Scenarios.Harness;

namespace Scenarios.Power;

/// <summary>Sleep and battery on the command line, in the settings of the devices, and in the summary.</summary>
[TestClass]
public sealed class PowerOptionsTests
{
    [TestMethod]
    [DataRow("--mode", "sleepy")]
    [DataRow("--battery", "0")]
    [DataRow("--battery", "lots")]
    [DataRow("--sleep-drift", "100001")]
    public void Wrong_options_are_refused(string option, string value) =>
        Assert.ThrowsExactly<UsageException>(() => new CommandLine(_ => 0).Invoke([option, value]));

    [TestMethod]
    public void Options_are_read()
    {
        RunOptions options = Read("--mode", "deep-sleep", "--sleep-drift", "-300", "--battery", "1200");

        Assert.AreEqual("deep-sleep", options.Mode);
        Assert.AreEqual(-300, options.SleepDrift);
        Assert.AreEqual(1200, options.Battery);
    }

    [TestMethod]
    public void Device_that_sleeps_has_a_battery_and_others_have_none()
    {
        Assert.AreEqual(2000, Read("--mode", "deep-sleep").Battery);
        Assert.IsNull(Read("--mode", "always-on").Battery);
        Assert.IsNull(Read().Battery);
    }

    [TestMethod]
    public void Mode_and_battery_go_into_the_settings_and_leave_the_rest_of_power_alone()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """{"power":{"mode":"always-on","listen":500},"interval":60}""");
            using JsonDocument settings = JsonDocument.Parse(SettingsFile.Load(path).Overlay(null, null, null, null, "deep-sleep", 800));

            JsonElement power = settings.RootElement.GetProperty("power");
            Assert.AreEqual("""{"listen":500,"mode":"deep-sleep","capacity":800}""", power.GetRawText());
            Assert.AreEqual(60, settings.RootElement.GetProperty("interval").GetInt32());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Without_the_options_the_settings_have_no_power() =>
        Assert.AreEqual("{}", SettingsFile.Empty.Overlay(null, null, null, null, null, null));

    [TestMethod]
    public void Mqtt_version_is_a_setting_of_the_devices() =>
        Assert.AreEqual("""{"mqtt":{"version":"5"}}""", SettingsFile.Empty.Overlay(null, "5", null, null, null, null));

    [TestMethod]
    public void Summary_adds_up_the_devices_and_names_the_battery_that_is_empty_first()
    {
        EnergySummary sum = EnergySummary.Sum([new EnergyFigures(10, 4, 20_050, 1.25, 300.04), new EnergyFigures(5, 5, 1_000, 0.5, 12.06)]);

        CollectionAssert.AreEqual(
            new (string, decimal?)[] { ("wakes", 15), ("radioWakes", 9), ("awakeSeconds", 21.0m), ("charge", 1.75m), ("daysLeft", 12.1m) },
            sum.Figures.ToArray());
    }

    [TestMethod]
    public void Without_batteries_the_days_left_are_unknown() =>
        Assert.IsNull(EnergySummary.Sum([new EnergyFigures(10, 4, 20_000, 1.25, null)]).DaysLeft);

    [TestMethod]
    public async Task Run_without_sleep_has_no_sleep_figures()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(30, "--mode", "always-on");

        Assert.AreEqual(0, outcome.ExitCode);
        Assert.IsFalse(outcome.Summary.TryGetProperty("wakes", out _));
    }

    private static RunOptions Read(params string[] arguments)
    {
        RunOptions? read = null;
        new CommandLine(options =>
        {
            read = options;
            return 0;
        }).Invoke(arguments);
        return read!;
    }
}
