using System.Device.Wifi;
using Boards.NativeSim.Emulation.Wifi;

namespace nanoFramework.Networking;

/// <summary>
/// Statics of the device are the current chip's here. A cancellation token counts the host's time, so an attempt also
/// gives up by itself after the radio's JoinTimeoutMs of the chip's time.
/// </summary>
public static class WifiNetworkHelper
{
    public static ManualResetEvent NetworkReady => WifiHelperState.Current.NetworkReady;

    public static NetworkHelperStatus Status => WifiHelperState.Current.Status;

    public static Exception? HelperException => WifiHelperState.Current.HelperException;

    public static WifiAdapter? WifiAdapter => WifiHelperState.Current.Adapter;

    public static void SetupNetworkHelper(bool requiresDateTime = false) =>
        WifiHelperState.Current.Setup(null, null, WifiReconnectionKind.Automatic, requiresDateTime);

    public static void SetupNetworkHelper(IPConfiguration ipConfiguration, bool requiresDateTime = false) =>
        WifiHelperState.Current.Setup(null, null, WifiReconnectionKind.Automatic, requiresDateTime, ipConfiguration);

    public static void SetupNetworkHelper(
        string ssid,
        string password,
        WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
        bool requiresDateTime = false) =>
        WifiHelperState.Current.Setup(ssid, password, reconnectionKind, requiresDateTime);

    public static void Disconnect() => WifiHelperState.Current.Disconnect();

    public static bool ConnectDhcp(
        string ssid,
        string password,
        WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
        bool requiresDateTime = false,
        int wifiAdapterId = 0,
        CancellationToken token = default) =>
        WifiHelperState.Current.Connect(ssid, password, reconnectionKind, requiresDateTime, token);

    public static bool ConnectFixAddress(
        string ssid,
        string password,
        IPConfiguration ipConfiguration,
        WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
        bool requiresDateTime = false,
        int WifiAdapter = 0,
        CancellationToken token = default) =>
        WifiHelperState.Current.Connect(ssid, password, reconnectionKind, requiresDateTime, token, ipConfiguration);

    public static bool ScanAndConnectDhcp(
        string ssid,
        string password,
        WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
        bool requiresDateTime = false,
        int WifiAdapter = 0,
        CancellationToken token = default) =>
        WifiHelperState.Current.Connect(ssid, password, reconnectionKind, requiresDateTime, token);

    public static bool Reconnect(bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default) =>
        WifiHelperState.Current.Reconnect(requiresDateTime, token);

    public static void Reset() => WifiHelperState.Current.Reset();
}
