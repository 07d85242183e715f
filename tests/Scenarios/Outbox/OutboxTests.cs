namespace Scenarios.Outbox;

[TestClass]
public sealed class OutboxTests
{
    [TestMethod]
    public void Readings_that_are_acknowledged_in_time_do_not_touch_flash()
    {
        var rig = new OutboxRig();
        rig.Measure(true);
        long before = rig.Chip.Flash.Writes;

        for (int i = 0; i < 40; i++)
        {
            rig.Measure(true);
        }

        Assert.AreEqual(before, rig.Chip.Flash.Writes);
        Assert.HasCount(41, rig.Arrived);
    }

    [TestMethod]
    public void Readings_of_an_outage_arrive_in_order_in_packs_with_their_times()
    {
        var rig = new OutboxRig();
        Take(rig, 100, isOnline: false);

        rig.Drain();

        CollectionAssert.AreEqual(Enumerable.Range(1, 100).ToArray(), rig.Arrived.Keys.ToArray());
        for (int reading = 2; reading <= 100; reading++)
        {
            Assert.AreEqual(13, rig.Times[reading] - rig.Times[reading - 1], 1);
        }

        Assert.IsLessThan(40, rig.PackSizes.Count);
        Assert.IsLessThanOrEqualTo(1024, rig.PackSizes.Max());
        int[] numbers = [.. rig.Arrived.Values.Select(list => list.Single()).Distinct()];
        CollectionAssert.AreEqual(Enumerable.Range(1, numbers.Length).ToArray(), numbers);
    }

    [TestMethod]
    public void A_pack_that_is_sent_again_is_the_same_and_has_the_same_number()
    {
        var rig = new OutboxRig();
        Take(rig, 5, isOnline: false);

        rig.SendOne(false);
        Take(rig, 5, isOnline: false);
        rig.SendOne(false);
        rig.Drain();

        Assert.AreEqual(rig.PackSizes[0], rig.PackSizes[1]);
        Assert.IsTrue(rig.Arrived.Values.All(numbers => numbers.Distinct().Count() == 1));
        Assert.HasCount(10, rig.Arrived);
    }

    [TestMethod]
    public void A_full_outbox_drops_the_oldest_counts_them_and_drains()
    {
        var rig = new OutboxRig(capacity: 4096);
        Take(rig, 1000, isOnline: false);
        int waiting = rig.Outbox.Count;

        rig.Drain();

        Assert.AreEqual(0, rig.Outbox.Count);
        Assert.AreEqual(1000 - waiting, rig.Counters.ReadingsDropped);
        Assert.HasCount(waiting, rig.Arrived);
        Assert.IsTrue(rig.Arrived.ContainsKey(1000));
        Assert.IsLessThanOrEqualTo(4096 + 200, Enumerable.Range(0, 64).Sum(i => Length(rig, "out" + i)));
    }

    [TestMethod]
    public void Full_flash_keeps_the_newest_in_RAM_and_drains_when_there_is_room_again()
    {
        var rig = new OutboxRig();
        rig.Chip.Flash.Full = true;
        Take(rig, 50, isOnline: false);

        rig.Drain();
        rig.Chip.Flash.Full = false;
        Take(rig, 50, isOnline: false);
        rig.Drain();

        Assert.IsTrue(Enumerable.Range(43, 58).All(rig.Arrived.ContainsKey));
        Assert.AreEqual(100 - rig.Arrived.Count, rig.Counters.ReadingsDropped);
    }

    [TestMethod]
    public void Outbox_larger_than_the_flash_goes_on_holding_what_fits()
    {
        var rig = new OutboxRig(capacity: 131072);
        int most = 0;
        for (int i = 0; i < 9000; i++)
        {
            rig.Measure(false);
            most = Math.Max(most, rig.Outbox.Count);
            Assert.IsGreaterThan(most * 9 / 10, rig.Outbox.Count);
        }

        int waiting = rig.Outbox.Count;
        rig.Drain();
        Assert.IsGreaterThan(3000, waiting);
        Assert.HasCount(waiting, rig.Arrived);
        Assert.AreEqual(9000 - waiting, rig.Counters.ReadingsDropped);
        AssertRising(rig);
    }

