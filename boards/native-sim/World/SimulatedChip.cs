namespace Boards.NativeSim.World;

/// <summary>
/// One simulated ESP32. The emulated vendor packages find theirs through <see cref="Current"/>, so that many
/// devices live in one process and share nothing through statics.
/// </summary>
public sealed class SimulatedChip
{
    private static readonly AsyncLocal<Flow?> s_current = new();

    private readonly Dictionary<Type, object> _packages = [];
    private long _readyAtMs;
    private int _stepThread;
    private int _strayThread;
    private int _nativeCallBoot;
    private volatile bool _powered = true;

    /// <summary>Creates a chip under power, with nothing attached.</summary>
    /// <param name="number">Device number; gives MAC, address and, with the seed, all that is random.</param>
    /// <param name="time">The world's time.</param>
    /// <param name="seed">The world's seed.</param>
    /// <param name="flash">Its flash; a blank one when left out.</param>
    public SimulatedChip(int number, WorldTime time, int seed = 0, SimulatedFlash? flash = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        Number = number;
        Time = time;
        Seed = SeededNoise.Combine(seed, number);
        Random = new Random(Seed);
        Room = new Room(Seed);
        BootedAtMs = time.NowMs;
        Clock = new ChipClock(this);
        Bus = new I2cBus(this);
        OneWire = new OneWireLine(this);
        Serial = new SerialWire(this);
        Pins = new SimulatedPins(this);
        Adc = new SimulatedAdc(this);
        Meter = new PowerMeter(this);
        SleepTimer = new SleepTimer(this);
        Radio = new SimulatedRadio(this);
        Connections = new OpenConnections(this);
        Answers = new AwaitedAnswers(this);
        Flash = flash ?? new SimulatedFlash();
        Flash.PowerWasCut += (_, _) => PowerOff(ChipStop.PowerCut);
    }

    /// <summary>Power went, the firmware restarts, or deep sleep begins: connections break, RAM is gone.</summary>
    public event EventHandler? PoweredOff;

    /// <summary>A native call that held up all managed threads has ended. Raised on any thread.</summary>
    public event EventHandler? NativeCallEnded;

    /// <summary>The chip of the calling flow of execution. Threads started within <see cref="Enter"/> inherit it.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="PowerCutException">The chip does not run, or was booted again since the flow began.</exception>
    public static SimulatedChip Current
    {
        get
        {
            Flow flow = s_current.Value ?? throw new InvalidOperationException(
                "No simulated chip is current: call the emulated vendor API inside SimulatedChip.Enter().");
            return flow.Chip.Runs(flow.Boot) ? flow.Chip : throw new PowerCutException();
        }
    }

    /// <summary>Device number.</summary>
    public int Number { get; }

    /// <summary>This chip's seed, derived from the world's and its number.</summary>
    public int Seed { get; }

    /// <summary>Seeded randomness for what belongs to this chip; for one thread at a time.</summary>
    public Random Random { get; }

    /// <summary>02:00:00:00:00:01 for device 1.</summary>
    public byte[] Mac => [0x02, 0, (byte)(Number >> 24), (byte)(Number >> 16), (byte)(Number >> 8), (byte)Number];

    /// <summary>The world's time.</summary>
    public WorldTime Time { get; }

    /// <summary>The air around its sensors.</summary>
    public Room Room { get; set; }

    /// <summary>Its I2C bus.</summary>
    public I2cBus Bus { get; }

    /// <summary>Its 1-Wire bus.</summary>
    public OneWireLine OneWire { get; }

    /// <summary>Its serial line.</summary>
    public SerialWire Serial { get; }

    /// <summary>Its pins.</summary>
    public SimulatedPins Pins { get; }

    /// <summary>Its ADC.</summary>
    public SimulatedAdc Adc { get; }

    /// <summary>What its board draws.</summary>
    public PowerMeter Meter { get; }

    /// <summary>Its battery; null for a supply that never ends.</summary>
    public Battery? Battery { get; set; }

    /// <summary>Its deep sleep.</summary>
    public SleepTimer SleepTimer { get; }

    /// <summary>Its Wi-Fi.</summary>
    public SimulatedRadio Radio { get; }

    /// <summary>Its connections to the broker.</summary>
    public OpenConnections Connections { get; }

    /// <summary>What it awaits from its broker.</summary>
    public AwaitedAnswers Answers { get; }

    /// <summary>What runs its programs; null for a chip that a test drives itself.</summary>
    public IProgramHost? Host { get; set; }

