using System.Runtime.InteropServices;

namespace Boards.NativeSim;

/// <summary>
/// What interrupts a run: Ctrl+C, a signal, or output that nobody takes. A second Ctrl+C ends the
/// process at once, and so does an exception that nobody caught.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int ExitCodeOfSigint = 130;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _signals;

    /// <summary>Begins to listen.</summary>
    public Interruption()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Called, on any thread, before the process ends at once.</summary>
    public Action? BeforeAbort { get; set; }

    /// <summary>Cancelled when the run is to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Ends the run.</summary>
    public void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        BeforeAbort?.Invoke();
        Environment.Exit(Program.Fail((Exception)e.ExceptionObject));
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            Cancel();
            return;
        }

        BeforeAbort?.Invoke();
        Environment.Exit(ExitCodeOfSigint);
    }
}
