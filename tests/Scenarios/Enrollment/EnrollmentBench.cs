using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Boards.NativeSim.Simulation;
using M2m.Updates;
using Scenarios.Harness;
using Scenarios.Security;

namespace Scenarios.Enrollment;

/// <summary>New devices, and m2m as an operator runs it, a process, at a mosquitto with the files of security.md and enroll.md.</summary>
internal sealed class EnrollmentBench : IAsyncDisposable
{
    public const string Site = "m2m/hall";
    private const string Everything = "m2m/#";

    // The world goes faster than the host. The deadlines of requests are the host's: the world begins early enough to stay before them.
    private static readonly TimeSpan Behind = TimeSpan.FromHours(12);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("enrollment-");
    private string? _bootstrap;

    private EnrollmentBench(SecuredMosquitto broker, Bench bench)
    {
        Broker = broker;
        Bench = bench;
        broker.Devices.WriteFolder(Path("devices-ca"));
        broker.People.WriteFolder(Path("people-ca"));
        Enroller = Write("enroller.pem", broker.People.IssuePem("enroller"));
    }

    public SecuredMosquitto Broker { get; }

    public Bench Bench { get; }

    /// <summary>File of the enroller's certificate.</summary>
    public string Enroller { get; }

    public string LogFile => Path("enrolled.jsonl");

    public IEnumerable<SimulatedDevice> Devices => Bench.Scheduler.Devices;

    public static async Task<EnrollmentBench> StartAsync()
    {
        Brokers.Require(MosquittoBroker.Executable, "mosquitto");
        var broker = new SecuredMosquitto();
        return new EnrollmentBench(broker, await Bench.StartAsync(broker, Everything, DateTime.UtcNow - Behind));
    }

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        string path = Path(name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A file of rules that approves all, or that has these.</summary>
    public string Rules(string rules = "", string more = "", int? port = null)
    {
        rules = rules.Length > 0 ? rules : $$"""{"match":"*","site":"{{Site}}","settings":{"interval":33} }""";
        return Write("rules.json", string.Create(CultureInfo.InvariantCulture, $$"""{"authority":"devices-ca","broker":{"port":{{port ?? Broker.DevicesPort}}},"rules":[{{rules}}]{{more}} }"""));
    }

    /// <summary>One that was flashed with the bootstrap settings of the page.</summary>
    public SimulatedDevice Boot(int number = 1, string more = "") => Bench.Boot(number, options: new DeviceOptions
    {
        Settings = string.Create(CultureInfo.InvariantCulture, $$"""{"enrolled":false,"prefix":"m2m/enroll","broker":{"host":"127.0.0.1","port":{{Broker.BootstrapPort}},"tls":true,"ca":"fleet","credential":"bootstrap"}{{more}} }"""),
        Credentials = _ => [("fleet", Broker.People.CertificatePem), ("bootstrap", _bootstrap ??= Broker.Bootstrap.IssuePem("bootstrap"))],
    });

    /// <summary>The last status under a prefix; null: none, or cleared.</summary>
    public Received? Status(SimulatedDevice device, string prefix)
    {
        Received? last = Bench.Client.On($"{prefix}/{device.Id}/status").LastOrDefault();
        return last is null || last.Text.Length == 0 ? null : last;
    }

    public bool IsWaiting(SimulatedDevice device) => Status(device, "m2m/enroll") is { } status && status.Text.Contains("\"state\":\"online\"", StringComparison.Ordinal) && status.Text.Contains("\"enrolled\":false", StringComparison.Ordinal);

    public bool IsOnlineIn(SimulatedDevice device, string site) =>
        Status(device, site) is { } status && status.Text.Contains("\"state\":\"online\"", StringComparison.Ordinal) && !status.Text.Contains("\"enrolled\"", StringComparison.Ordinal);

    /// <summary>In its site, under its own certificate, without the bootstrap credential, and no longer announced.</summary>
    public bool IsEnrolled(SimulatedDevice device, string site = Site) => IsOnlineIn(device, site) && Status(device, "m2m/enroll") is null;

    public void ComeOnline(params IReadOnlyCollection<SimulatedDevice> devices)
    {
        Bench.Scheduler.RunUntil(() => devices.All(device => device.State == Boards.NativeSim.World.LinkState.Online), 300_000);
        Bench.WaitFor(() => devices.All(IsWaiting), "not all announce themselves");
    }

    /// <summary>Names of the credentials that it has.</summary>
    public async Task<string> CredentialsAsync(SimulatedDevice device, string prefix)
    {
        string topic = $"{prefix}/{device.Id}/response/tester";
        int before = Bench.Client.On(topic).Count();
        await Bench.Client.PublishAsync($"{prefix}/{device.Id}/query", $$"""{"jsonrpc":"2.0","id":{{before + 1}},"method":"credentials.list","from":"tester"}""");
        Bench.WaitFor(() => Bench.Client.On(topic).Count() > before, "no answer");
        return string.Join(' ', Bench.Client.On(topic).Last().Json.GetProperty("result").GetProperty("credentials").EnumerateArray().Select(one => one.GetProperty("name").GetString()).Order());
    }

    /// <summary>Lets the world go on, faster than the host, until something holds.</summary>
    public void Until(Func<bool> condition, string otherwise, Func<string>? detail = null, int hostSeconds = 120)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed.TotalSeconds > hostSeconds)
            {
                Assert.Fail($"{otherwise}: {detail?.Invoke()}; under way: {Bench.Time.DescribeHolds()}");
            }