    /// <summary>Its files.</summary>
    public SimulatedFlash Flash { get; }

    /// <summary>Its wall clock.</summary>
    public ChipClock Clock { get; }

    /// <summary>Whether the wall clock is set.</summary>
    public bool ClockSynchronized => Clock.IsSynchronized;

    /// <summary>What the wall clock shows.</summary>
    public DateTime UtcNow => Clock.UtcNow;

    /// <summary>Why it runs.</summary>
    public WakeCause WakeCause { get; private set; } = WakeCause.PowerOn;

    /// <summary>Why it no longer runs. Look here after a step: firmware may have swallowed the exception.</summary>
    public ChipStop Stop { get; private set; }

    /// <summary>World milliseconds when the deep sleep ends; <see cref="long.MaxValue"/> when nothing is to end it.</summary>
    public long WakeAtMs => SleepTimer.WakeAtMs;

    /// <summary>How often it has booted.</summary>
    public int Boot { get; private set; } = 1;

    /// <summary>World milliseconds when it booted.</summary>
    public long BootedAtMs { get; private set; }

    /// <summary>Milliseconds since it booted, as the chip sees it.</summary>
    public long UptimeMs => NowMs - BootedAtMs;

    /// <summary>What a collection of its managed heap reports as free, in bytes.</summary>
    public uint FreeHeapBytes { get; set; } = 62_500;

    /// <summary>Whether its MQTT client is of a version whose channel the port cannot replace.</summary>
    public bool HasReshapedClient { get; set; }

    /// <summary>
    /// World milliseconds as the chip sees them: within a step ahead of the world after it slept. Code outside
    /// the step uses the world's time, so that it does not depend on the host how far the step has come.
    /// </summary>
    public long NowMs => IsStepThread ? Math.Max(Time.NowMs, ReadyAtMs) : Time.NowMs;

    /// <summary>The world's UTC at the chip's moment, whatever its own clock shows.</summary>
    public DateTime WorldUtcNow => Time.StartUtc.AddMilliseconds(NowMs);

    /// <summary>How far the chip is ahead of the world.</summary>
    public long AheadMs => Math.Max(0, ReadyAtMs - Time.NowMs);

    /// <summary>World milliseconds before which a scheduler must not step it again.</summary>
    public long ReadyAtMs => Interlocked.Read(ref _readyAtMs);

    /// <summary>Whether a native call holds up all managed threads: its program must not be stepped.</summary>
    public bool IsInNativeCall => Volatile.Read(ref _nativeCallBoot) == Boot;

    /// <summary>A native call that blocks begins on a worker: the interpreter, which has one thread for all, stands still until it ends.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable BeginNativeCall()
    {
        Volatile.Write(ref _nativeCallBoot, Boot);
        return new NativeCall(this);
    }

    /// <summary>Makes this the current chip of the calling flow.</summary>
    /// <returns>Ends it, back to what was current before.</returns>
    public IDisposable Enter() => new Scope(this);

    /// <summary>The calling thread runs the chip's loop from here; its sleeps do not block.</summary>
    public void EnterStep() => Volatile.Write(ref _stepThread, Environment.CurrentManagedThreadId);

    /// <summary>The step is over.</summary>
    public void LeaveStep()
    {
        Volatile.Write(ref _stepThread, 0);
        Volatile.Write(ref _strayThread, 0);
    }

    /// <summary>
    /// Lets time pass for the chip. On its loop thread, within a step, nothing blocks: the chip gets ahead of the
    /// world, so that many chips can share a thread. On a worker thread it blocks.
    /// </summary>
    /// <param name="ms">Milliseconds.</param>
    /// <exception cref="PowerCutException">The loop goes on though its boot is over: nobody would wake it.</exception>
    public void Sleep(int ms)
    {
        if (ms <= 0)
        {
            return;
        }

        if (IsStepThread)
        {
            Interlocked.Exchange(ref _readyAtMs, NowMs + ms);
        }
        else if (Volatile.Read(ref _strayThread) == Environment.CurrentManagedThreadId)
        {
            throw new PowerCutException();
        }
        else
        {
            Time.SleepWorker(ms);
        }
    }

    /// <summary>What an emulated package keeps in RAM for this chip; gone when power goes.</summary>
    /// <typeparam name="T">The package's own type.</typeparam>
    /// <param name="create">Makes it at first use.</param>
    /// <returns>The same object until power goes.</returns>
    public T PackageState<T>(Func<T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        lock (_packages)
        {
            if (!_packages.TryGetValue(typeof(T), out object? state))
            {
                state = create();
                _packages.Add(typeof(T), state);
            }

            return (T)state;
        }
    }

