using System.Diagnostics;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class CompletionTests
{
    private const string Shell = "/bin/bash";

    [TestMethod]
    [DataRow("dev", "devices")]
    [DataRow("devices --js", "--json")]
    [DataRow("request ", "--group --query boiler cellar")]
    [DataRow("request boi", "boiler")]
    [DataRow("request boiler ", "--group --query actuators.list actuators.set inputs.list methods ping read rules.list settings.schema")]
    [DataRow("request boiler read ", "--group --query maxAge=")]
    [DataRow("settings boiler ", "get reset schema set")]
    [DataRow("settings boiler set ", "--file --revision interval=")]
    [DataRow("settings boiler get in", "interval")]
    [DataRow("settings boiler set channels.", "channels.temperature.high= channels.door.high=")]
    [DataRow("settings boiler get inputs.d", "inputs.door.pin")]
    [DataRow("settings boiler set actuators.", "actuators.siren.pin=")]
    [DataRow("request boiler actuators.set name=", "name=siren")]
    [DataRow("history boiler ", "--csv --from --to door temperature")]
    [DataRow("rules boiler test ", "--time heat")]
    [DataRow("rules boiler test heat te", "temperature=")]
    [DataRow("watch boiler cel", "cellar")]
    [DataRow("update ", "inspect keygen pack push serve sign status withdraw")]
    [DataRow("update push boi", "boiler")]
    [DataRow("update status --gr", "--group")]
    [DataRow("enroll ", "approve list serve")]
    [DataRow("enroll approve boi", "boiler")]
    [DataRow("enroll serve rules.json --", "--at-once --by-hand --log --retry")]
    public async Task Line_is_completed(string line, string words)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        await using FakeDevice other = await FakeDevice.StartAsync(broker, "cellar");
        await using FakeDevice hostile = await FakeDevice.StartAsync(broker, "$(reboot)");
        Ran ran = await Tool.RunAsync(broker, $"[suggest:{line.Length}]", line);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        string[] global = ["--broker", "--ca", "--cert", "--key", "--help", "--mqtt", "--prefix", "--timeout", "-h"];
        string[] suggested = [.. ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(line.EndsWith("--js", StringComparison.Ordinal) ? global : [.. global, "--json"])];
        CollectionAssert.AreEquivalent(words.Split(' '), suggested, string.Join(" ", suggested));
    }

    [TestMethod]
    public async Task Bash_completes_with_the_printed_script()
    {
        if (!File.Exists(Shell))
        {
            Assert.Inconclusive("bash is not installed");
        }

        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Assert.AreEqual("boiler", await CompleteAsync(broker, "m2m request boi", "m2m", "request", "boi"));
        Assert.AreEqual("maxAge=", await CompleteAsync(broker, "m2m request boiler read ma", "m2m", "request", "boiler", "read", "ma"));
        Assert.AreEqual("devices discover", await CompleteAsync(broker, $"m2m --broker {broker.Url} d", "m2m", "--broker", "mqtt", ":", "//127.0.0.1", ":", "1883", "d"));
    }

    [TestMethod]
    public async Task Fish_completes_with_the_printed_script()
    {
        Require("/usr/bin/fish", "fish");
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        async Task<string> CompleteAsync(string line) =>
            await RunAsync(broker, "/usr/bin/fish", null, "--no-config", "-c", "m2m completion fish | source; complete -C $argv[1]", line);
        Assert.AreEqual("boiler", await CompleteAsync("m2m request boi"));
        Assert.AreEqual("maxAge=", await CompleteAsync("m2m request boiler read ma"));
        Assert.AreEqual("devices\ndiscover", await CompleteAsync($"m2m --broker {broker.Url} d"));
        StringAssert.Contains(await CompleteAsync("m2m update inspect /usr/bin/fis"), "/usr/bin/fish");
    }

    [TestMethod]
    public async Task Zsh_completes_with_the_printed_script()
    {
        Require("/usr/bin/zsh", "zsh");
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        string folder = Program();
        await File.WriteAllTextAsync(Path.Combine(folder, ".zshrc"), """
            TERM=dumb
            PS1='ready> '
            autoload -Uz compinit && compinit -u -D
            eval "$(m2m completion zsh)"
            """);
        await using TerminalSession session = TerminalSession.StartCommand(broker, $"ZDOTDIR='{folder}' PATH='{folder}':$PATH /usr/bin/zsh --no-globalrcs -i");
        await session.WaitForAsync("ready>");
        await session.TypeAsync("m2m request boi\t");
        await session.WaitForAsync("m2m request boiler");
        await session.TypeAsync("read ma\t");
        await session.WaitForAsync("m2m request boiler read maxAge=");
        await session.PressCtrlCAsync();
        await session.WaitForAsync("\nready>");
        await session.TypeAsync($"m2m --broker {broker.Url} dis\t");
        await session.WaitForAsync($"m2m --broker {broker.Url} discover");
        Directory.Delete(folder, true);
    }

    [TestMethod]
    public async Task PowerShell_completes_with_the_printed_script()
    {
        string root = Root();
        bool isRestored = await RunAsync(null, "dotnet", root, "pwsh", "-NoProfile", "-Command", "'there'") == "there";
        Brokers.Require(isRestored ? "pwsh" : null, "PowerShell (dotnet tool restore)");
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        async Task<string> CompleteAsync(string line) => await RunAsync(
            broker,
            "dotnet",
            root,
            "pwsh",
            "-NoProfile",
            "-Command",
            $"m2m completion pwsh | Out-String | Invoke-Expression; (TabExpansion2 '{line}' {line.Length}).CompletionMatches.CompletionText -join ' '");
        Assert.AreEqual("boiler", await CompleteAsync("m2m request boi"));
        Assert.AreEqual("maxAge=", await CompleteAsync("m2m request boiler read ma"));
        Assert.AreEqual("devices discover", await CompleteAsync($"m2m --broker {broker.Url} d"));
    }

    [TestMethod]
    public async Task Completion_without_a_broker_gives_what_it_knows()
    {
        Ran ran = await Tool.RunAsync(null, "[suggest:47]", "--broker mqtt://127.0.0.1:1 settings x set --re");
        Assert.AreEqual("--revision\n", ran.Out);
    }

    private static async Task<string> CompleteAsync(ITestBroker broker, string line, params string[] words)
    {
        const string Program = """
            m2m() { dotnet "$M2M" "$@"; }
            compopt() { :; }
            eval "$(m2m completion bash)"
            COMP_LINE="$1"; COMP_POINT=${#1}; shift
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
            _m2m m2m
            echo "${COMPREPLY[*]}"
            """;
        var start = new ProcessStartInfo(Shell, ["-c", Program, "bash", line, .. words]) { RedirectStandardOutput = true };
        start.Environment["M2M"] = Tool.Dll;
        start.Environment["M2M_BROKER"] = broker.Url;
        using Process bash = Process.Start(start)!;
        string text = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return text.Trim();
    }

    private static void Require(string shell, string package) => Brokers.Require(File.Exists(shell) ? shell : null, package);

    // A folder with the program under its name.
    private static string Program()
    {
        string folder = Directory.CreateTempSubdirectory("m2m-path-").FullName;
        string program = Path.Combine(folder, "m2m");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{Tool.Dll}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Firmware.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static async Task<string> RunAsync(ITestBroker? broker, string shell, string? folder, params string[] arguments)
    {
        string path = Program();
        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? string.Empty };
        start.Environment["M2M_BROKER"] = broker?.Url ?? string.Empty;
        start.Environment["PATH"] = $"{path}:{start.Environment["PATH"]}";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        _ = await error;
        Directory.Delete(path, true);
        return text.Trim();
    }

    private static async Task<FakeDevice> StartAsync(ITestBroker broker)
    {
        FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        device.Methods["read"] = _ => """[{"bn":"urn:dev:mac:020000fffe000001_","n":"temperature","u":"Cel","v":21.5},{"n":"door","vb":true},{"n":"$(reboot)","v":1}]""";
        device.Methods["inputs.list"] = _ => """{"inputs":[{"name":"door"},{"name":"; reboot"},{"kind":"pulse"},1]}""";
        device.Methods["actuators.list"] = _ => """{"siren":{"on":false},"$(reboot)":{}}""";
        device.Methods["actuators.set"] = _ => "{}";
        device.Methods["rules.list"] = _ => """{"rules":[{"rule":"heat"}]}""";
        device.Methods["$(reboot)"] = _ => "[]";
        device.Methods["settings.schema"] = _ => """{"settings":[{"name":"interval"},{"name":"channels.*.high"},{"name":"inputs.*.pin"},{"name":"actuators.*.pin"},{"name":"rules.*"},{"name":"; reboot"}]}""";
        return device;
    }
}
