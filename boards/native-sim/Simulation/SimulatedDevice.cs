using System.Text;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// One device: a simulated chip that runs the real firmware on the real port. It can be switched off and booted again;
/// then only its flash is left.
/// </summary>
public sealed class SimulatedDevice
{
    /// <summary>From reset or wake to the first line of the program, about.</summary>
    private const int BootMs = 300;

    private readonly Action<SimulationEvent> _watch;
    private readonly Action<SimulatedDevice> _signal;
    private readonly long _bornMs;
    private readonly ProgramRunner _runner;
    private LinkState _lastState;
    private string? _lastFailure;
    private int _isSignalled;
    private long _bootAtMs = long.MaxValue;
    private bool _isLeaving;

    /// <summary>Builds a device; <see cref="Boot"/> starts it.</summary>
    /// <param name="number">Device number, from 1.</param>
    /// <param name="time">The world's time.</param>
    /// <param name="options">Sensors, settings, seed.</param>
    /// <param name="watch">Receives messages and changes of state, on any thread.</param>
    /// <param name="signal">Called on any thread when the device has something to do.</param>
    public SimulatedDevice(int number, WorldTime time, DeviceOptions options, Action<SimulationEvent> watch, Action<SimulatedDevice> signal)
    {
        _watch = watch;
        _signal = signal;
        Chip = new SimulatedChip(number, time, options.Seed, new SimulatedFlash(options.FlashBytes));
        Id = SimulatedBoard.IdOf(Chip.Mac);
        _runner = new ProgramRunner(Chip, options, (type, topic, payload) => watch(new SimulationEvent(type, Id, time.UtcNow, topic, payload)), Signal);
        Chip.Radio.InstantJoin = options.InstantJoin;
        Chip.SleepTimer.DriftPpm = options.SleepDriftPpm;
        Chip.NativeCallEnded += (_, _) => Signal();
        Chip.SleepTimer.WokenByPin += (_, _) => OnWokenByPin();
        _bornMs = time.NowMs;
        if (options.BatteryMah is { } capacity)
        {
            Attach(new Battery(Chip.Meter, capacity, options.BatteryPercent));
        }

        foreach ((SensorModel model, int address) in options.Sensors)
        {
            if (model == SensorModel.Ds18b20)
            {
                Chip.OneWire.Attach(new SimulatedDs18b20(address));
            }
            else
            {
                Chip.Bus.Attach(I2cChip.Create(model, address));
            }
        }

        SerialMeters = [.. Enumerable.Range(1, options.Meters).Select(address => new SimulatedMeter(address))];
        foreach (SimulatedMeter meter in SerialMeters)
        {
            Chip.Serial.Attach(meter);
        }

        if (options.Settings is not null)
        {
            Chip.Flash.Write(SimulatedBoard.SettingsPath, Encoding.UTF8.GetBytes(options.Settings));
        }

        using IDisposable current = Chip.Enter();
        foreach ((string name, string pem) in options.Credentials?.Invoke(Id) ?? [])
        {
            SimulatedBoard.Store(name, pem);
        }
    }

    /// <summary>The meters on its serial line.</summary>
    public IReadOnlyList<SimulatedMeter> SerialMeters { get; }

    /// <summary>Connects its serial line to one of the host.</summary>
    /// <param name="path">The device of the host, e.g. /dev/ttyUSB0.</param>
    /// <exception cref="IOException">It cannot be used.</exception>
    public void Connect(string path) => Chip.Serial.Attach(new HostSerialLine(path, Chip));

    /// <summary>The chip: its sensors, radio, flash and their faults.</summary>
    public SimulatedChip Chip { get; }

    /// <summary>The device id.</summary>
    public string Id { get; }

    /// <summary>Where the connection stands.</summary>
    public LinkState State => Program?.State ?? LinkState.Off;

    /// <summary>Whether it has left on purpose, does not run, or was never started.</summary>
    public bool IsStopped => Program is null || Program.IsStopped;

    /// <summary>How long the power stays away after a cut, in milliseconds; null: until <see cref="Restart"/>.</summary>
    public int? PowerBackAfterMs { get; set; }

