using Cost.Counting;

namespace Cost;

/// <summary>Something a device does, done several times: what it costs is the mean.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Settings">The settings that the device starts with.</param>
/// <param name="Run">Does it once, counting only what belongs to it.</param>
internal sealed record Scenario(string Name, string Settings, Action<Session> Run)
{
    /// <summary>How often it is counted.</summary>
    public int Repetitions { get; init; } = 10;
}

/// <summary>A device in a scenario, and when to count.</summary>
internal sealed class Session(IDeviceRig rig)
{
    private const int MaxSteps = 1000;
    private const int FirstId = 100_000;
    private const int StepOfRunMs = 500;
    private const int IdleMs = 200;

    private int _requests;
    private int _pauseMs; // What is left of the pause that the last step asked for.

    public IDeviceRig Rig => rig;

    public void Boot(string? settings, bool isWake)
    {
        rig.Boot(settings, isWake);
        rig.Start();
        Settle();
    }

    /// <summary>Steps until there is nothing to do for a while, or the run is over.</summary>
    public void Settle()
    {
        for (int i = 0; i < MaxSteps; i++)
        {
            _pauseMs = rig.Advance();
            if (_pauseMs > 0 || rig.IsOver)
            {
                return;
            }
        }

        throw new InvalidOperationException("The loop never pauses.");
    }

    /// <summary>Runs the loop as a board does: it steps only when something is due.</summary>
    public void Run(int milliseconds)
    {
        for (int left = milliseconds; left > 0 && !rig.IsOver;)
        {
            int pause = Math.Min(_pauseMs, left);
            rig.Pass(pause);
            left -= pause;
            _pauseMs -= pause;
            if (_pauseMs == 0)
            {
                Settle();
            }
        }
    }

    /// <summary>Lets time go by up to a moment at which nothing is due for a while.</summary>
    public void RunToIdle()
    {
        do
        {
            Run(StepOfRunMs);
        }
        while (_pauseMs < IdleMs);
    }

    public static void Count(Action work)
    {
        Counters.IsCounting = true;
        try
        {
            work();
        }
        finally
        {
            Counters.IsCounting = false;
        }
    }

    /// <summary>A request with an id of its own; ids are of the same length.</summary>
    public void Request(string members, string client = "dashboard")
    {
        int id = FirstId + _requests++;
        rig.Request($$"""{"jsonrpc":"2.0","id":"{{id}}",{{members}},"from":"{{client}}"}""");
    }
}
