using System.Device.Wifi;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Emulation.Wifi;

/// <summary>
/// The adapters of a chip, and what its last scan has found. As on the device: each adapter learns of each scan, also one that another began,
/// and who reads the list first takes it away.
/// </summary>
internal sealed class ScanState
{
    private readonly Lock _gate = new();
    private readonly List<WifiAdapter> _adapters = [];
    private WifiAvailableNetwork[] _found = [];

    public static ScanState Of(SimulatedChip chip) => chip.PackageState(() => new ScanState());

    public void Add(WifiAdapter adapter)
    {
        lock (_gate)
        {
            _adapters.Add(adapter);
        }
    }

    public void Remove(WifiAdapter adapter)
    {
        lock (_gate)
        {
            _adapters.Remove(adapter);
        }
    }

    public WifiAvailableNetwork[] Take()
    {
        lock (_gate)
        {
            WifiAvailableNetwork[] found = _found;
            _found = [];
            return found;
        }
    }

    public WifiAdapter[] Keep(WifiAvailableNetwork[] found)
    {
        lock (_gate)
        {
            _found = found;
            return [.. _adapters];
        }
    }
}
