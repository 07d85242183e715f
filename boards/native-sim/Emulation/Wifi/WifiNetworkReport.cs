namespace System.Device.Wifi;

public class WifiNetworkReport
{
    internal WifiNetworkReport(WifiAvailableNetwork[] availableNetworks) => AvailableNetworks = availableNetworks;

    public WifiAvailableNetwork[] AvailableNetworks { get; }
}
