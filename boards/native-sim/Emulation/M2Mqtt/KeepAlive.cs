namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>Pings a broker that has received nothing for a while, and gives up one that does not respond. It counts the host's time, as the broker does.</summary>
internal sealed class KeepAlive : IDisposable
{
    private const int TickMs = 500;

    private readonly long _periodMs;
    private readonly Action _ping;
    private readonly Action _giveUp;
    private readonly Timer _ticks;
    private long _sentTicks = Environment.TickCount64;
    private long _pingTicks;

    public KeepAlive(long periodMs, Action ping, Action giveUp)
    {
        _periodMs = periodMs;
        _ping = ping;
        _giveUp = giveUp;
        _ticks = new Timer(_ => Tick(), null, TickMs, TickMs);
    }

    public void Sent() => Volatile.Write(ref _sentTicks, Environment.TickCount64);

    public void Answered() => Volatile.Write(ref _pingTicks, 0);

    public void Dispose() => _ticks.Dispose();

    private void Tick()
    {
        long now = Environment.TickCount64;
        long pingTicks = Volatile.Read(ref _pingTicks);
        if (pingTicks != 0)
        {
            if (now - pingTicks >= _periodMs)
            {
                _giveUp();
            }
        }
        else if (now - Volatile.Read(ref _sentTicks) >= _periodMs)
        {
            Volatile.Write(ref _pingTicks, now);
            _ping();
        }
    }
}
