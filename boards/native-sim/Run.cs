using System.Buffers;
using System.Text;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Faults;
using Boards.NativeSim.Playback;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.View;
using Boards.NativeSim.World;
using Firmware.Settings;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;
using M2m.Client.View;

namespace Boards.NativeSim;

internal sealed class Run
{
    private const int EmbeddedPatienceMs = 30_000;
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SwitchPatience = TimeSpan.FromSeconds(30);

    private readonly RunOptions _options;
    private readonly SettingsFile _settings;
    private RunCredentials? _credentials;

    public Run(RunOptions options)
    {
        _options = options;
        _settings = options.SettingsPath is null ? SettingsFile.Empty : SettingsFile.Load(options.SettingsPath);
    }

    public int Execute()
    {
        bool isEmbedded = _options.Broker is null && !_settings.NamesBroker;
        OpenFiles.Require(_options.Devices, isEmbedded);
        using var interruption = new Interruption { Unhandled = Program.Fail };
        WorldTime time = _options.IsFast ? new VirtualTime() : new RealTime();
        using RunAuthority? authority = _options.IsTls ? Authority(isEmbedded, time) : null;
        _credentials = authority?.Credentials ?? _options.Credentials;
        using EmbeddedBroker? embedded = isEmbedded ? EmbeddedBroker.StartAsync(authority).GetAwaiter().GetResult() : null;
        string[] texts = Settings(_options.Broker ?? embedded?.Address);
        time.AnswerPatienceMs = isEmbedded ? EmbeddedPatienceMs : time.AnswerPatienceMs;

        // Not disposed: a join or a connect that ends late still signals it.
        var scheduler = new Scheduler(time);
        using IView view = _options.Json ? new JsonLines(StandardOutput.Open())
            : LiveScreen.IsPossible ? new LiveView()
            : new PlainLines(StandardOutput.Open());
        interruption.BeforeAbort = view.Abort;
        using var pump = new EventPump(view, interruption.Cancel, waits: _options.IsFast && view is not LiveView);
        AddDevices(scheduler, texts, pump.Post);
        DeviceSettings settings = new SettingsReader(new SettingsCatalog()).Read(Encoding.UTF8.GetBytes(texts[0]));
        ObserverAccess? observer = Observer(Address(settings), isEmbedded);
        pump.Start(Describe(scheduler, settings, isEmbedded, observer));
        var ledger = new Ledger(scheduler.Devices, settings.Prefix);
        using TelemetryListener? listener = Watch(ledger, embedded, observer, scheduler.Time, pump.Post);
        PlanFaults(scheduler, embedded, pump.Post);
        _options.Scenario?.PlanWorld(scheduler, pump.Post);
        Live(scheduler, interruption.Token);
        DateTime end = scheduler.Time.UtcNow;
        pump.Post(new SimulationEvent(RunInfo.Disconnecting, RunInfo.Program, end));
        scheduler.StopAll(LeavePatience);
        embedded?.StopAsync(scheduler.Devices.Select(device => device.Id).ToHashSet(), GoodbyePatience).GetAwaiter().GetResult();
        listener?.CatchUp();
        pump.Stop(ledger.Sum(end, isEmbedded || listener?.HasListened == true));
        return 0;
    }

    // The embedded broker reports what arrives; at another one a subscriber does.
    private TelemetryListener? Watch(Ledger ledger, EmbeddedBroker? embedded, ObserverAccess? observer, WorldTime time, Action<SimulationEvent> post)
    {
        if (embedded is not null)
        {
            embedded.Arrived = (topic, payload) => ledger.Arrived(topic, payload.ToArray());
            return null;
        }

        void Report(string? trouble) => post(new SimulationEvent(RunInfo.Observer, RunInfo.Program, time.UtcNow, Text: trouble ?? "sees what arrives"));
        if (observer is null)
        {
            Report(ObserverAccess.Missing);
            return null;
        }

        var listener = new TelemetryListener(observer.Address, MqttVersions.Parse(_options.MqttVersion), ledger, time) { Reported = Report };
        listener.Start();
        return listener;
    }

