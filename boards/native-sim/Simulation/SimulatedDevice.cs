using System.Text;
using Boards.Esp32;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.World;
using Firmware;
using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Settings;

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
    private Device? _firmware;
    private DeviceTap? _tap;
    private ConnectionState _lastState;
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
        Chip = new SimulatedChip(number, time, options.Seed);
        Chip.Radio.InstantJoin = options.InstantJoin;
        Chip.SleepTimer.DriftPpm = options.SleepDriftPpm;
        Chip.SleepTimer.WokenByPin += (_, _) => OnWokenByPin();
        _bornMs = time.NowMs;
        if (options.BatteryMah is { } capacity)
        {
            SimulatedBoard.Attach(Chip, new Battery(Chip.Meter, capacity, options.BatteryPercent));
        }

        foreach ((SensorModel model, int address) in options.Sensors)
        {
            Chip.Bus.Attach(new SimulatedSensor(model, address));
        }

        Id = new BoardIdentity(SimulatedBoard.Name, Chip.Mac, string.Empty).DeviceId;
        if (options.Settings is not null)
        {
            Chip.Flash.Write(SimulatedBoard.StorageRoot + DeviceSettings.File, Encoding.UTF8.GetBytes(options.Settings));
        }
    }

    /// <summary>The chip: its sensors, radio, flash and their faults.</summary>
    public SimulatedChip Chip { get; }

    /// <summary>The device id.</summary>
    public string Id { get; }

    /// <summary>Where the connection stands.</summary>
    public ConnectionState State => _firmware?.Connection.State ?? ConnectionState.Off;

    /// <summary>The settings it runs on; null before the first boot, and while it does not run.</summary>
    public DeviceSettings? Settings => _firmware?.Settings;

    /// <summary>Whether it has left on purpose, does not run, or was never started.</summary>
    public bool IsStopped => _firmware is null || _firmware.IsStopped;

    /// <summary>How long the power stays away after a cut, in milliseconds; null: until <see cref="Restart"/>.</summary>
    public int? PowerBackAfterMs { get; set; }

    /// <summary>What it counts, over all its boots.</summary>
    public DeviceFigures Figures => _firmware is null ? _earlier : _earlier.Then(Count(_firmware));

    /// <summary>Whether it has ever slept deeply.</summary>
    public bool HasSlept => Chip.Meter.TimeIn(ChipActivity.DeepSleep) > 0;

    /// <summary>What the world measured at its supply, up to now.</summary>
    public EnergyFigures Energy => EnergyFigures.Of(Chip, _bornMs);

    /// <summary>What of its readings is gone.</summary>
    internal ReadingBalance Balance { get; } = new();

    /// <summary>The account of its telemetry.</summary>
    internal DeliveryLog Deliveries { get; } = new();

    /// <summary>Messages of the last connection that its firmware did not see acknowledged.</summary>
    internal int Unacknowledged => _tap?.Unacknowledged ?? 0;

    /// <summary>World milliseconds at which it is to be stepped again.</summary>
    internal long DueAtMs { get; private set; }

    /// <summary>Starts the firmware with empty RAM on the flash as it is.</summary>
    public void Boot()
    {
        _bootAtMs = long.MaxValue;
        Run(() =>
        {
            _firmware = Build();
            _firmware.Start();
        });
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
        if (_firmware is { } firmware)
        {
            Run(firmware.Stop);
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
        else if (_firmware is not null && Chip.Stop != ChipStop.None)
        {
            GoDark();
        }

        if (_firmware is null && _bootAtMs <= Chip.Time.NowMs)
        {
            Reboot(Chip.Stop switch
            {
                ChipStop.Restart => WakeCause.Restart,
                ChipStop.DeepSleep => Chip.SleepTimer.Cause,
                _ => WakeCause.PowerOn,
            });
        }

        if (_firmware is { } firmware)
        {
            Run(() => DueAtMs = NextDue(firmware, firmware.Step()));
        }

        DueAtMs = _firmware is null ? _bootAtMs : DueAtMs;
        if (_firmware is not null)
        {
            Balance.Note(Missing, Deliveries.ReadingsAcknowledgedAgain);
        }

        ReportState();
    }

    private long NextDue(Device firmware, int pause) => firmware.IsStopped ? long.MaxValue : Chip.NowMs + pause;

    private long Missing => Figures is var f ? f.Readings - f.Dropped - f.Outbox - Deliveries.ReadingsAcknowledged : 0;

    private Device Build()
    {
        var clock = new SimulatedClock(Chip, Signal);
        var inbox = new Inbox(clock);
        var tap = new DeviceTap(Chip, inbox, _watch) { Deliveries = Deliveries };
        _tap = tap;
        tap.BeginStep();
        tap.Connect(new MqttLink(tap), new WifiStation(tap), Id);
        return SimulatedBoard.Build(clock, inbox, tap);
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
        if (_firmware is null)
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
            _tap?.BeginStep();
            try
            {
                action();
            }
            catch (Exception e) when (e is PowerCutException or ChipRestartException or ChipDeepSleepException)
            {
                // On a device the call would not have returned.
            }
            finally
            {
                Chip.LeaveStep();
                _tap?.EndStep();
            }
        }

        if (Chip.Stop != ChipStop.None)
        {
            GoDark();
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
        _firmware = null;
    }

    // The one place that knows where the firmware keeps its figures.
    private static DeviceFigures Count(Device firmware) => new(
        firmware.Counters.Readings,
        firmware.Counters.ReadingsDropped,
        firmware.OutboxCount,
        firmware.Counters.Reconnects);

    private void Signal()
    {
        if (Interlocked.Exchange(ref _isSignalled, 1) == 0)
        {
            _signal(this);
        }
    }

    private void ReportState()
    {
        string? failure = _firmware is null ? StateText.WhyDark(Chip) : _firmware.Connection.LastFailure;
        if (State != _lastState || failure != _lastFailure)
        {
            _lastState = State;
            _lastFailure = failure;
            _watch(new SimulationEvent("state", Id, Chip.Time.UtcNow, Text: StateText.Name(State), Reason: failure));
        }
    }
}
