using System.Text;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.View;
using Boards.NativeSim.World;
using Firmware.Platform;
using Firmware.Settings;

namespace Boards.NativeSim;

/// <summary>One run of the program: broker, devices and view, from start to a clean end.</summary>
internal sealed class Run
{
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(3);

    private readonly RunOptions _options;
    private readonly SettingsFile _settings;

    /// <summary>Prepares a run.</summary>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="UsageException">The settings file is of no use.</exception>
    public Run(RunOptions options)
    {
        _options = options;
        _settings = options.SettingsPath is null ? SettingsFile.Empty : SettingsFile.Load(options.SettingsPath);
    }

    /// <summary>Runs until it is interrupted or its time is over.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        bool isEmbedded = _options.Broker is null && !_settings.NamesBroker;
        OpenFiles.Require(_options.Devices, isEmbedded);
        using var interruption = new Interruption(_options.Duration);
        using EmbeddedBroker? embedded = isEmbedded ? EmbeddedBroker.StartAsync().GetAwaiter().GetResult() : null;
        string text = _settings.Overlay(_options.Broker ?? embedded?.Address, _options.Prefix, _options.Interval);

        // Not disposed of: a join or a connect that ends late still signals to it.
        var scheduler = new Scheduler(new RealTime());
        using IView view = _options.Json ? new JsonLines(StandardOutput.Open())
            : LiveView.IsPossible ? new LiveView()
            : new PlainLines(StandardOutput.Open());
        interruption.BeforeAbort = view.Abort;
        using var pump = new EventPump(view, interruption.Cancel);
        AddDevices(scheduler, text, pump.Post);
        pump.Start(Describe(scheduler, text, isEmbedded));
        Live(scheduler, interruption.Token);
        pump.Post(new SimulationEvent("leaving", RunInfo.Program, scheduler.Time.UtcNow));
        scheduler.StopAll(LeavePatience);
        embedded?.StopAsync(scheduler.Devices.Select(device => device.Id).ToHashSet(), GoodbyePatience).GetAwaiter().GetResult();
        pump.Stop();
        return 0;
    }

    private static void Live(Scheduler scheduler, CancellationToken cancellation)
    {
        foreach (SimulatedDevice device in scheduler.Devices)
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            device.Boot();
        }

        scheduler.RunUntil(cancellation);
    }

    private void AddDevices(Scheduler scheduler, string settings, Action<SimulationEvent> watch)
    {
        var options = new DeviceOptions { Seed = _options.Seed, Sensors = _options.Sensors, Settings = settings };
        for (int number = 1; number <= _options.Devices; number++)
        {
            scheduler.Add(number, options, watch);
        }
    }

    // The device's own reader says what it makes of the settings.
    private static RunInfo Describe(Scheduler scheduler, string text, bool isEmbedded)
    {
        DeviceSettings settings = new SettingsReader().Read(Encoding.UTF8.GetBytes(text));
        BrokerAddress broker = settings.Broker;
        return new RunInfo
        {
            Host = broker.Host,
            Port = broker.Port,
            User = broker.User,
            HasPassword = broker.Password is not null,
            IsEmbedded = isEmbedded,
            Prefix = settings.Prefix,
            DeviceIds = [.. scheduler.Devices.Select(device => device.Id)],
            StartedAt = scheduler.Time.StartUtc,
        };
    }
}
