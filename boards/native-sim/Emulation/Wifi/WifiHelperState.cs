using System.Device.Wifi;
using Boards.NativeSim.Emulation.Net;
using Boards.NativeSim.World;
using nanoFramework.Networking;

namespace Boards.NativeSim.Emulation.Wifi;

/// <summary>What the helper keeps in statics on a device.</summary>
internal sealed class WifiHelperState(SimulatedChip chip)
{
    private const int ClockPollMs = 1_000;

    private bool _instantiated;

    public static WifiHelperState Current
    {
        get
        {
            SimulatedChip chip = SimulatedChip.Current;
            return chip.PackageState(() => new WifiHelperState(chip));
        }
    }

    public ManualResetEvent NetworkReady { get; private set; } = new(false);

    public NetworkHelperStatus Status { get; private set; }

    public Exception? HelperException { get; private set; }

    public WifiAdapter? Adapter { get; private set; }

    public void Setup(
        string? ssid,
        string? password,
        WifiReconnectionKind kind,
        bool requiresDateTime,
        IPConfiguration? address = null)
    {
        if (_instantiated)
        {
            throw new InvalidOperationException();
        }

        _instantiated = true;
        Adapter = WifiAdapter.FindAllAdapters()[0];
        Status = NetworkHelperStatus.Started;
        InterfaceState.Of(chip).Use(address);
        WifiAdapter adapter = Adapter;
        var worker = new Thread(() => Caught(() =>
        {
            bool joined = string.IsNullOrEmpty(ssid)
                ? Counted(() => chip.Radio.WaitJoined())
                : adapter.Join(ssid, kind, password, CancellationToken.None) == JoinOutcome.Joined;
            return Ready(joined, requiresDateTime, CancellationToken.None);
        }));
        worker.IsBackground = true;
        worker.Start();
    }

    public bool Connect(
        string ssid,
        string? password,
        WifiReconnectionKind kind,
        bool requiresDateTime,
        CancellationToken token,
        IPConfiguration? address = null)
    {
        WifiAdapter adapter = Adapter = WifiAdapter.FindAllAdapters()[0];
        InterfaceState.Of(chip).Use(address);
        token = OfThisWorld(token);
        return Caught(() =>
        {
            bool joined = (chip.Radio.IsJoined && chip.Radio.Ssid == ssid)
                || adapter.Join(ssid, kind, password, token) == JoinOutcome.Joined;
            return Ready(joined, requiresDateTime, token);
        });
    }

    public bool Reconnect(bool requiresDateTime, CancellationToken token)
    {
        Adapter = WifiAdapter.FindAllAdapters()[0];
        token = OfThisWorld(token);
        return Caught(() => Ready(Counted(() => chip.Radio.WaitJoined(token)), requiresDateTime, token));
    }

    public void Disconnect()
    {
        Adapter?.Disconnect();
        Adapter?.Dispose();
        Adapter = null;
    }

    public void Reset()
    {
        _instantiated = false;
        NetworkReady = new ManualResetEvent(false);
        Status = NetworkHelperStatus.None;
        HelperException = null;
    }

    // A token counts the host's time, which must not decide anything in virtual time: there the radio's own limit counts.
    private CancellationToken OfThisWorld(CancellationToken token) => chip.Time is VirtualTime ? CancellationToken.None : token;

    // The helper throws nothing: it tells by its status.
    private bool Caught(Func<bool> attempt)
    {
        try
        {
            return attempt();
        }
        catch (Exception e)
        {
            HelperException = e;
            Status = NetworkHelperStatus.ExceptionOccurred;
            return false;
        }
    }

    private bool Ready(bool joined, bool requiresDateTime, CancellationToken token)
    {
        if (!joined)
        {
            Status = NetworkHelperStatus.TokenExpiredWaitingIPAddress;
            return false;
        }

        if (requiresDateTime && !Counted(() => WaitForClock(token)))
        {
            Status = NetworkHelperStatus.TokenExpiredWaitingDateTime;
            return false;
        }

        Status = NetworkHelperStatus.NetworkIsReady;
        NetworkReady.Set();
        return true;
    }

    private bool WaitForClock(CancellationToken token)
    {
        if (!chip.Clock.AsksServer)
        {
            chip.Clock.StartAsking();
        }

        long untilMs = chip.NowMs + chip.Radio.JoinTimeoutMs;
        while (!chip.ClockSynchronized)
        {
            if (token.IsCancellationRequested || chip.NowMs >= untilMs)
            {
                return false;
            }

            chip.Sleep(ClockPollMs);
        }

        return true;
    }

    private bool Counted(Func<bool> wait)
    {
        using (chip.Time.BeginWorker("join", chip.Number))
        {
            return wait();
        }
    }
}