    [TestMethod]
    public void Outbox_leaves_room_for_other_files()
    {
        var rig = new OutboxRig(capacity: 131072);
        Take(rig, 6000, isOnline: false);
        using IDisposable scope = rig.Chip.Enter();
        Assert.IsTrue(rig.Storage.Replace("settings.a", new byte[4000]));
    }

    [TestMethod]
    public void Numbers_rise_when_a_write_fails_while_several_packs_wait()
    {
        var rig = new OutboxRig();
        for (int i = 0; i < 64; i++)
        {
            rig.Burst(5);
            rig.Storage.Refusals = i % 8 == 7 ? 1 : 0;
            rig.Pass(6_000);
        }

        rig.Drain();
        Assert.HasCount(320, rig.Arrived);
        AssertRising(rig);
    }

    [TestMethod]
    public void Readings_that_wait_together_are_written_together()
    {
        var rig = new OutboxRig();
        rig.Measure(false);
        long before = rig.Chip.Flash.Writes;
        for (int i = 0; i < 20; i++)
        {
            rig.Burst(6);
            rig.Pass(6_000);
        }

        // One write each time, and one more to begin a segment.
        Assert.IsLessThanOrEqualTo(before + 20 + (2 * 3), rig.Chip.Flash.Writes);
        rig.Boot();
        rig.Drain();
        Assert.HasCount(121, rig.Arrived);
        AssertRising(rig);
    }

    [TestMethod]
    public void Flash_takes_less_than_four_times_the_record_for_each_reading()
    {
        var rig = new OutboxRig();
        Take(rig, 1, isOnline: false);
        long before = rig.Chip.Flash.BytesWritten;

        Take(rig, 400, isOnline: false);

        double perReading = (rig.Chip.Flash.BytesWritten - before) / 400.0;
        Console.WriteLine($"{perReading:F1} bytes written for each reading of two values");
        Assert.IsLessThan(4 * 26, perReading);
    }

    [TestMethod]
    public void Readings_of_a_run_without_a_clock_are_dated_when_it_is_set()
    {
        var rig = new OutboxRig();
        rig.Clock.IsSynchronized = false;
        Take(rig, 10, isOnline: false);
        rig.Clock.IsSynchronized = true;
        Take(rig, 1, isOnline: false);

        rig.Clock.Now += 5_000_000;
        rig.Boot();
        rig.Drain();

        long first = 1_800_000_000 + 10;
        Assert.AreEqual(first, rig.Times[1], 2);
        Assert.AreEqual(first + (9 * 13), rig.Times[10], 2);
    }

    [TestMethod]
    public void Readings_that_go_before_the_clock_is_set_count_from_now()
    {
        var rig = new OutboxRig();
        rig.Clock.IsSynchronized = false;
        Take(rig, 3, isOnline: false);
        long now = rig.Clock.UtcSeconds;

        rig.Drain();

        Assert.AreEqual(now - 3, rig.Times[3], 2);
        Assert.AreEqual(now - 29, rig.Times[1], 2);
    }

    [TestMethod]
    public void A_restart_loses_nothing_that_was_on_flash()
    {
        var rig = new OutboxRig();
        Take(rig, 60, isOnline: false);

        rig.Boot();
        Take(rig, 60, isOnline: false);
        rig.Boot();
        rig.Drain();

        Assert.HasCount(120, rig.Arrived);
    }

    private static void Take(OutboxRig rig, int readings, bool isOnline)
    {
        for (int i = 0; i < readings; i++)
        {
            rig.Measure(isOnline);
        }
    }

    private static void AssertRising(OutboxRig rig)
    {
        int[] numbers = [.. rig.Arrived.Keys.Select(reading => rig.Arrived[reading].Single())];
        CollectionAssert.AreEqual(numbers.Order().ToArray(), numbers);
        CollectionAssert.AreEqual(rig.Arrived.Keys.Order().ToArray(), rig.Arrived.Keys.ToArray());
    }

    private static int Length(OutboxRig rig, string name)
    {
        using IDisposable scope = rig.Chip.Enter();
        return rig.Storage.ReadAt(name, 0, new byte[8192]);
    }
}
