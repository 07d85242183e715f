using System.Text;
using Boards.Loader;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// One device: a simulated chip that runs the real firmware on the real port. It can be switched off and booted again;
/// then only its flash is left.
/// </summary>
public sealed class SimulatedDevice : IProgramHost
{
    /// <summary>From reset or wake to the first line of the program, about.</summary>
    private const int BootMs = 300;

    private readonly Action<SimulationEvent> _watch;
    private readonly Action<SimulatedDevice> _signal;
    private readonly long _bornMs;
    private readonly SimulatedLoader _loader;
    private IChipProgram? _program;
    private IChipProgram? _last;
    private LinkState _lastState;
    private string? _lastFailure;
    private int _isSignalled;
    private long _bootAtMs = long.MaxValue;
    private bool _isLeaving;
    private DeviceFigures _earlier;

    /// <summary>Builds a device; <see cref="Boot"/> starts it.</summary>
    /// <param name="number">Device number, from 1.</param>
    /// <param name="time">The world's time.</param>
    /// <param name="options">Sensors, settings, seed.</param>
    /// <param name="watch">Told of messages and changes of state, on any thread.</param>
    /// <param name="signal">Told, on any thread, that the device has something to do.</param>
    public SimulatedDevice(int number, WorldTime time, DeviceOptions options, Action<SimulationEvent> watch, Action<SimulatedDevice> signal)
    {
        _watch = watch;
        _signal = signal;
        Chip = new SimulatedChip(number, time, options.Seed) { Host = this };
        _loader = new SimulatedLoader(Chip);
        Chip.Radio.InstantJoin = options.InstantJoin;
        Chip.SleepTimer.DriftPpm = options.SleepDriftPpm;
        Chip.SleepTimer.WokenByPin += (_, _) => OnWokenByPin();
        _bornMs = time.NowMs;
        if (options.BatteryMah is { } capacity)
        {
            Attach(new Battery(Chip.Meter, capacity, options.BatteryPercent));
        }

        foreach ((SensorModel model, int address) in options.Sensors)
        {
            Chip.Bus.Attach(new SimulatedSensor(model, address));
        }

        Id = SimulatedBoard.IdOf(Chip.Mac);
        if (options.Settings is not null)
        {
            Chip.Flash.Write(SimulatedBoard.SettingsPath, Encoding.UTF8.GetBytes(options.Settings));
        }
    }

    /// <summary>The chip: its sensors, radio, flash and their faults.</summary>
    public SimulatedChip Chip { get; }

    /// <summary>The device id.</summary>
    public string Id { get; }

    /// <summary>Where the connection stands.</summary>
    public LinkState State => _program?.State ?? LinkState.Off;

    /// <summary>Whether it has left on purpose, does not run, or was never started.</summary>
    public bool IsStopped => _program is null || _program.IsStopped;

    /// <summary>How long the power stays away after a cut, in milliseconds; null: until <see cref="Restart"/>.</summary>
    public int? PowerBackAfterMs { get; set; }

    /// <summary>What it counts, over all its boots.</summary>
    public DeviceFigures Figures => _program is null ? _earlier : _earlier.Then(_program.Figures);

    /// <summary>Whether it has ever slept deeply.</summary>
    public bool HasSlept => Chip.Meter.TimeIn(ChipActivity.DeepSleep) > 0;

    /// <summary>What the world measured at its supply, up to now.</summary>
    public EnergyFigures Energy => EnergyFigures.Of(Chip, _bornMs);

    /// <summary>What of its readings is gone.</summary>
    internal ReadingBalance Balance { get; } = new();

    /// <summary>The account of its telemetry.</summary>
    internal DeliveryLog Deliveries { get; } = new();

    /// <summary>The program that runs; null while none does.</summary>
    internal IChipProgram? Program => _program;

    /// <summary>Messages of the last connection that its program did not see acknowledged.</summary>
    internal int Unacknowledged => _last?.Unacknowledged ?? 0;

    /// <summary>World milliseconds at which it is to be stepped again.</summary>
    internal long DueAtMs { get; private set; }

    /// <summary>Starts the firmware with empty RAM on the flash as it is.</summary>
    public void Boot()
    {
        _bootAtMs = long.MaxValue;
        _last = null;
        Run(StartProgram);
        ReportState();
        Signal();
    }

    /// <summary>The power fails: nothing is said to anybody.</summary>
    public void CutPower()
    {
        Chip.CutPower();
        GoDark();
        Signal();
    }

    /// <summary>Power comes back.</summary>
    public void Restart() => Reboot(WakeCause.PowerOn);

    /// <summary>Begins to leave on purpose.</summary>
    public void Stop()
    {
        _isLeaving = true;
        _bootAtMs = long.MaxValue;
        if (_program is { } program)
        {
            Run(program.Leave);
        }
    }

    /// <inheritdoc/>
    void IProgramHost.Run(IChipProgram program)
    {
        _program = program;
        _last = program;
        program.Start();
    }

    /// <inheritdoc/>
    void IProgramHost.Signal() => Signal();

    /// <inheritdoc/>
    void IProgramHost.Saw(string type, string topic, byte[] payload) =>
        _watch(new SimulationEvent(type, Id, Chip.Time.UtcNow, topic, payload));

    /// <inheritdoc/>
    void IProgramHost.Connecting() => Deliveries.Connecting();

