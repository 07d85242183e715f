using Boards.NativeSim.Emulation.Net;
using Boards.NativeSim.World;
using nanoFramework.Networking;

namespace System.Net.NetworkInformation;

/// <summary>The interfaces of the current chip: the Wi-Fi station, and its soft access point.</summary>
public class NetworkInterface
{
    private const string NoAddress = "0.0.0.0";
    private const string SimulatedGateway = "10.0.255.254";

    private readonly SimulatedChip _chip = SimulatedChip.Current;
    private readonly bool _isAccessPoint;

    protected NetworkInterface(int interfaceIndex) => _isAccessPoint = interfaceIndex == 1;

    public NetworkInterfaceType NetworkInterfaceType => _isAccessPoint ? NetworkInterfaceType.WirelessAP : NetworkInterfaceType.Wireless80211;

    public string IPv4Address => _isAccessPoint ? OwnAddress ?? NoAddress
        : _chip.Radio.IsJoined ? State.Static?.IPAddress ?? _chip.Radio.IPv4Address : NoAddress;

    public string IPv4SubnetMask => _isAccessPoint ? (OwnAddress is null ? NoAddress : "255.255.255.0")
        : _chip.Radio.IsJoined ? State.Static?.IPSubnetMask ?? "255.255.0.0" : NoAddress;

    public string IPv4GatewayAddress => _isAccessPoint ? OwnAddress ?? NoAddress
        : _chip.Radio.IsJoined ? State.Static?.IPGatewayAddress ?? SimulatedGateway : NoAddress;

    public string[] IPv4DnsAddresses => State.StaticDns ?? (_chip.Radio.IsJoined ? [SimulatedGateway] : []);

    public bool IsDhcpEnabled => !_isAccessPoint && State.Static is null;

    public bool IsAutomaticDnsEnabled => State.StaticDns is null;

    public byte[] PhysicalAddress
    {
        get => State.PhysicalAddress ?? _chip.Mac;
        set => State.PhysicalAddress = value;
    }

    public uint SpecificConfigId { get; set; }

    private InterfaceState State => InterfaceState.Of(_chip);

    private string? OwnAddress => _chip.Radio.SoftAccessPoint.IsOn ? _chip.Radio.SoftAccessPoint.Address : null;

    public static bool GetIsNetworkAvailable() => SimulatedChip.Current.Radio.IsJoined;

    public static NetworkInterface[] GetAllNetworkInterfaces() => [new NetworkInterface(0), new NetworkInterface(1)];

    /// <remarks>As on the device: what is stored first can then not be applied to an interface that is down.</remarks>
    public void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress)
    {
        if (!_isAccessPoint)
        {
            State.Use(new IPConfiguration(ipv4Address, ipv4SubnetMask, ipv4GatewayAddress));
            return;
        }

        _chip.Radio.SoftAccessPoint.StoredAddress = ipv4Address;
        if (!_chip.Radio.SoftAccessPoint.IsOn)
        {
            throw new NotSupportedException();
        }
    }

    public void EnableDhcp() => State.Use(null);

    public void EnableStaticIPv4Dns(string[] dnsAddresses) => State.StaticDns = dnsAddresses;

    public void EnableAutomaticDns() => State.StaticDns = null;
}
