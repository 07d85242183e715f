using System.Diagnostics;
using System.Text.Json;
using Firmware.Security;
using M2m.Setup;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public sealed class SetupTests : IDisposable
{
    // What 2.5.162 and 3.0.0-preview.1 write.
    private const string Version2 = "nanoff 2.5.162+baccab8dd8";
    private const string Version3 = ".NET nanoFramework Firmware Flasher v3.0.0-preview.1+1a2b3c4d5e";
    private const string WifiPassword = "correct horse";
    private const string BrokerPassword = "battery-staple";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Out => Path.Combine(_folder, "of one board");

    private string Image => Path.Combine(_folder, "program.bin");

    public void Dispose() => Directory.Delete(_folder, true);

    [TestMethod]
    public async Task Prints_the_options_of_nanoff_2()
    {
        using var nanoff = new FakeNanoff(Version2);
        Ran ran = await RunAsync(nanoff, Complete());
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual($"""
            nanoff --update --target ESP32_REV3 --serialport /dev/ttyUSB0
            nanoff --filedeployment '{Out}/deploy.json' --serialport /dev/ttyUSB0
            nanoff --target ESP32_REV3 --serialport /dev/ttyUSB0 --deploy --image {Image}

            """, ran.Out);
        StringAssert.Contains(ran.Error, "with nanoff 2.5.162:");
        Assert.AreEqual(0, nanoff.Runs.Length);
    }

    [TestMethod]
    public async Task Prints_the_verbs_of_nanoff_3()
    {
        using var nanoff = new FakeNanoff(Version3);
        Ran ran = await RunAsync(nanoff, Complete());
        Assert.AreEqual($"""
            nanoff flash target ESP32_REV3 serialport /dev/ttyUSB0
            nanoff deploy file '{Out}/deploy.json' serialport /dev/ttyUSB0
            nanoff deploy target ESP32_REV3 serialport /dev/ttyUSB0 image {Image}

            """, ran.Out);
        StringAssert.Contains(ran.Error, "with nanoff 3.0.0-preview.1:");
    }

    [TestMethod]
    public async Task Says_how_to_install_nanoff_where_there_is_none()
    {
        using var nanoff = new FakeNanoff(null);
        Ran printed = await RunAsync(nanoff, Complete());
        Assert.AreEqual(0, printed.ExitCode, printed.Error);
        StringAssert.Contains(printed.Error, "nanoff is not installed: dotnet tool install -g nanoff. With 2.5, then:");
        StringAssert.Contains(printed.Out, "nanoff --update");
        Ran run = await RunAsync(nanoff, [.. Complete(), "--force", "--run"]);
        Assert.AreEqual(1, run.ExitCode);
        Assert.AreEqual("m2m: nanoff is not installed: dotnet tool install -g nanoff\n", run.Error);
    }

    [TestMethod]
    public async Task Runs_the_commands_in_order()
    {
        using var nanoff = new FakeNanoff(Version3, "echo 'Deploying file OK'");
        Ran ran = await RunAsync(nanoff, [.. Complete(), "--run"]);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        CollectionAssert.AreEqual(
            new[] { "flash|target|ESP32_REV3|serialport|/dev/ttyUSB0|", $"deploy|file|{Out}/deploy.json|serialport|/dev/ttyUSB0|", $"deploy|target|ESP32_REV3|serialport|/dev/ttyUSB0|image|{Image}|" },
            nanoff.Runs);
        StringAssert.Contains(ran.Error, "Deploying file OK");
    }

    // nanoff ends with 0 although a file did not get to the device.
    [TestMethod]
    [DataRow("exit 112", "nanoff ended with 112.", 1)]
    [DataRow("case \"$1\" in --filedeployment) echo 'Error deploying content file x to I:\\\\settings.json';; esac", "nanoff reports: Error deploying content file x to I:\\settings.json.", 2)]
    public async Task Stops_where_nanoff_fails(string script, string reason, int runs)
    {
        using var nanoff = new FakeNanoff(Version2, script);
        Ran ran = await RunAsync(nanoff, [.. Complete(), "--run"]);
        Assert.AreEqual(1, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, reason);
        Assert.AreEqual(runs, nanoff.Runs.Length);
    }

    [TestMethod]
    public async Task Deploy_file_names_each_file_and_its_place_on_the_device()
    {
        using var nanoff = new FakeNanoff(Version2);
        using var certificates = new TestCertificates();
        Ran ran = await RunAsync(nanoff, [.. Complete("mqtts://broker.example"), "--ca", certificates.CaFile, "--cert", certificates.Client("device", -1, 30), "--json"]);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        JsonElement[] files = [.. Read("deploy.json").GetProperty("files").EnumerateArray()];
        foreach (JsonElement file in files)
        {
            string source = file.GetProperty("SourceFilePath").GetString()!;
            Assert.IsTrue(File.Exists(source), source);
            Assert.AreEqual("I:\\" + Path.GetFileName(source), file.GetProperty("DestinationFilePath").GetString());
        }

        Assert.AreEqual("settings.json cert-setup-ca.a cert-setup-ca.b cert-setup-own.a cert-setup-own.b", string.Join(' ', files.Select(file => Path.GetFileName(file.GetProperty("SourceFilePath").GetString()))));
        CollectionAssert.AreEqual(Directory.GetFiles(Out).Order().ToArray(), ran.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()).Order().ToArray());
        Assert.AreEqual("2.5.162", ran.Json.GetProperty("nanoff").GetString());
        Assert.AreEqual("--filedeployment", ran.Json.GetProperty("commands")[1][1].GetString());
    }

    [TestMethod]
    public async Task Firmware_reads_the_credentials()
    {
        using var nanoff = new FakeNanoff(null);
        using var certificates = new TestCertificates();
        string own = certificates.Client("device", -1, 30);
        await RunAsync(nanoff, [.. Complete("mqtts://broker.example"), "--ca", certificates.CaFile, "--cert", own]);
        JsonElement broker = Read("settings.json").GetProperty("broker");
        var files = new FileMemory();
        Array.ForEach(Directory.GetFiles(Out), path => files.Replace(Path.GetFileName(path), File.ReadAllBytes(path)));
        var store = new CredentialStore(files);
        Assert.IsTrue(broker.GetProperty("tls").GetBoolean());
        StringAssert.Contains(Ascii(store.Read(broker.GetProperty("ca").GetString())), "BEGIN CERTIFICATE");
        StringAssert.Contains(Ascii(store.Read(broker.GetProperty("credential").GetString())), "PRIVATE KEY");

        // Each is there twice.
        files.Delete("cert-setup-own.a");
        StringAssert.Contains(Ascii(store.Read("setup-own")), "PRIVATE KEY");
    }

    [TestMethod]
    public async Task Device_starts_with_the_settings()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var nanoff = new FakeNanoff(null);
        Ran ran = await RunAsync(nanoff, [.. Complete(broker.Url.Replace("mqtt://", "mqtt://device@", StringComparison.Ordinal)), "--broker-password-file", Secret(BrokerPassword), "--prefix", "hall", "interval=7", "telemetry.format=json", "channels.humidity.offset=1000"]);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        await using Tool watch = Tool.Start(broker, "watch", "--prefix", "hall", "--json");
        using Process device = Process.Start(new ProcessStartInfo("dotnet", [NativeSimTests.NativeSim(), "--json", "--settings", Path.Combine(Out, "settings.json")]) { RedirectStandardOutput = true })!;
        Task<string> said = device.StandardOutput.ReadToEndAsync();
        try
        {
            await watch.WaitForAsync("\"humidity\"");
            await watch.WaitForAsync("\"type\":\"boot\"");
            Ran settings = await Tool.RunAsync(broker, "settings", "esp32-020000000001", "get", "wifi", "broker", "interval", "telemetry.format", "channels.humidity.offset", "--prefix", "hall", "--json");
            JsonElement values = settings.Json.GetProperty("values");
            Assert.AreEqual("my network", values.GetProperty("wifi")[0].GetProperty("ssid").GetString());
            Assert.IsTrue(values.GetProperty("wifi")[0].GetProperty("passwordSet").GetBoolean());
            Assert.AreEqual(7, values.GetProperty("interval").GetInt32());
            Assert.AreEqual("json", values.GetProperty("telemetry.format").GetString());
            Assert.AreEqual(1000, values.GetProperty("channels.humidity.offset").GetInt32());
            Assert.IsFalse(watch.Out.Contains("settings-fault", StringComparison.Ordinal), watch.Out);
        }
        finally
        {
            device.Kill();
            await device.WaitForExitAsync();
        }

        StringAssert.Contains(await said, "telemetry");
    }

    [TestMethod]
    public async Task Secrets_are_in_files_of_the_owner_alone_and_never_shown()
    {
        using var nanoff = new FakeNanoff(Version2);
        Ran ran = await RunAsync(nanoff, Complete($"mqtt://device:{BrokerPassword}@broker.example"));
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        foreach (string path in Directory.GetFiles(Out))
        {
            Assert.IsTrue(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), path);
        }

        Assert.IsTrue(OperatingSystem.IsWindows() || File.GetUnixFileMode(Out) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute), Out);

        Assert.AreEqual(WifiPassword, Read("settings.json").GetProperty("wifi")[0].GetProperty("password").GetString());
        Assert.AreEqual(BrokerPassword, Read("settings.json").GetProperty("broker").GetProperty("password").GetString());
        foreach (string secret in new[] { WifiPassword, BrokerPassword })
        {
            Assert.IsFalse((ran.Out + ran.Error).Contains(secret, StringComparison.Ordinal));
        }
    }

    [TestMethod]
    [DataRow("--board")]
    [DataRow("--serial-port")]
    [DataRow("--ssid")]
    [DataRow("--wifi-password-file")]
    [DataRow("--broker")]
    public async Task Missing_option_is_named_where_nobody_can_be_asked(string option)
    {
        using var nanoff = new FakeNanoff(Version2);
        List<string> args = [.. Complete()];
        args.RemoveRange(args.IndexOf(option), 2);
        if (option == "--ssid")
        {
            args.RemoveRange(args.IndexOf("--wifi-password-file"), 2);
        }

        Ran ran = await RunAsync(nanoff, [.. args]);
        Assert.AreEqual(2, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, $"m2m: {option}");
        StringAssert.Contains(ran.Error, " is missing, and there is no terminal to ask on");
        Assert.IsFalse(Directory.Exists(Out));
    }

    [TestMethod]
    [DataRow("intervall=5", "there is no setting 'intervall'. Did you mean 'interval'?")]
    [DataRow("temperature.high=5", "there is no setting 'temperature.high'. Did you mean 'channels.temperature.high'?")]
    [DataRow("interval=0", "the device would not take these settings: interval must be an integer from 1 to 86400 (got 0)")]
    [DataRow("inputs.door.kind=dor", "the device would not take these settings: inputs.door.kind must be ")]
    [DataRow("children.meter.registers=a 0 u61", "children.meter.registers entry 1, \"a 0 u61\": the type 'u61' must be one of u16, ")]
    [DataRow("provisioning.minutes=99", "provisioning.minutes must be an integer from 0 to 60 (got 99)")]
    [DataRow("wifi=[]", "'wifi' is among the settings: leave out --ssid")]
    [DataRow("interval", "'interval' is not KEY=VALUE")]
    public async Task Wrong_setting_is_refused_before_anything_is_written(string pair, string reason)
    {
        using var nanoff = new FakeNanoff(Version2);
        Ran ran = await RunAsync(nanoff, [.. Complete(), pair]);
        Assert.AreEqual(2, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, reason);
        Assert.IsFalse(Directory.Exists(Out));
    }

    [TestMethod]
    public async Task Settings_that_are_not_used_or_that_open_a_way_without_tls_are_warnings()
    {
        using var nanoff = new FakeNanoff(Version3);
        Ran ran = await RunAsync(
            nanoff,
            "--files-only", "--serial-port", "COM3", "--no-wifi", "--out", Out,
            """broker=[{"host":"a","tls":true},{"host":"b","password":"p"}]""", "children.gps.protocol=nmea", "children.gps.address=3");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, "m2m: warning: children.gps.address is not used: ");
        StringAssert.Contains(ran.Error, "m2m: warning: broker: entry 2 is without TLS");
    }

    [TestMethod]
    [DataRow("esp32-devkit", "there is no board 'esp32-devkit'. Did you mean 'esp32-devkitc'?")]
    public async Task Unknown_board_is_refused(string board, string reason)
    {
        using var nanoff = new FakeNanoff(Version2);
        Ran ran = await RunAsync(nanoff, [.. Complete().Select(word => word == "esp32-devkitc" ? board : word)]);
        Assert.AreEqual(2, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, reason);
    }

    [TestMethod]
    [DataRow("mqtts://broker.example", "--ca is missing")]
    [DataRow("mqtt://device@broker.example", "--broker-password-file is missing")]
    [DataRow("broker.example", "--broker must be mqtt://")]
    public async Task Broker_that_a_device_could_not_use_is_refused(string broker, string reason)
    {
        using var nanoff = new FakeNanoff(Version2);
        Ran ran = await RunAsync(nanoff, Complete(broker));
        Assert.AreEqual(2, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, reason);
    }

    [TestMethod]
    public async Task Certificates_of_the_operator_do_not_get_onto_a_device()
    {
        using var nanoff = new FakeNanoff(Version2);
        using var certificates = new TestCertificates();
        Dictionary<string, string> variables = nanoff.Variables;
        variables["M2M_BROKER"] = "mqtts://operator.example";
        variables["M2M_CERT"] = certificates.Client("operator", -1, 30);
        Ran ran = await Tool.RunAsync(null, variables, ["setup", .. Complete("mqtts://broker.example"), "--ca", certificates.CaFile]);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual("broker.example", Read("settings.json").GetProperty("broker").GetProperty("host").GetString());
        Assert.AreEqual(0, Directory.GetFiles(Out, "cert-setup-own*").Length);
    }

    [TestMethod]
    public async Task Files_that_are_there_are_kept_unless_forced()
    {
        using var nanoff = new FakeNanoff(Version2);
        await RunAsync(nanoff, Complete());
        Ran again = await RunAsync(nanoff, [.. Complete(), "interval=20"]);
        Assert.AreEqual(1, again.ExitCode);
        StringAssert.Contains(again.Error, "exists already: --force replaces it");
        Assert.IsFalse(Read("settings.json").TryGetProperty("interval", out _));
        Ran forced = await RunAsync(nanoff, [.. Complete(), "interval=20", "--force"]);
        Assert.AreEqual(0, forced.ExitCode, forced.Error);
        Assert.AreEqual(20, Read("settings.json").GetProperty("interval").GetInt32());
    }

    [TestMethod]
    public async Task Only_the_files_need_no_board()
    {
        using var nanoff = new FakeNanoff(Version3);
        Ran ran = await RunAsync(nanoff, "--files-only", "--serial-port", "COM3", "--no-wifi", "--broker", "mqtt://broker.example:1884", "--out", Out);
        Assert.AreEqual($"nanoff deploy file '{Out}/deploy.json' serialport COM3\n", ran.Out, ran.Error);
        Assert.AreEqual("""{"broker":{"host":"broker.example","port":1884}}""", File.ReadAllText(Path.Combine(Out, "settings.json")));
    }

    [TestMethod]
    public async Task Asks_on_a_terminal_for_what_is_missing()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        using var nanoff = new FakeNanoff(Version2);
        string environment = string.Join(' ', nanoff.Variables.Select(variable => $"{variable.Key}='{variable.Value}'"));
        await using TerminalSession session = TerminalSession.Start(broker, $"setup --image '{Image}' --out '{Out}'", width: 160, environment: environment);
        File.WriteAllText(Image, "program");
        foreach ((string question, string answer) in new[]
        {
            ("Board:", "esp32-c3-devkitm"), ("Serial port", "COM7"), ("Name of the Wi-Fi network:", "my network"), ("Its password", "short"),
            ("a password of Wi-Fi has 8 to 63 characters", WifiPassword), ("The device's broker", "mqtt://device@broker.example"), ("Password of device at the broker:", BrokerPassword),
        })
        {
            await session.WaitForAsync(question);
            await session.TypeAsync(answer + "\r");
        }

        await session.WaitForAsync("exit=0");
        StringAssert.Contains(session.Screen.Text, "nanoff --update --target ESP32_C3 --serialport COM7");
        Assert.IsFalse(session.Screen.Text.Contains(WifiPassword, StringComparison.Ordinal) || session.Screen.Text.Contains(BrokerPassword, StringComparison.Ordinal), session.Screen.Text);
        Assert.AreEqual(WifiPassword, Read("settings.json").GetProperty("wifi")[0].GetProperty("password").GetString());
        Assert.AreEqual(BrokerPassword, Read("settings.json").GetProperty("broker").GetProperty("password").GetString());
    }

    [TestMethod]
    public void Boards_are_those_of_the_repository()
    {
        foreach (SetupBoard board in SetupBoard.All)
        {
            string folder = Path.Combine(NativeSimTests.Repository, "boards", board.Name);
            StringAssert.Contains(File.ReadAllText(Path.Combine(folder, "README.md")), $"nanoff --update --target {board.Target} ");
            StringAssert.Contains(File.ReadAllText(Directory.GetFiles(folder, "*.nfproj").Single()), $"<AssemblyName>{board.Assembly}</AssemblyName>");
        }

        int programs = Directory.GetDirectories(Path.Combine(NativeSimTests.Repository, "boards")).Count(folder => File.Exists(Path.Combine(folder, "Board.cs")));
        Assert.AreEqual(programs, SetupBoard.All.Count);
    }

    private static string Ascii(byte[]? text) => System.Text.Encoding.ASCII.GetString(text ?? []);

    private static Task<Ran> RunAsync(FakeNanoff nanoff, params string[] args) => Tool.RunAsync(null, nanoff.Variables, ["setup", .. args]);

    private JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, name))).RootElement;

    private string Secret(string text)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString());
        File.WriteAllText(path, text + "\n");
        return path;
    }

    private string[] Complete(string broker = "mqtt://broker.example")
    {
        File.WriteAllText(Image, "program");
        return ["--board", "esp32-devkitc", "--serial-port", "/dev/ttyUSB0", "--ssid", "my network", "--wifi-password-file", Secret(WifiPassword), "--broker", broker, "--image", Image, "--out", Out];
    }
}
