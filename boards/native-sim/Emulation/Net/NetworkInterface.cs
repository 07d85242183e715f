using Boards.NativeSim.Emulation.Net;
using Boards.NativeSim.World;
using nanoFramework.Networking;

namespace System.Net.NetworkInformation;

/// <summary>The Wi-Fi station interface of the current chip, the only one.</summary>
public class NetworkInterface
{
    private const string NoAddress = "0.0.0.0";
    private const string SimulatedGateway = "10.0.255.254";

    private readonly SimulatedChip _chip = SimulatedChip.Current;

    protected NetworkInterface(int interfaceIndex)
    {
    }

    public NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Wireless80211;

    public string IPv4Address => _chip.Radio.IsJoined ? State.Static?.IPAddress ?? _chip.Radio.IPv4Address : NoAddress;

    public string IPv4SubnetMask => _chip.Radio.IsJoined ? State.Static?.IPSubnetMask ?? "255.255.0.0" : NoAddress;

    public string IPv4GatewayAddress =>
        _chip.Radio.IsJoined ? State.Static?.IPGatewayAddress ?? SimulatedGateway : NoAddress;

    public string[] IPv4DnsAddresses => State.StaticDns ?? (_chip.Radio.IsJoined ? [SimulatedGateway] : []);

    public bool IsDhcpEnabled => State.Static is null;

    public bool IsAutomaticDnsEnabled => State.StaticDns is null;

    public byte[] PhysicalAddress
    {
        get => State.PhysicalAddress ?? _chip.Mac;
        set => State.PhysicalAddress = value;
    }

    public uint SpecificConfigId { get; set; }

    private InterfaceState State => InterfaceState.Of(_chip);

    public static bool GetIsNetworkAvailable() => SimulatedChip.Current.Radio.IsJoined;

    public static NetworkInterface[] GetAllNetworkInterfaces() => [new NetworkInterface(0)];

    public void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress) =>
        State.Use(new IPConfiguration(ipv4Address, ipv4SubnetMask, ipv4GatewayAddress));

    public void EnableDhcp() => State.Use(null);

    public void EnableStaticIPv4Dns(string[] dnsAddresses) => State.StaticDns = dnsAddresses;

    public void EnableAutomaticDns() => State.StaticDns = null;
}
