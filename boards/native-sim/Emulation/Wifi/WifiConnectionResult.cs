namespace System.Device.Wifi;

public class WifiConnectionResult
{
    internal WifiConnectionResult(WifiConnectionStatus connectionStatus) => ConnectionStatus = connectionStatus;

    public WifiConnectionStatus ConnectionStatus { get; }
}
