using System.Text.Json;
using Boards.NativeSim;
using Boards.NativeSim.Playback;
using M2m.Client.Arguments;
using Scenarios.Harness;

namespace Scenarios.Playback;

[TestClass]
public sealed class ScenarioFileTests
{
    public static IEnumerable<object[]> Names => ScenarioFile.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Each_scenario_runs_and_its_settings_have_no_fault(string name)
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(100, "--scenario", name);

        Assert.AreEqual(0, outcome.ExitCode, string.Join('\n', outcome.Errors));
        Assert.AreEqual(0, outcome.Figure("lost"));
        Assert.IsTrue(outcome.Of("world").Any());
        string[] events = [.. outcome.Of("event").Select(e => e.GetProperty("payload").GetProperty("type").GetString()!)];
        CollectionAssert.DoesNotContain(events, "settings-fault");
        CollectionAssert.DoesNotContain(events, "rule-loop");
    }

    [TestMethod]
    public async Task Broker_is_killed_and_comes_back_in_the_program()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(380, "--scenario", "thermostat");

        Assert.AreEqual("broker begins,broker ends", string.Join(',', outcome.Of("fault").Select(e => e.GetProperty("text").GetString())));
        string[] states = [.. outcome.Of("event").Select(e => e.GetProperty("payload")).Where(e => e.GetProperty("type").GetString() == "rule").Select(e => e.GetProperty("state").GetString()!)];
        Assert.EndsWith("active,stale,active,inactive", string.Join(',', states));
    }

    [TestMethod]
    public async Task Contacts_and_outputs_with_names_are_shown()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(160, "--scenario", "alarm");

        string[] shown = [.. outcome.Of("world").Select(e => e.GetProperty("text").GetString()!)];
        Assert.AreEqual(
            "front goes to 0;back goes to 0;motion goes to 0;armed goes to 0;panic goes to 0;front goes to 1 for 5000 ms;armed goes to 1;front goes to 1 for 3000 ms;back goes to 1 for 5000 ms;siren goes to 1;siren goes to 0",
            string.Join(';', shown));
        Assert.IsFalse(outcome.Of("request").Any(e => e.GetRawText().Contains("online", StringComparison.Ordinal)), "the presence of another device is no request");
    }

    [TestMethod]
    public async Task Unknown_name_ends_with_the_names_that_there_are()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync("--scenario", "nothing");

        Assert.AreEqual(2, outcome.ExitCode);
        Assert.Contains($"there are {string.Join(", ", ScenarioFile.Names)}", outcome.Errors.Single());
    }

    [TestMethod]
    [DataRow("--devices", "2")]
    [DataRow("--interval", "60")]
    [DataRow("--sensors", "none")]
    [DataRow("--mode", "always-on")]
    [DataRow("--battery", "100")]
    [DataRow("--settings", "settings.json")]
    public void Option_for_what_a_scenario_says_is_refused(string option, string value)
    {
        UsageException refusal = Assert.ThrowsExactly<UsageException>(() => new CommandLine(_ => 0).Invoke(["--scenario", "thermostat", option, value]));
        Assert.Contains(option, refusal.Message);
    }

    [TestMethod]
    public void Time_of_the_command_line_comes_before_that_of_the_scenario()
    {
        Assert.IsTrue(Read("--scenario", "cold-chain").IsFast);
        Assert.IsFalse(Read("--scenario", "cold-chain", "--speed", "1").IsFast);
        Assert.AreEqual(TimeSpan.FromSeconds(605_100), Read("--scenario", "cold-chain").Duration);
        Assert.AreEqual(TimeSpan.FromSeconds(60), Read("--scenario", "cold-chain", "--duration", "60").Duration);
        Assert.IsFalse(Read("--scenario", "thermostat").IsFast);
        Assert.IsNull(Read("--scenario", "thermostat").Duration);
        Assert.HasCount(2, Read("--scenario", "thermostat", "--fault", "wifi#2").Faults);
    }

    [TestMethod]
    [DataRow("[]", "the file must be an object")]
    [DataRow("""{"devices":[]}""", "devices must have 1 to 16 entries")]
    [DataRow("""{"devices":{}}""", "devices must be an array")]
    [DataRow("""{"devices":[{}],"wrld":[]}""", "wrld is unknown; there are about, speed, duration, devices, world, faults")]
    [DataRow("""{"devices":[{"sensors":"bme999"}]}""", "devices[0].sensors must be a list of bme280")]
    [DataRow("""{"devices":[{"settings":{"broker":{}}}]}""", "devices[0].settings.broker is the same for all devices: see --broker")]
    [DataRow("""{"devices":[{"settings":[]}]}""", "devices[0].settings must be an object")]
    [DataRow("""{"devices":[{"battery":0}]}""", "devices[0].battery must be a whole number from 1 to 100000")]
    [DataRow("""{"devices":[{}],"speed":2}""", "speed must be \"1\" or \"max\"")]
    [DataRow("""{"devices":[{}],"speed":"2"}""", "speed must be \"1\" or \"max\"")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":2,"set":"temperature","to":1}]}""", "world[0].device must be a whole number from 1 to 1")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"set":"heat","to":1}]}""", "world[0].set must be one of temperature")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"set":"temperature","to":99}]}""", "world[0].to must be a number from -40 to 85")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"set":"temperature","to":9,"rate":0}]}""", "world[0].rate must be a number from")]
    [DataRow("""{"devices":[{}],"world":[{"device":1,"set":"temperature","to":9}]}""", "world[0] must have either at or pin")]
    [DataRow("""{"devices":[{}],"world":[{"of":1,"pin":99,"level":1,"device":1,"set":"temperature","to":9}]}""", "world[0].pin must be a whole number from 0 to 39")]
    [DataRow("""{"devices":[{"pins":{"door":40}}]}""", "devices[0].pins.door must be a whole number from 0 to 39")]
    [DataRow("""{"devices":[{"pins":[4]}]}""", "devices[0].pins must be an object")]
    [DataRow("""{"devices":[{"pins":{"":4}}]}""", "devices[0].pins must be an object whose members are names")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"contact":"door","to":1}]}""", "world[0].contact: the device has no such name in pins")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"contact":40,"to":1}]}""", "world[0].contact must be a whole number from 0 to 39")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"contact":4}]}""", "world[0].to must be a whole number from 0 to 1")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"contact":4,"to":1,"for":0}]}""", "world[0].for must be a number from 0.001")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"contact":4,"pulses":0}]}""", "world[0].pulses must be a whole number from 1 to")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"contact":4,"pulses":2,"to":1}]}""", "world[0].to does not go with contact and pulses")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"contact":4,"to":1,"set":"temperature"}]}""", "world[0].set does not go with contact")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"set":"temperature","to":1,"for":2}]}""", "world[0].for does not go with set")]
    [DataRow("""{"devices":[{}],"world":[{"of":1,"pin":"lamp","level":1,"device":1,"set":"temperature","to":9}]}""", "world[0].pin: the device has no such name in pins")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"meter":14,"to":9001}]}""", "world[0].to must be a number from 0 to 9000")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"meter":"gas","to":1}]}""", "world[0].meter: the device has no such name in pins")]
    [DataRow("""{"devices":[{}],"world":[{"at":1,"device":1,"meter":14,"to":1,"for":1}]}""", "world[0].for does not go with meter")]
    [DataRow("""{"devices":[{}],"faults":[{"fault":"wifi","device":2}]}""", "a fault is for device 2, but there are only 1")]
    [DataRow("""{"devices":[{}],"faults":[{"fault":"fire"}]}""", "fault 1: there is no fault 'fire'")]
    public void What_is_wrong_in_a_file_is_reported_with_its_place(string json, string expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Contains(expected, Assert.ThrowsExactly<UsageException>(() => ScenarioReader.Read(document.RootElement)).Message);
    }

    [TestMethod]
    [DataRow("{", "is not JSON: see line 1")]
    [DataRow("", "is not JSON")]
    public void File_that_is_not_JSON_is_refused(string text, string expected)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Contains(expected, Assert.ThrowsExactly<UsageException>(() => ScenarioFile.Load(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
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
