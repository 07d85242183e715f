using System.Collections.Concurrent;
using System.Net;

namespace Boards.NativeSim.World;

/// <summary>
/// A chip's own access point. Its mode is read from what is stored when the chip starts. On the host its sockets are on
/// loopback, at ports that the host chooses.
/// </summary>
public sealed class SimulatedAccessPoint
{
    private readonly SimulatedChip _chip;
    private readonly ConcurrentDictionary<int, IPEndPoint> _ports = new();

    internal SimulatedAccessPoint(SimulatedChip chip) => _chip = chip;

    /// <summary>Something listens at a port of the access point. Raised on any thread.</summary>
    public event EventHandler<int>? Listening;

    /// <summary>The name with which it opens at the next start; null to stay closed.</summary>
    public string? StoredName { get; set; }

    /// <summary>The address that it has from the next start on.</summary>
    public string? StoredAddress { get; set; }

    /// <summary>Whether the station is enabled from the next start on: without it the access point does not open either.</summary>
    public bool StoresStation { get; set; } = true;

    /// <summary>It does not open, whatever is stored: a fault.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Nothing can be stored of it any more: a fault.</summary>
    public bool CannotStore { get; set; }

    /// <summary>Whether it is on the air.</summary>
    public bool IsOn => Name is not null;

    /// <summary>Its name on the air; null while it is closed.</summary>
    public string? Name { get; private set; }

    /// <summary>Its address; null while it is closed.</summary>
    public string? Address { get; private set; }

    /// <summary>Whether the station works, and with it scans.</summary>
    public bool HasStation { get; private set; } = true;

    /// <summary>Where on the host one of its ports is.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The place; null while nothing listens there.</returns>
    public IPEndPoint? At(int port) => _ports.GetValueOrDefault(port);

    /// <summary>Something listens there from now on.</summary>
    /// <param name="port">The port.</param>
    /// <param name="host">Where it is on the host.</param>
    public void Open(int port, IPEndPoint host)
    {
        _ports[port] = host;
        Listening?.Invoke(_chip, port);
    }

    /// <summary>Nothing listens there any more.</summary>
    /// <param name="host">Where it was on the host.</param>
    public void Close(IPEndPoint host)
    {
        foreach ((int port, IPEndPoint place) in _ports)
        {
            if (place.Equals(host))
            {
                _ports.TryRemove(port, out _);
            }
        }
    }

    internal void PowerOn()
    {
        HasStation = StoresStation;
        Name = StoresStation && !IsBroken ? StoredName : null;
        Address = Name is null ? null : StoredAddress;
    }
}
