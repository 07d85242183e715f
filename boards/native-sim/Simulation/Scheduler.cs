using System.Collections.Concurrent;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// Runs many devices on one thread: it steps those that have a signal or whose time has come, and waits, or in virtual
/// time jumps, to the next moment at which one has something to do.
/// </summary>
public sealed class Scheduler : IDisposable
{
    private const int OutstandingPollMs = 1;
    private const int LongestWaitMs = 1000;

    private readonly ConcurrentQueue<SimulatedDevice> _signalled = new();
    private readonly PriorityQueue<SimulatedDevice, long> _due = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<SimulatedDevice> _devices = [];

    /// <summary>Creates a scheduler.</summary>
    /// <param name="time">The world's time, real or virtual.</param>
    public Scheduler(WorldTime time)
    {
        Time = time;
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

    /// <summary>Runs in real time until it is cancelled.</summary>
    /// <param name="cancellation">Ends it.</param>
    public void RunUntil(CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.Register(() => _wake.Set());
        while (!cancellation.IsCancellationRequested)
        {
            if (!StepAll())
            {
                _wake.WaitOne((int)Math.Clamp(NextDueMs() - Time.NowMs, 0, LongestWaitMs));
            }
        }
    }

    /// <summary>Lets all devices leave on purpose, for at most some seconds of real time.</summary>
    /// <param name="timeout">Real time at most.</param>
    public void StopAll(TimeSpan timeout)
    {
        foreach (SimulatedDevice device in _devices)
        {
            device.Stop();
            Signal(device);
        }

        PumpUntil(() => _devices.TrueForAll(device => device.IsStopped), timeout);
    }

    /// <summary>Moves virtual time on by some milliseconds, through everything that is due meanwhile.</summary>
    /// <param name="ms">Milliseconds of virtual time.</param>
    public void RunFor(long ms) => RunTo(Time.NowMs + ms);

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
                _wake.WaitOne(OutstandingPollMs);
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
    /// <returns>Whether the condition held in time.</returns>
    public bool RunUntil(Func<bool> condition, long ms)
    {
        long end = Time.NowMs + ms;
        while (!condition())
        {
            if (Time.NowMs >= end)
            {
                return false;
            }

            Jump(end);
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

    private void RunTo(long end)
    {
        while (Time.NowMs < end)
        {
            Jump(end);
        }

        Settle();
    }

    private void Jump(long end)
    {
        Settle();
        var time = (VirtualTime)Time;
        time.AdvanceTo(Math.Min(end, Math.Min(NextDueMs(), time.NextWaiterMs)));
    }

    // Until nothing is due now and nothing is under way outside.
    private void Settle()
    {
        while (StepAll() || Time.Outstanding > 0)
        {
            if (_signalled.IsEmpty)
            {
                _wake.WaitOne(OutstandingPollMs);
            }
        }
    }

    private bool StepAll()
    {
        bool any = false;
        for (int count = _signalled.Count; count > 0 && _signalled.TryDequeue(out SimulatedDevice? device); count--)
        {
            Step(device);
            any = true;
        }

        while (_due.TryPeek(out SimulatedDevice? device, out long dueAt) && dueAt <= Time.NowMs)
        {
            _due.Dequeue();
            if (device.DueAtMs == dueAt)
            {
                Step(device);
                any = true;
            }
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
        while (_due.TryPeek(out SimulatedDevice? device, out long dueAt))
        {
            if (device.DueAtMs == dueAt)
            {
                return dueAt;
            }

            _due.Dequeue();
        }

        return long.MaxValue;
    }

    private void Signal(SimulatedDevice device)
    {
        _signalled.Enqueue(device);
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