    /// <summary>What turns at its pins, by GPIO.</summary>
    public Dictionary<int, TurningMeter> Meters { get; } = [];

    /// <summary>What it counts, over all its boots.</summary>
    public DeviceFigures Figures => _runner.Figures;

    /// <summary>Whether it has ever slept deeply.</summary>
    public bool HasSlept => Chip.Meter.TimeIn(ChipActivity.DeepSleep) > 0;

    /// <summary>What the world measured at its supply, up to now.</summary>
    public EnergyFigures Energy => EnergyFigures.Of(Chip, _bornMs);

    /// <summary>What of its readings is gone.</summary>
    internal ReadingBalance Balance { get; } = new();

    /// <summary>The account of its telemetry.</summary>
    internal DeliveryLog Deliveries => _runner.Deliveries;

    /// <summary>The program that runs; null while none does.</summary>
    internal IChipProgram? Program => _runner.Program;

    /// <summary>Messages of the last connection that its program did not see acknowledged.</summary>
    internal int Unacknowledged => _runner.Unacknowledged;

    /// <summary>World milliseconds at which it must be stepped again.</summary>
    internal long DueAtMs { get; private set; }

    /// <summary>Starts the firmware with empty RAM on the flash as it is.</summary>
    public void Boot()
    {
        _bootAtMs = long.MaxValue;
        _runner.Boot();
        GoDarkIfStopped();
        ReportState();
        Signal();
    }

    /// <summary>Cuts the power: nothing is published.</summary>
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
        if (Program is not null)
        {
            _runner.Leave();
            GoDarkIfStopped();
        }
    }

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
        else if (Program is not null && Chip.Stop != ChipStop.None)
        {
            GoDark();
        }

        if (Program is not null && Chip.IsInNativeCall)
        {
            // Its end is a signal.
            DueAtMs = long.MaxValue;
            return;
        }

        if (Program is null && _bootAtMs <= Chip.Time.NowMs)
        {
            Reboot(Chip.Stop switch
            {
                ChipStop.Restart => WakeCause.Restart,
                ChipStop.DeepSleep => Chip.SleepTimer.Cause,
                _ => WakeCause.PowerOn,
            });
        }

        if (Program is not null)
        {
            DueAtMs = _runner.Advance();
            GoDarkIfStopped();
        }

        DueAtMs = Program is null ? _bootAtMs : DueAtMs;
        if (Program is not null)
        {
            Balance.Note(Missing, Deliveries.ReadingsAcknowledgedAgain);
        }

        ReportState();
    }

    private long Missing => Figures is var f ? f.Readings - f.Dropped - f.Outbox - Deliveries.ReadingsAcknowledged : 0;

    private void Attach(Battery battery)
    {
        Chip.Battery = battery;
        Chip.Adc.Attach(SimulatedBoard.PinTable.AnalogChannel(SimulatedBoard.BatteryPin), () => battery.Millivolts / SimulatedBoard.BatteryDivider);
    }

    private void Reboot(WakeCause cause)
    {
        if ((_isLeaving && Chip.Stop != ChipStop.None) || IsBatteryEmpty)
        {
            _bootAtMs = long.MaxValue;
            return;
        }

        _runner.Drop();
        Chip.PowerOn(cause);
        Deliveries.Booting();
        Boot();
        if (Program is null)
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

    private void GoDarkIfStopped()
    {
        if (Chip.Stop != ChipStop.None)
        {
            GoDark();
        }
    }

    private void GoDark()
    {
        _runner.Drop();
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

    private void Signal()
    {
        if (Interlocked.Exchange(ref _isSignalled, 1) == 0)
        {
            _signal(this);
        }
    }

    private void ReportState()
    {
        string? failure = Program is null ? StateText.WhyDark(Chip) : Program.LastFailure;
        if (State != _lastState || failure != _lastFailure)
        {
            _lastState = State;
            _lastFailure = failure;
            _watch(new SimulationEvent("state", Id, Chip.Time.UtcNow, Text: StateText.Name(State), Reason: failure));
        }
    }
}