            Bench.Scheduler.PumpUntil(condition, TimeSpan.FromMilliseconds(20));
            Bench.Scheduler.RunUntil(condition, 100);
        }
    }

    /// <summary>m2m with the enroller's certificate.</summary>
    public Operator Start(params string[] arguments) => new(
    [
        .. arguments, "--broker", string.Create(CultureInfo.InvariantCulture, $"mqtts://127.0.0.1:{Broker.PeoplePort}"),
        "--ca", Path("people-ca/ca.pem"), "--cert", Enroller,

        "--timeout", "20",
    ]);

    public Operator Serve(string rules, params string[] more) => Start(["enroll", "serve", rules, "--retry", "1", .. more]);

    /// <summary>Runs m2m to its end while the world goes on.</summary>
    public async Task<(int ExitCode, string Out, string Error)> RunAsync(params string[] arguments)
    {
        await using Operator program = Start(arguments);
        Until(() => program.HasExited, "m2m does not end", () => program.Out + program.Error);
        await program.WaitForOutputAsync();
        return (program.ExitCode, program.Out, program.Error);
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        _folder.Delete(true);
    }

    /// <summary>A process of m2m.</summary>
    internal sealed class Operator : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly ConcurrentQueue<string> _out = new();
        private readonly ConcurrentQueue<string> _error = new();

        public Operator(string[] arguments)
        {
            string program = System.IO.Path.ChangeExtension(typeof(Release).Assembly.Location, ".dll");
            _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _process.OutputDataReceived += (_, e) => Add(_out, e.Data);
            _process.ErrorDataReceived += (_, e) => Add(_error, e.Data);
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public string Out => string.Join('\n', _out);

        public string Error => string.Join('\n', _error);

        public bool HasExited => _process.HasExited;

        public int ExitCode => _process.ExitCode;

        /// <summary>A process has ended before all that it wrote is read.</summary>
        public Task WaitForOutputAsync() => _process.WaitForExitAsync();

        /// <summary>SIGKILL: it has no time for anything.</summary>
        public async Task KillAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                await KillAsync();
            }

            _process.Dispose();
        }

        private static void Add(ConcurrentQueue<string> to, string? line)
        {
            if (line is not null)
            {
                to.Enqueue(line);
            }
        }
    }
}
