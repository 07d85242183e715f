using Boards.Esp32;
using Boards.NativeSim.World;
using Firmware;
using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Security;
using Firmware.Settings;

namespace Boards.NativeSim;

/// <summary>The real firmware on the real port, as the simulation drives it.</summary>
public sealed class SimulatedProgram : IChipProgram
{
    private readonly DeviceTap _tap;
    private readonly Device _device;

    /// <summary>Puts the device together with nothing left of an earlier boot. Call it on the chip.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="host">Runs it.</param>
    public SimulatedProgram(SimulatedChip chip, IProgramHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var clock = new SimulatedClock(chip, host.Signal);
        var inbox = new Inbox(clock);
        _tap = new DeviceTap(chip, inbox, host);
        _tap.BeginStep();
        _tap.Connect(new MqttLink(_tap) { Credentials = new CredentialStore(new FileStorage(SimulatedBoard.StorageRoot)) }, new WifiStation(_tap));
        _device = SimulatedBoard.Build(clock, inbox, _tap, host.Updates);
    }

    /// <summary>The settings it runs on.</summary>
    public DeviceSettings Settings => _device.Settings;

    /// <inheritdoc/>
    public LinkState State => _device.Connection?.State switch
    {
        ConnectionState.Joining => LinkState.Joining,
        ConnectionState.Connecting => LinkState.Connecting,
        ConnectionState.Subscribing => LinkState.Subscribing,
        ConnectionState.Online => LinkState.Online,
        ConnectionState.BackingOff => LinkState.BackingOff,
        _ => LinkState.Off,
    };

    /// <inheritdoc/>
    public string? LastFailure => _device.Connection?.LastFailure;

    /// <inheritdoc/>
    public bool IsStopped => _device.IsStopped;

    /// <inheritdoc/>
    public DeviceFigures Figures => new(
        _device.Counters.Readings,
        _device.Counters.ReadingsDropped,
        _device.OutboxCount,
        _device.Counters.Reconnects);

    /// <inheritdoc/>
    public int Unacknowledged => _tap.Unacknowledged;

    /// <inheritdoc/>
    public void Start() => Within(() =>
    {
        _device.Start();
        return 0;
    });

    /// <inheritdoc/>
    public int Advance() => Within(_device.Step);

    /// <inheritdoc/>
    public void Leave() => Within(() =>
    {
        _device.Stop();
        return 0;
    });

    private int Within(Func<int> step)
    {
        _tap.BeginStep();
        try
        {
            return step();
        }
        finally
        {
            _tap.EndStep();
        }
    }
}