    /// <summary>The firmware restarts the chip: powers off and throws.</summary>
    /// <exception cref="ChipRestartException">Always.</exception>
    public void Restart()
    {
        PowerOff(ChipStop.Restart);
        throw new ChipRestartException();
    }

    /// <summary>The firmware sends the chip to deep sleep: powers off and throws.</summary>
    /// <param name="wakeAfter">When the timer wakes it, as the timer counts; null for never.</param>
    /// <param name="pin">A pin that wakes it as well; null for none.</param>
    /// <exception cref="ChipDeepSleepException">Always.</exception>
    public void DeepSleep(TimeSpan? wakeAfter, PinWake? pin = null)
    {
        SleepTimer.Begin(wakeAfter, pin);
        PowerOff(ChipStop.DeepSleep);
        throw new ChipDeepSleepException(WakeAtMs);
    }

    /// <summary>Cuts the power now; the firmware notices at its next flash operation.</summary>
    public void CutPower() => Flash.CutPower();

    /// <summary>Boots it again: RAM is empty, the radio off, the flash as it was.</summary>
    /// <param name="cause">Why it runs. The wall clock survives all but <see cref="World.WakeCause.PowerOn"/>.</param>
    public void PowerOn(WakeCause cause)
    {
        if (_powered)
        {
            PowerOff(ChipStop.PowerCut);
        }

        EndSleep(cause);
        Flash.Restart();
        Boot++;
        _powered = true;
        BootedAtMs = NowMs;
        WakeCause = cause;
        Stop = ChipStop.None;
        Meter.Enter(ChipActivity.Cpu, NowMs);
        Clock.PowerOn(powerWasLost: cause == WakeCause.PowerOn);
        Radio.PowerOn();
        if (s_current.Value?.Chip == this)
        {
            s_current.Value = new Flow(this, Boot);
        }
    }

    /// <summary>Whether it has power and is still in that boot: what an earlier boot left behind must do nothing more.</summary>
    /// <param name="boot">A value of <see cref="Boot"/>.</param>
    /// <returns>False when the RAM of that boot is gone.</returns>
    public bool Runs(int boot) => _powered && Boot == boot;

    private bool IsStepThread => Volatile.Read(ref _stepThread) == Environment.CurrentManagedThreadId;

    // The program begins only now, but the chip has been awake since its sleep ended.
    private void EndSleep(WakeCause cause)
    {
        if (Stop == ChipStop.DeepSleep && cause is (WakeCause.Timer or WakeCause.Pin))
        {
            Meter.Woke(Math.Min(WakeAtMs, NowMs));
            Clock.PutBack(SleepTimer.End());
        }

        SleepTimer.Forget();
    }

    private void PowerOff(ChipStop why)
    {
        if (!_powered)
        {
            // What only sleeps can lose its power too.
            Stop = why == ChipStop.PowerCut ? why : Stop;
            Meter.Enter(why == ChipStop.PowerCut ? ChipActivity.Off : Meter.Activity, NowMs);
            return;
        }

        long nowMs = NowMs;
        _powered = false;
        Stop = why;
        int stepThread = Volatile.Read(ref _stepThread);
        LeaveStep();
        Volatile.Write(ref _strayThread, stepThread);
        Radio.Leave();
        Meter.Enter(why switch { ChipStop.Restart => ChipActivity.Boot, ChipStop.DeepSleep => ChipActivity.DeepSleep, _ => ChipActivity.Off }, nowMs);
        PoweredOff?.Invoke(this, EventArgs.Empty);
        lock (_packages)
        {
            _packages.Clear();
        }
    }

    private sealed class NativeCall(SimulatedChip chip) : IDisposable
    {
        private readonly int _boot = chip.Boot;

        public void Dispose()
        {
            if (Interlocked.CompareExchange(ref chip._nativeCallBoot, 0, _boot) == _boot)
            {
                chip.NativeCallEnded?.Invoke(chip, EventArgs.Empty);
            }
        }
    }

    private sealed record Flow(SimulatedChip Chip, int Boot);

    private sealed class Scope : IDisposable
    {
        private readonly Flow? _before = s_current.Value;

        public Scope(SimulatedChip chip) => s_current.Value = new Flow(chip, chip.Boot);

        public void Dispose() => s_current.Value = _before;
    }
}
