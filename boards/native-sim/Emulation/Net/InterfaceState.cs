using Boards.NativeSim.World;
using nanoFramework.Networking;

namespace Boards.NativeSim.Emulation.Net;

/// <summary>What the network interface of a chip is set to.</summary>
internal sealed class InterfaceState
{
    public IPConfiguration? Static { get; private set; }

    public string[]? StaticDns { get; set; }

    public byte[]? PhysicalAddress { get; set; }

    public static InterfaceState Of(SimulatedChip chip) => chip.PackageState(() => new InterfaceState());

    public void Use(IPConfiguration? address)
    {
        Static = address;
        StaticDns = address?.IPDns;
    }
}
