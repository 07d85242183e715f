using Boards.Loader;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>Runs the programs of a chip, one after another, from boot to boot, and knows what they say.</summary>
internal sealed class ProgramRunner : IProgramHost
{
    private readonly SimulatedChip _chip;
    private readonly DeviceOptions _options;
    private readonly SimulatedLoader _loader;
    private readonly Action<string, string, byte[]> _saw;
    private readonly Action _signal;
    private IChipProgram? _last;
    private DeviceFigures _earlier;

    /// <summary>Makes the chip's programs run here.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="options">What the device is built from.</param>
    /// <param name="saw">Receives each message: type, topic, payload. Called on any thread.</param>
    /// <param name="signal">Called on any thread when the program has something to do.</param>
    public ProgramRunner(SimulatedChip chip, DeviceOptions options, Action<string, string, byte[]> saw, Action signal)
    {
        _chip = chip;
        _options = options;
        _loader = new SimulatedLoader(chip);
        _saw = saw;
        _signal = signal;
        chip.Host = this;
    }

    /// <summary>The program that runs; null while none does.</summary>
    public IChipProgram? Program { get; private set; }

    /// <summary>The account of telemetry, over all boots.</summary>
    public DeliveryLog Deliveries { get; } = new();

    /// <summary>What its programs have counted, over all boots.</summary>
    public DeviceFigures Figures => Program is null ? _earlier : _earlier.Then(Program.Figures);

    /// <summary>Messages of the last connection that its program did not see acknowledged.</summary>
    public int Unacknowledged => _last?.Unacknowledged ?? 0;

    /// <inheritdoc/>
    public UpdateSetup Updates => new()
    {
        RunningSlot = _loader.RunningSlot,
        BuiltInVersion = SimulatedBoard.Version,
        ImageCapacity = _options.ImageCapacity,
        Keys = _options.UpdateKeys,
    };

    /// <summary>Starts a program with empty RAM. Look at the chip afterwards, here and below: it may have stopped.</summary>
    public void Boot()
    {
        _last = null;
        OnChip(() =>
        {
            _loader.Boot();
            if (Program is null)
            {
                _loader.Stopped("its program has ended");
            }
        });
    }

    /// <summary>Lets the program do what is due.</summary>
    /// <returns>World milliseconds at which it must be called again; <see cref="long.MaxValue"/> for never.</returns>
    public long Advance()
    {
        // It is, still, when the built-in program takes over from an image that has stopped.
        long due = _chip.NowMs;
        OnChip(() =>
        {
            _loader.Watch();
            int pause = Program!.Advance();
            due = Program.IsStopped ? long.MaxValue : Math.Min(_chip.NowMs + pause, _loader.WatchdogAtMs);
        });
        return due;
    }

    /// <summary>The program begins to leave.</summary>
    public void Leave() => OnChip(() => Program?.Leave());

    /// <summary>The RAM is gone: only what was counted is kept.</summary>
    public void Drop()
    {
        _earlier = Figures;
        Program = null;
    }

    /// <inheritdoc/>
    public void Run(IChipProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Program = program;
        _last = program;
        program.Start();
    }

    /// <inheritdoc/>
    public void Signal() => _signal();

    /// <inheritdoc/>
    public void Saw(string type, string topic, byte[] payload) => _saw(type, topic, payload);

    /// <inheritdoc/>
    public void Connecting() => Deliveries.Connecting();

    /// <inheritdoc/>
    public int SendTelemetry(byte[] payload, Func<int> publish) => Deliveries.Send(payload, publish);

    /// <inheritdoc/>
    public void Acknowledged(int messageId) => Deliveries.Acknowledged(messageId);

    private void OnChip(Action action)
    {
        using (_chip.Enter())
        {
            _chip.EnterStep();
            try
            {
                ToItsEnd(action);
            }
            finally
            {
                _chip.LeaveStep();
            }
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
            // On a device the call would not have returned. Firmware may have swallowed it, too: the chip tells.
        }
        catch (Exception e) when (_loader.RunningSlot != Slots.BuiltIn)
        {
            // What the built-in application throws is a mistake of ours, and ends the simulation.
            Drop();
            ToItsEnd(() => _loader.Stopped(e));
        }
    }
}
