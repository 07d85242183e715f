using Boards.NativeSim.Emulation.Wifi;
using Boards.NativeSim.World;

namespace System.Device.Wifi;

/// <summary>The one adapter of the current chip. Connecting blocks until joined, refused or given up.</summary>
public sealed class WifiAdapter : IDisposable
{
    private const int ScanMs = 2_000;

    private readonly SimulatedChip _chip = SimulatedChip.Current;
    private readonly ScanState _scans;

    internal WifiAdapter()
    {
        _scans = ScanState.Of(_chip);
        _scans.Add(this);
    }

    public event AvailableNetworksChangedEventHandler? AvailableNetworksChanged;

    public int NetworkInterface => 0;

    public WifiNetworkReport NetworkReport => new(_scans.Take());

    public static WifiAdapter[] FindAllAdapters() => [new WifiAdapter()];

    public WifiConnectionResult Connect(
        WifiAvailableNetwork availableNetwork,
        WifiReconnectionKind reconnectionKind,
        string passwordCredential) => Connect(availableNetwork.Ssid, reconnectionKind, passwordCredential);

    public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
    {
        JoinOutcome outcome = Join(ssid, reconnectionKind, passwordCredential, CancellationToken.None);
        return new WifiConnectionResult(outcome switch
        {
            JoinOutcome.Joined => WifiConnectionStatus.Success,
            JoinOutcome.WrongPassword => WifiConnectionStatus.InvalidCredential,
            JoinOutcome.NotFound => WifiConnectionStatus.NetworkNotAvailable,
            _ => WifiConnectionStatus.UnspecifiedFailure,
        });
    }

    public void Disconnect() => _chip.Radio.Leave();

    public void SetDeviceName(string deviceName)
    {
        if (string.IsNullOrEmpty(deviceName) || deviceName.Length > 32)
        {
            throw new ArgumentException();
        }
    }

    public void ScanAsync()
    {
        if (!_chip.Radio.SoftAccessPoint.HasStation)
        {
            throw new InvalidOperationException();
        }

        WorldHold hold = _chip.Time.Begin("scan", _chip.Number);
        _ = Task.Run(() => Scan(hold));
    }

    public void Dispose()
    {
        _scans.Remove(this);
        GC.SuppressFinalize(this);
    }

    internal JoinOutcome Join(string ssid, WifiReconnectionKind kind, string? password, CancellationToken token)
    {
        AccessPoint? before = _chip.Radio.Stored;
        string name = NativeText.Fit(ssid, NativeText.SsidBytes, before?.Ssid)!;
        string? key = NativeText.Fit(password, NativeText.PasswordBytes, before?.Password);
        using (_chip.Time.BeginWorker("join", _chip.Number))
        {
            return _chip.Radio.Join(name, key, kind == WifiReconnectionKind.Automatic, token);
        }
    }

    private async Task Scan(WorldHold hold)
    {
        int boot = _chip.Boot;
        try
        {
            await _chip.Time.Delay(hold, ScanMs).ConfigureAwait(false);
            if (!_chip.Runs(boot))
            {
                return;
            }

            WifiAdapter[] adapters = _scans.Keep([.. _chip.Radio.Scan().Select((ap, i) => new WifiAvailableNetwork
            {
                Bsid = $"02-AA-00-00-00-{i:X2}",
                Ssid = ap.Ssid,
                NetworkRssiInDecibelMilliwatts = ap.RssiDbm,
            })]);
            Array.ForEach(adapters, adapter => adapter.AvailableNetworksChanged?.Invoke(adapter, EventArgs.Empty));
        }
        finally
        {
            hold.End();
        }
    }
}
