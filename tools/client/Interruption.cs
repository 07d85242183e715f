using System.Runtime.InteropServices;

namespace M2m.Client;

/// <summary>Ctrl+C or a signal cancels <see cref="Token"/>; Ctrl+C after that ends the process at once.</summary>
public sealed class Interruption : IDisposable
{
    private const int ExitCodeOfSigint = 130;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _signals;

    public Interruption()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Called, on any thread, before the process ends at once.</summary>
    public Action? BeforeAbort { get; set; }

    /// <summary>Writes an exception that no thread caught, and gives the exit code.</summary>
    public Func<Exception, int>? Unhandled { get; set; }

    public CancellationToken Token => _source.Token;

    public void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended already.
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        BeforeAbort?.Invoke();
        if (Unhandled is { } unhandled)
        {
            Environment.Exit(unhandled((Exception)e.ExceptionObject));
        }
    }

    internal void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;

        // SIGTERM may come twice for one request: to the whole group of processes, and passed on by "dotnet run".
        if (Interlocked.Increment(ref _signals) == 1 || context.Signal != PosixSignal.SIGINT)
        {
            Cancel();
            return;
        }

        BeforeAbort?.Invoke();
        Environment.Exit(ExitCodeOfSigint);
    }
}
