using System.Collections.Concurrent;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// Runs many devices on one thread: it steps those that have a signal or whose time has come, and waits, or in virtual
/// time jumps, to the next moment at which one has something to do.
/// </summary>
public sealed class Scheduler : IDisposable
{
    /// <summary>Only a safeguard: whoever ends what is outstanding wakes the scheduler.</summary>
    private const int OutstandingPollMs = 20;
    private const int PumpPollMs = 1;
    private const int LongestWaitMs = 1000;
    private const int AfterglowMs = 1000;

    private readonly ConcurrentQueue<SimulatedDevice> _signalled = new();
    private readonly PriorityQueue<SimulatedDevice, long> _due = new();
    private readonly PriorityQueue<Action, (long DueMs, long Order)> _planned = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<SimulatedDevice> _devices = [];
    private readonly List<SimulatedDevice> _batch = [];
    private long _order;

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
    /// <param name="watch">Told of messages and changes of state.</param>
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
    public void At(long ms, Action action) => _planned.Enqueue(action, (ms, _order++));

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
                _wake.WaitOne((int)Math.Clamp(Math.Min(endMs, NextDueMs()) - Time.NowMs, 0, LongestWaitMs));
            }
        }

        if (Time is VirtualTime)
        {
            Settle(cancellation);
        }
    }

    /// <summary>Lets all devices leave on purpose, for at most some seconds: of the world's time, and of real time.</summary>
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

        // What the ports still do after a goodbye takes a little time too.
        using var limit = new CancellationTokenSource(timeout);
        RunUntil(AllStopped, (long)timeout.TotalMilliseconds, limit.Token);
        RunTo(Time.NowMs + AfterglowMs, limit.Token);
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
            time.AdvanceTo(Math.Min(end, Math.Min(NextDueMs(), time.NextWaiterMs)));
        }
    }

    // Until nothing is due now and nothing is under way outside. A step comes only after what is under way has ended, so
    // that what a device sees does not depend on the speed of the host.
    private void Settle(CancellationToken cancellation)
    {
        do
        {
            while (Time.Outstanding > 0 && !cancellation.IsCancellationRequested)
            {
                _wake.WaitOne(OutstandingPollMs);
            }
        }
        while (!cancellation.IsCancellationRequested && (RunPlanned() || StepAll() || Time.Outstanding > 0));
    }

    private bool StepAll()
    {
        bool any = RunPlanned();
        _batch.Clear();
        while (_signalled.TryDequeue(out SimulatedDevice? device))
        {
            _batch.Add(device);
        }

        while (_due.TryPeek(out SimulatedDevice? device, out long dueAt) && dueAt <= Time.NowMs)
        {
            _due.Dequeue();
            if (device.DueAtMs == dueAt)
            {
                _batch.Add(device);
            }
        }

        // In the order of their numbers, whoever came first: the same run gives the same order.
        _batch.Sort((left, right) => left.Chip.Number.CompareTo(right.Chip.Number));
        for (int i = 0; i < _batch.Count; i++)
        {
            if (i == 0 || _batch[i] != _batch[i - 1])
            {
                Step(_batch[i]);
            }
        }

        return any || _batch.Count > 0;
    }

    private bool RunPlanned()
    {
        bool any = false;
        while (_planned.TryPeek(out Action? action, out (long DueMs, long Order) key) && key.DueMs <= Time.NowMs)
        {
            _planned.Dequeue();
            action();
            any = true;
        }

        return any;
    }

    private void Step(SimulatedDevice device)
    {
        device.Step();
        if (device.DueAtMs != long.MaxValue)
        {
            _due.Enqueue(device, device.DueAtMs);
        }
    }

    private long NextDueMs()
    {
        long planned = _planned.TryPeek(out _, out (long DueMs, long Order) key) ? key.DueMs : long.MaxValue;
        while (_due.TryPeek(out SimulatedDevice? device, out long dueAt))
        {
            if (device.DueAtMs == dueAt)
            {
                return Math.Min(planned, dueAt);
            }

            _due.Dequeue();
        }

        return planned;
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