    /// <inheritdoc/>
    int IProgramHost.SendTelemetry(byte[] payload, Func<int> publish) => Deliveries.Send(payload, publish);

    /// <inheritdoc/>
    void IProgramHost.Acknowledged(int messageId) => Deliveries.Acknowledged(messageId);

    /// <summary>Lets the firmware do what is due.</summary>
    internal void Step()
    {
        Interlocked.Exchange(ref _isSignalled, 0);
        if (Chip.ReadyAtMs > Chip.Time.NowMs)
        {
            // The chip has slept inside its last step: for it that moment has not come yet.
            DueAtMs = Chip.ReadyAtMs;
            return;
        }

        if (IsBatteryEmpty && Chip.Stop != ChipStop.PowerCut)
        {
            Chip.CutPower();
            GoDark();
        }
        else if (_program is not null && Chip.Stop != ChipStop.None)
        {
            GoDark();
        }

        if (_program is null && _bootAtMs <= Chip.Time.NowMs)
        {
            Reboot(Chip.Stop switch
            {
                ChipStop.Restart => WakeCause.Restart,
                ChipStop.DeepSleep => Chip.SleepTimer.Cause,
                _ => WakeCause.PowerOn,
            });
        }

        if (_program is not null && _loader.WatchdogAtMs <= Chip.Time.NowMs)
        {
            Run(_loader.Watch);
        }

        if (_program is { } program)
        {
            Run(() => DueAtMs = NextDue(program, program.Advance()));
        }

        DueAtMs = _program is null ? _bootAtMs : Math.Min(DueAtMs, _loader.WatchdogAtMs);
        if (_program is not null)
        {
            Balance.Note(Missing, Deliveries.ReadingsAcknowledgedAgain);
        }

        ReportState();
    }

    private void StartProgram()
    {
        _loader.Boot();
        if (_program is null)
        {
            _loader.Stopped("its program has ended");
        }
    }

    private long NextDue(IChipProgram program, int pause) => program.IsStopped ? long.MaxValue : Chip.NowMs + pause;

    private long Missing => Figures is var f ? f.Readings - f.Dropped - f.Outbox - Deliveries.ReadingsAcknowledged : 0;

    private void Attach(Battery battery)
    {
        Chip.Battery = battery;
        Chip.Adc.Attach(SimulatedBoard.BatteryChannel, () => battery.Millivolts / SimulatedBoard.BatteryDivider);
    }

    private void Reboot(WakeCause cause)
    {
        if ((_isLeaving && Chip.Stop != ChipStop.None) || IsBatteryEmpty)
        {
            _bootAtMs = long.MaxValue;
            return;
        }

        Retire();
        Chip.PowerOn(cause);
        Deliveries.Booting();
        Boot();
        if (_program is null)
        {
            return;
        }

        if (cause is WakeCause.Timer or WakeCause.Pin)
        {
            // A sleep is no accident: what it took is lost.
            Balance.Note(Missing, Deliveries.ReadingsAcknowledgedAgain);
        }
        else
        {
            Balance.NoteBoot(Missing, Deliveries.ReadingsAcknowledgedAgain);
        }
    }

    // The firmware may have swallowed the exception that ends it: the chip tells.
    private void Run(Action action)
    {
        using (Chip.Enter())
        {
            Chip.EnterStep();
            try
            {
                ToItsEnd(action);
            }
            finally
            {
                Chip.LeaveStep();
            }
        }

        if (Chip.Stop != ChipStop.None)
        {
            GoDark();
        }
    }

    private void ToItsEnd(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is PowerCutException or ChipRestartException or ChipDeepSleepException)
        {
            // On a device the call would not have returned.
        }
        catch (Exception e) when (_loader.RunningSlot != Slots.BuiltIn)
        {
            // What the built-in application throws is a mistake of ours, and ends the simulation.
            _program = null;
            ToItsEnd(() => _loader.Stopped(e));
        }
    }

    private void GoDark()
    {
        Retire();
        _bootAtMs = Chip.Stop switch
        {
            _ when _isLeaving => long.MaxValue,
            ChipStop.Restart => Chip.NowMs + BootMs,
            ChipStop.DeepSleep => WakeBootMs,
            _ when IsBatteryEmpty => long.MaxValue,
            _ => PowerBackAfterMs is { } after ? Chip.NowMs + after : long.MaxValue,
        };
    }

    private bool IsBatteryEmpty => Chip.Battery is { IsEmpty: true };

    private long WakeBootMs => Chip.WakeAtMs == long.MaxValue ? long.MaxValue : Chip.WakeAtMs + BootMs;

    private void OnWokenByPin()
    {
        if (!_isLeaving)
        {
            _bootAtMs = WakeBootMs;
            Signal();
        }
    }

    // Keeps what a boot has counted: its RAM is gone.
    private void Retire()
    {
        _earlier = Figures;
        _program = null;
    }

    private void Signal()
    {
        if (Interlocked.Exchange(ref _isSignalled, 1) == 0)
        {
            _signal(this);
        }
    }

    private void ReportState()
    {
        string? failure = _program is null ? StateText.WhyDark(Chip) : _program.LastFailure;
        if (State != _lastState || failure != _lastFailure)
        {
            _lastState = State;
            _lastFailure = failure;
            _watch(new SimulationEvent("state", Id, Chip.Time.UtcNow, Text: StateText.Name(State), Reason: failure));
        }
    }
}
