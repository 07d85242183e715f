using Boards.NativeSim.Delivery;

namespace Scenarios.Outages;

[TestClass]
public sealed class BrokerKillTests
{
    private const int Kills = 50;
    private const int Seed = 20260101;

    private enum Moment
    {
        BeforeTheBrokerGetsAPack,
        InTheMiddleOfAPack,
        RightBehindAPack,
        BeforeTheDeviceGetsAnAcknowledgement,
        RightBehindAnAcknowledgement,
    }

    /// <summary>
    /// mosquitto runs without persistence: what it has acknowledged and not yet passed on dies with it, and no device
    /// could know. So that only the devices are judged, the receiver first gets all that was acknowledged to them; then
    /// mosquitto is killed, at any moment of the exchange of a pack. What is not acknowledged is the device's to keep.
    /// </summary>
    [TestMethod]
    public async Task Nothing_is_missing_after_mosquitto_was_killed_50_times_under_load()
    {
        var random = new Random(Seed);
        await using OutageBench bench = await OutageBench.StartAsync(Brokers.Mosquitto);
        await using var proxy = new TcpProxy(bench.Broker.Port);
        using var killer = new Killer(bench.Broker, bench.Receiver, proxy);
        proxy.Packet = killer.SeeAsync;
        bench.Boot(3, proxy.Port, interval: 1);

        long start = Environment.TickCount64;
        for (int i = 0; i < Kills; i++)
        {
            bench.RunUntilAllOnline();
            bench.RunFor(random.Next(20_000) / 1000.0);
            killer.Arm((Moment)(i % 5), random.Next(1, 8));
            bench.RunUntil(() => killer.Killed.IsCompleted, 900, "nothing was published");
            await killer.Killed;
            bench.RunFor(random.Next(30_000) / 1000.0);
            await bench.Broker.StartAsync();
            await bench.Receiver.ConnectAsync(bench.Broker.Port);
        }

        await bench.AssertNothingIsMissingAsync(1);
        Console.WriteLine($"{Kills} kills in {bench.Scheduler.Time.NowMs / 1000} virtual seconds, {Environment.TickCount64 - start} ms");
    }

    /// <summary>Kills the broker when the n-th packet of a kind comes by.</summary>
    private sealed class Killer(ITestBroker broker, Receiver receiver, TcpProxy proxy) : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly SemaphoreSlim _gate = new(1);
        private readonly List<(string Device, long Sequence)> _acknowledged = [];
        private TaskCompletionSource _killed = new();
        private Moment _moment;
        private int _countdown;

        public Task Killed => _killed.Task;

        public void Arm(Moment moment, int packets)
        {
            _killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _moment = moment;
            _countdown = packets;
        }

        public void Dispose() => _gate.Dispose();

        public async Task SeeAsync(TcpProxy.Link link, ProxyPacket packet)
        {
            ProxyPacket? acknowledged = null;
            if (packet.IsTelemetry)
            {
                link.Open[packet.MessageId] = packet;
            }
            else if (!packet.IsAcknowledgement || !link.Open.TryRemove(packet.MessageId, out acknowledged))
            {
                return;
            }

            await _gate.WaitAsync();
            try
            {
                bool fits = packet.IsTelemetry == _moment <= Moment.RightBehindAPack;
                if (_countdown > 0 && fits && !link.IsClosed && --_countdown == 0)
                {
                    await KillAsync(link, packet, acknowledged);
                }
                else if (acknowledged is not null && !link.IsClosed)
                {
                    Note(acknowledged);
                }
            }
            finally
            {
                _gate.Release();
            }
        }

        private async Task KillAsync(TcpProxy.Link link, ProxyPacket packet, ProxyPacket? acknowledged)
        {
            try
            {
                if (_moment == Moment.RightBehindAnAcknowledgement)
                {
                    Note(acknowledged!);
                }

                await LetReceiverCatchUpAsync();
                int pass = _moment switch
                {
                    Moment.InTheMiddleOfAPack => packet.Bytes.Length / 2,
                    Moment.RightBehindAPack or Moment.RightBehindAnAcknowledgement => packet.Bytes.Length,
                    _ => 0,
                };
                await link.TryPassAsync(packet, pass);
                await broker.KillAsync();

                // What the dead one has still sent to others does not get through.
                proxy.Cut(reset: false);
                _killed.SetResult();
            }
            catch (Exception e)
            {
                _killed.TrySetException(e);
            }
        }

        private void Note(ProxyPacket acknowledged) =>
            _acknowledged.Add((acknowledged.Topic.Split('/')[1], PackReadings.Read(acknowledged.Pack)!.Sequence!.Value));

        private async Task LetReceiverCatchUpAsync()
        {
            long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
            while (!_acknowledged.TrueForAll(pack => receiver[pack.Device].Has(pack.Sequence)))
            {
                Assert.IsLessThan(end, Environment.TickCount64, "the broker does not deliver what it has acknowledged");
                await Task.Delay(1);
            }

            _acknowledged.Clear();
        }
    }
}
