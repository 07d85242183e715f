using System.Collections.Concurrent;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// Runs many devices on one thread: it steps those that have a signal or whose time has come, and waits, or in virtual
/// time jumps, to the next moment at which one has something to do.
/// </summary>
public sealed class Scheduler : IDisposable
{
    /// <summary>Only a safeguard: the end of each outstanding operation wakes the scheduler.</summary>
    private const int OutstandingPollMs = 20;
    private const int PumpPollMs = 1;
    private const int LongestWaitMs = 1000;

    /// <summary>A thousand devices that connect at once take some thousand rounds.</summary>
    private const int MostRoundsAtOnce = 100_000;
    private const int AfterglowMs = 1000;

    private readonly ConcurrentQueue<SimulatedDevice> _signalled = new();
    private readonly Agenda _agenda = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<SimulatedDevice> _devices = [];
    private readonly List<SimulatedDevice> _batch = [];
    private bool _isStuck;

    /// <summary>Creates a scheduler.</summary>
    /// <param name="time">The world's time, real or virtual.</param>
    public Scheduler(WorldTime time)
    {
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        time.BecameIdle += (_, _) => Wake();
    }

    /// <summary>The world's time.</summary>
    public WorldTime Time { get; }

    /// <summary>The devices.</summary>
    public IReadOnlyList<SimulatedDevice> Devices => _devices;

    /// <summary>Builds a device, ready to <see cref="SimulatedDevice.Boot"/>.</summary>
    /// <param name="number">Device number, from 1.</param>
    /// <param name="options">Sensors, settings, seed.</param>
    /// <param name="watch">Receives messages and changes of state.</param>
    /// <returns>The device.</returns>
    public SimulatedDevice Add(int number, DeviceOptions options, Action<SimulationEvent>? watch = null)
    {
        var device = new SimulatedDevice(number, Time, options, watch ?? (_ => { }), Signal);
        _devices.Add(device);
        return device;
    }

    /// <summary>Plans something for a moment of the world. Call it before the run or on its thread.</summary>
    /// <param name="ms">World milliseconds.</param>
    /// <param name="action">Done on the thread of the run, before the devices that are due then.</param>
    public void At(long ms, Action action) => _agenda.Plan(ms, action);

    /// <summary>
    /// Runs to a moment of the world: with the host's clock in real time, as fast as it goes in virtual time.
    /// </summary>
    /// <param name="endMs">World milliseconds; <see cref="long.MaxValue"/> for no end.</param>
    /// <param name="cancellation">Ends it earlier.</param>
    public void RunTo(long endMs, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.Register(Wake);
        while (Time.NowMs < endMs && !cancellation.IsCancellationRequested)
        {
            if (Time is VirtualTime)
            {
                Jump(endMs, cancellation);
            }
            else if (!StepAll())
            {
                _wake.WaitOne((int)Math.Clamp(Math.Min(endMs, _agenda.NextMs) - Time.NowMs, 0, LongestWaitMs));
            }
        }

        if (Time is VirtualTime)
        {
            Settle(cancellation);
        }
    }

    /// <summary>Lets all devices leave on purpose, for at most some seconds of the world's time.</summary>
    /// <param name="timeout">The time at most.</param>
    public void StopAll(TimeSpan timeout)
    {
        foreach (SimulatedDevice device in _devices)
        {
            device.Stop();
            Signal(device);
        }

        bool AllStopped() => _devices.TrueForAll(device => device.IsStopped);
        if (Time is not VirtualTime)
        {
            PumpUntil(AllStopped, timeout);
            return;
        }

        if (!_isStuck)
        {
            // The ports' work after DISCONNECT takes a little time too.
            RunUntil(AllStopped, (long)timeout.TotalMilliseconds);
            RunFor(AfterglowMs);
        }
    }

    /// <summary>Moves virtual time on by some milliseconds, through everything that is due meanwhile.</summary>
    /// <param name="ms">Milliseconds of virtual time.</param>
    public void RunFor(long ms) => RunTo(Time.NowMs + ms, CancellationToken.None);

