using System.Net.NetworkInformation;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Emulation.Net;

/// <summary>Turns the radio's events into those of one boot of the firmware.</summary>
internal sealed class NetworkChangeState
{
    private readonly SimulatedChip _chip;
    private readonly int _boot;

    private NetworkChangeState(SimulatedChip chip)
    {
        _chip = chip;
        _boot = chip.Boot;
        chip.Radio.LinkJoined += OnJoined;
        chip.Radio.LinkDropped += OnDropped;
    }

    public event NetworkAddressChangedEventHandler? AddressChanged;

    public event NetworkAvailabilityChangedEventHandler? AvailabilityChanged;

    public static NetworkChangeState Current
    {
        get
        {
            SimulatedChip chip = SimulatedChip.Current;
            return chip.PackageState(() => new NetworkChangeState(chip));
        }
    }

    private void OnJoined(object? sender, EventArgs e) => Raise(available: true);

    private void OnDropped(object? sender, EventArgs e) => Raise(available: false);

    private void Raise(bool available)
    {
        if (!_chip.Runs(_boot))
        {
            _chip.Radio.LinkJoined -= OnJoined;
            _chip.Radio.LinkDropped -= OnDropped;
            return;
        }

        using (_chip.Enter())
        {
            AvailabilityChanged?.Invoke(null!, new NetworkAvailabilityEventArgs(available));
            AddressChanged?.Invoke(null!, EventArgs.Empty);
        }
    }
}
