using System.Text;
using Boards.Esp32;
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
    private const string BoardName = "native-sim";
    private const string StorageRoot = "I:\\";
    private const int I2cBus = 1;

    private readonly Action<SimulationEvent> _watch;
    private readonly Action<SimulatedDevice> _signal;
    private Device? _firmware;
    private ConnectionState _lastState;
    private string? _lastFailure;
    private int _isSignalled;

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
        foreach ((SensorModel model, int address) in options.Sensors)
        {
            Chip.Bus.Attach(new SimulatedSensor(model, address));
        }

        Id = new BoardIdentity(BoardName, Chip.Mac, string.Empty).DeviceId;
        if (options.Settings is not null)
        {
            Chip.Flash.Write(StorageRoot + DeviceSettings.File, Encoding.UTF8.GetBytes(options.Settings));
        }
    }

    /// <summary>The chip: its sensors, radio, flash and their faults.</summary>
    public SimulatedChip Chip { get; }

    /// <summary>The device id.</summary>
    public string Id { get; }

    /// <summary>Where the connection stands.</summary>
    public ConnectionState State => _firmware?.Connection.State ?? ConnectionState.Off;

    /// <summary>The settings it runs on; null before the first boot.</summary>
    public DeviceSettings? Settings => _firmware?.Settings;

    /// <summary>Whether it has left on purpose, or was never started.</summary>
    public bool IsStopped => _firmware is null || _firmware.IsStopped;

    /// <summary>World milliseconds at which it is to be stepped again.</summary>
    internal long DueAtMs { get; private set; }

    /// <summary>Starts the firmware with empty RAM on the flash as it is.</summary>
    public void Boot()
    {
        using IDisposable scope = Chip.Enter();
        var inbox = new Inbox(new SimulatedClock(Chip, Signal));
        var clock = new SimulatedClock(Chip, Signal);
        var tap = new DeviceTap(Chip, inbox, _watch);
        tap.Connect(new MqttLink(tap), new WifiStation(tap), Id);
        Chip.EnterStep();
        try
        {
            _firmware = new Device(new Hardware
            {
                Identity = new BoardIdentity(BoardName, WifiStation.ReadMac(), WakeCauses.Read()),
                Clock = clock,
                Inbox = inbox,
                Network = tap,
                Link = tap,
                Slots =
                [
                    new Bmxx80Slot(I2cBus, Bmxx80Slot.PrimaryAddress),
                    new Bmxx80Slot(I2cBus, Bmxx80Slot.SecondaryAddress),
                ],
                Storage = new FileStorage(StorageRoot),
                Memory = new HeapMemory(),
            });
            _firmware.Start();
        }
        finally
        {
            Chip.LeaveStep();
        }

        ReportState();
        Signal();
    }

    /// <summary>The power fails: nothing is said to anybody.</summary>
    public void CutPower()
    {
        Chip.CutPower();
        _firmware = null;
    }

    /// <summary>Power comes back.</summary>
    public void Restart()
    {
        Chip.PowerOn(WakeCause.PowerOn);
        Boot();
    }

    /// <summary>Begins to leave on purpose.</summary>
    public void Stop() => Run(firmware => firmware.Stop());

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

        Run(firmware =>
        {
            int pause = firmware.Step();
            DueAtMs = firmware.IsStopped ? long.MaxValue : Chip.NowMs + pause;
        });
        ReportState();
    }

    private void Run(Action<Device> action)
    {
        if (_firmware is null)
        {
            DueAtMs = long.MaxValue;
            return;
        }

        using IDisposable scope = Chip.Enter();
        Chip.EnterStep();
        try
        {
            action(_firmware);
        }
        finally
        {
            Chip.LeaveStep();
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
        string? failure = _firmware?.Connection.LastFailure;
        if (State != _lastState || failure != _lastFailure)
        {
            _lastState = State;
            _lastFailure = failure;
            _watch(new SimulationEvent("state", Id, Chip.Time.UtcNow, Text: Name(State), Reason: failure));
        }
    }

    private static string Name(ConnectionState state) => state switch
    {
        ConnectionState.BackingOff => "backing off",
        _ => state.ToString().ToLowerInvariant(),
    };
}