    private ObserverAccess? Observer(BrokerAddress broker, bool isEmbedded) =>
        !isEmbedded ? ObserverAccess.At(broker, _options)
        : _options.Observer is null && _options.ObserverFiles is null ? ObserverAccess.OfEmbedded(broker, _credentials)
        : throw new UsageException("--observer and --observer-cert need a broker: --broker, or --settings with one");

    private BrokerAddress Address(DeviceSettings settings) =>
        new(settings.Broker.Host, settings.Broker.Port, settings.Broker.User, settings.Broker.Password) { Tls = settings.Broker.IsSecure ? _credentials?.Load() ?? TlsFiles.None : null };

    private static RunAuthority Authority(bool isEmbedded, WorldTime time) =>
        isEmbedded ? new RunAuthority(time.StartUtc) : throw new UsageException("--tls is for the embedded broker; another one is named by --broker mqtts://host:port, with --ca and --cert");

    private void PlanFaults(Scheduler scheduler, EmbeddedBroker? embedded, Action<SimulationEvent> watch)
    {
        var schedule = new FaultSchedule(
            scheduler,
            isUp => (isUp ? embedded?.RestartAsync() : embedded?.KillAsync())?.WaitAsync(SwitchPatience).GetAwaiter().GetResult(),
            watch);
        foreach (Fault fault in _options.Faults)
        {
            schedule.Add(fault);
        }
    }

    private void Live(Scheduler scheduler, CancellationToken cancellation)
    {
        foreach (SimulatedDevice device in scheduler.Devices)
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            device.Boot();
        }

        scheduler.RunTo((long?)_options.Duration?.TotalMilliseconds ?? long.MaxValue, cancellation);
    }

    // Those of each device of a scenario, or of all devices.
    private string[] Settings(BrokerAddress? broker) => _options.Scenario is { } scenario
        ? [.. scenario.Devices.Select(device => device.Settings.Overlay(broker, _options.MqttVersion, _options.Prefix, null, null, device.Battery, _credentials))]
        : [_settings.Overlay(broker, _options.MqttVersion, _options.Prefix, _options.Interval, _options.Mode, _options.Battery, _credentials)];

    private void AddDevices(Scheduler scheduler, string[] settings, Action<SimulationEvent> watch)
    {
        var options = new DeviceOptions
        {
            Seed = _options.Seed,
            Sensors = _options.Sensors,
            Settings = _options.IsSetup ? null : settings[0],
            SleepDriftPpm = _options.SleepDrift,
            BatteryMah = _options.Battery,
            FlashBytes = _options.FlashKb * 1024 ?? DeviceOptions.StandardFlashBytes,
            UpdateKeys = _options.UpdateKeys,
            Credentials = _credentials?.ForDevices(),
        };
        for (int number = 1; number <= _options.Devices; number++)
        {
            ScenarioDevice? own = _options.Scenario?.Devices[number - 1];
            SimulatedDevice device = scheduler.Add(number, own is null ? options : options with { Sensors = own.Sensors, BatteryMah = own.Battery, Meters = own.Meters, Settings = settings[number - 1] }, watch);
            if (_options.Serial is { } serial)
            {
                device.Connect(serial);
            }

            if (_options.IsSetup)
            {
                SetupNetworks.Surround(device, watch);
            }
        }
    }

    // The settings as the device's own reader reads them.
    private RunInfo Describe(Scheduler scheduler, DeviceSettings settings, bool isEmbedded, ObserverAccess? observer)
    {
        string[] devices = [.. scheduler.Devices.Select(device => device.Id)];
        return new RunInfo
        {
            Broker = Address(settings).ToString(),
            IsEmbedded = isEmbedded,
            OtherPort = isEmbedded && settings.Broker.Port is not (BrokerAddress.DefaultPort or BrokerAddress.DefaultSecurePort)
                ? FormattableString.Invariant($"PORT {(_options.IsTls ? BrokerAddress.DefaultSecurePort : BrokerAddress.DefaultPort)} IS IN USE: this broker is at {settings.Broker.Port}. Clients need the port, as in the lines here")
                : null,
            DeviceIds = devices,
            PasteLines = observer is null ? [] : PasteLines.Of(observer, settings.Prefix, devices[0]),
            StartedAt = scheduler.Time.StartUtc,
            IsVirtual = scheduler.Time is VirtualTime,
            Now = () => scheduler.Time.UtcNow,
        };
    }
}
