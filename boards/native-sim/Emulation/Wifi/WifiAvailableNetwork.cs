namespace System.Device.Wifi;

public class WifiAvailableNetwork
{
    public string Bsid { get; internal set; } = string.Empty;

    public string Ssid { get; internal set; } = string.Empty;

    public WifiNetworkKind NetworkKind => WifiNetworkKind.Any;

    public double NetworkRssiInDecibelMilliwatts { get; internal set; }

    public byte SignalBars => NetworkRssiInDecibelMilliwatts switch
    {
        > -55 => 4,
        > -75 => 3,
        > -85 => 2,
        > -96 => 1,
        _ => 0,
    };
}
