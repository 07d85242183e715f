using Boards.NativeSim.World;
using Firmware.Platform;

namespace Boards.NativeSim;

/// <summary>
/// Stands between the firmware and the port's access point: while it listens its worker holds time unless it waits, and a chip
/// that joins any network knows one.
/// </summary>
internal sealed class AccessPointTap : IAccessPoint
{
    private readonly SimulatedChip _chip = SimulatedChip.Current;
    private readonly IAccessPoint _port;
    private WorldHold? _hold;

    /// <param name="port">The port's.</param>
    public AccessPointTap(IAccessPoint port) => _port = port;

    /// <inheritdoc/>
    public bool IsOn => _port.IsOn;

    /// <inheritdoc/>
    public bool KnowsNetwork => _port.KnowsNetwork || (_chip.Radio.Stored is null && _chip.Radio.AcceptsAny);

    /// <inheritdoc/>
    public bool Store(string? name) => _port.Store(name);

    /// <inheritdoc/>
    public bool Listen(IAccessPointService service)
    {
        _hold = _chip.Time.Begin("the set-up page", _chip.Number);
        _chip.PoweredOff += OnPoweredOff;
        using IDisposable flow = _hold.Enter();
        bool listens = _port.Listen(service);
        if (!listens)
        {
            End();
        }

        return listens;
    }

    /// <inheritdoc/>
    public void Stop()
    {
        _port.Stop();
        End();
    }

    /// <inheritdoc/>
    public bool Scan() => _port.Scan();

    /// <inheritdoc/>
    public int Found(string[] names, int[] signalsDbm) => _port.Found(names, signalsDbm);

    private void OnPoweredOff(object? sender, EventArgs e) => End();

    private void End()
    {
        _chip.PoweredOff -= OnPoweredOff;
        _hold?.End();
        _hold = null;
    }
}
