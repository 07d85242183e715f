using System.Runtime.InteropServices;

namespace M2m;

/// <summary>Ctrl+C or a signal ends what is going on; a second one ends the process at once.</summary>
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
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Called, on any thread, before the process ends at once.</summary>
    public Action? BeforeAbort { get; set; }

    /// <summary>Cancelled when it is to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _source.Cancel();
            return;
        }

        BeforeAbort?.Invoke();
        Environment.Exit(ExitCodeOfSigint);
    }
}
