using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using nanoFramework.M2Mqtt;
using Scenarios.Outages;

namespace Scenarios;

/// <summary>What holds virtual time, and who lets it go on.</summary>
[TestClass]
public sealed class StandstillTests
{
    [TestMethod]
    public void What_never_ends_is_an_error_that_names_it()
    {
        using var scheduler = new Scheduler(new VirtualTime());
        scheduler.Time.StandstillMs = 100;
        scheduler.Time.Begin("something forgotten", 7);

        StandstillException e = Assert.ThrowsExactly<StandstillException>(() => scheduler.RunFor(1000));

        StringAssert.Contains(e.Message, "something forgotten of device 7");
        Assert.AreEqual(0, scheduler.Time.NowMs);
    }

    [TestMethod]
    public void A_world_that_stands_still_does_not_wait_for_its_devices_to_leave()
    {
        using var scheduler = new Scheduler(new VirtualTime());
        scheduler.Time.StandstillMs = 100;
        scheduler.Time.Begin("something forgotten");
        Assert.ThrowsExactly<StandstillException>(() => scheduler.RunFor(1000));

        scheduler.StopAll(TimeSpan.FromSeconds(5));

        Assert.AreEqual(0, scheduler.Time.NowMs);
    }

    [TestMethod]
    public void An_answer_that_does_not_come_is_given_up()
    {
        using var scheduler = new Scheduler(new VirtualTime());
        scheduler.Time.AnswerPatienceMs = 100;
        scheduler.Time.Begin("an answer", 1, HoldKind.Answer);

        scheduler.RunFor(1000);

        Assert.AreEqual(1000, scheduler.Time.NowMs);
    }

    [TestMethod]
    public void A_wait_that_is_cancelled_holds_time_again()
    {
        var time = new VirtualTime();
        using var cancelled = new CancellationTokenSource();
        WorldHold hold = time.Begin("a wait");
        Task wait = time.Delay(hold, 1000, cancelled.Token);
        Assert.AreEqual(0, time.Outstanding);

        cancelled.Cancel();

        Assert.IsTrue(wait.IsCanceled);
        Assert.AreEqual(1, time.Outstanding);
        Assert.AreEqual(long.MaxValue, time.NextWaiterMs);
    }

    [TestMethod]
    public void What_ended_while_it_slept_holds_nothing_when_it_wakes()
    {
        var time = new VirtualTime();
        WorldHold hold = time.Begin("a wait");
        Task wait = time.Delay(hold, 1000);
        hold.End();

        time.AdvanceBy(1000);

        Assert.IsTrue(wait.IsCompleted);
        Assert.AreEqual(0, time.Outstanding);
    }

    [TestMethod]
    public async Task A_broker_that_accepts_and_says_nothing_costs_the_time_of_the_world()
    {
        await using OutageBench bench = await OutageBench.StartAsync();
        await using var proxy = new TcpProxy(bench.Broker.Port);
        bench.Stall(proxy);
        double? failedAfter = null;
        bench.Boot(1, proxy.Port, 60, watch: e =>
            failedAfter ??= e.Reason is null ? null : (e.Time - bench.Scheduler.Time.StartUtc).TotalSeconds);

        bench.RunFor(120);
        bench.Release(proxy);
        bench.RunUntilAllOnline();

        Assert.AreEqual(MqttSettings.DefaultTimeout / 1000.0, failedAfter!.Value, 1);
    }
}