    /// <summary>
    /// Does what is due and takes what comes in until a condition holds. Virtual time stands still.
    /// </summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="timeout">Real time at most.</param>
    /// <returns>Whether the condition held in time.</returns>
    public bool PumpUntil(Func<bool> condition, TimeSpan timeout)
    {
        var standstill = new Standstill(Time);
        long end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > end)
            {
                return false;
            }

            if (!StepAll() && !CatchUp())
            {
                _wake.WaitOne(PumpPollMs);
                standstill.Look();
            }
        }

        return true;
    }

    /// <summary>
    /// Moves virtual time on, from one due moment to the next, until a condition holds; before each jump whatever is
    /// under way outside the devices has come to its end.
    /// </summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="ms">Milliseconds of virtual time at most.</param>
    /// <param name="cancellation">Ends it earlier.</param>
    /// <returns>Whether the condition held in time.</returns>
    public bool RunUntil(Func<bool> condition, long ms, CancellationToken cancellation = default)
    {
        long end = Time.NowMs + ms;
        while (!condition())
        {
            if (Time.NowMs >= end || cancellation.IsCancellationRequested)
            {
                return false;
            }

            Jump(end, cancellation);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    // A chip that slept inside its last step (a sensor measures for 21 ms) is ahead of virtual time that stands still.
    private bool CatchUp()
    {
        if (Time is not VirtualTime time || time.Outstanding > 0)
        {
            return false;
        }

        long ahead = _devices.Where(device => device.Chip.AheadMs > 0).Select(device => device.Chip.ReadyAtMs).DefaultIfEmpty(0).Min();
        if (ahead == 0)
        {
            return false;
        }

        time.AdvanceTo(ahead);
        return true;
    }

    private void Jump(long end, CancellationToken cancellation)
    {
        Settle(cancellation);
        if (!cancellation.IsCancellationRequested)
        {
            var time = (VirtualTime)Time;
            time.AdvanceTo(Math.Min(end, Math.Min(_agenda.NextMs, time.NextWaiterMs)));
        }
    }

    // Until nothing is due now and nothing is under way outside. A step comes only after what is under way has ended, so
    // that what a device sees does not depend on the speed of the host.
    private void Settle(CancellationToken cancellation)
    {
        int rounds = 0;
        do
        {
            WaitForOutside(cancellation);
            if (++rounds > MostRoundsAtOnce)
            {
                throw Stuck("the devices do not come to rest");
            }
        }
        while (!cancellation.IsCancellationRequested && (_agenda.RunPlanned(Time.NowMs) || StepAll() || Time.Outstanding > 0));
    }

    private void WaitForOutside(CancellationToken cancellation)
    {
        var standstill = new Standstill(Time);
        while (Time.Outstanding > 0 && !cancellation.IsCancellationRequested)
        {
            _wake.WaitOne(OutstandingPollMs);
            standstill.Look();
            if (standstill.IsOver && Time.Outstanding > 0)
            {
                throw Stuck("still under way: " + Time.DescribeHolds());
            }
        }
    }

    private StandstillException Stuck(string why)
    {
        _isStuck = true;
        return new StandstillException($"virtual time stands still at {Time.UtcNow:yyyy-MM-dd HH:mm:ss}: {why}");
    }

    private bool StepAll()
    {
        bool any = _agenda.RunPlanned(Time.NowMs);
        _batch.Clear();
        while (_signalled.TryDequeue(out SimulatedDevice? device))
        {
            _batch.Add(device);
        }

        _agenda.TakeDue(Time.NowMs, _batch);

        // By number, not by arrival: the same run gives the same order.
        _batch.Sort((left, right) => left.Chip.Number.CompareTo(right.Chip.Number));
        for (int i = 0; i < _batch.Count; i++)
        {
            if (i == 0 || _batch[i] != _batch[i - 1])
            {
                _batch[i].Step();
                _agenda.Note(_batch[i]);
            }
        }

        return any || _batch.Count > 0;
    }

    private void Signal(SimulatedDevice device)
    {
        _signalled.Enqueue(device);
        Wake();
    }

    private void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // A worker of a port may end after the simulation has.
        }
    }
}
