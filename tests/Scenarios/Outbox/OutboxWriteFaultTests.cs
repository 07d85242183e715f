namespace Scenarios.Outbox;

/// <summary>Each write of a run fails, alone and together with the next, behind each of its bytes; then the device restarts.</summary>
[TestClass]
public sealed class OutboxWriteFaultTests
{
    private const int Bursts = 7;
    private const int Burst = 4;
    private const int Kept = 120;

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(1, true)]
    [DataRow(2, false)]
    public void Write_that_fails_in_part_costs_nothing_and_sends_nothing_under_two_numbers(int inARow, bool isDamaged)
    {
        int writes = Run(0, 0, 0, false, Bursts).Storage.Appends;
        Assert.IsGreaterThanOrEqualTo(Bursts, writes);
        for (int write = 1; write <= writes; write++)
        {
            for (int kept = 0; kept <= Kept; kept++)
            {
                for (int restart = 0; restart < Bursts; restart++)
                {
                    Check(Run(write, inARow, kept, isDamaged, restart), $"write {write} failed behind {kept} bytes, restart after burst {restart}");
                }
            }
        }
    }

    private static OutboxRig Run(int write, int inARow, int kept, bool isDamaged, int restart)
    {
        var rig = new OutboxRig();
        rig.Storage.Before = write - 1;
        rig.Storage.Refusals = inARow;
        rig.Storage.Kept = kept;
        rig.Storage.IsDamaged = isDamaged;
        for (int burst = 0; burst < Bursts; burst++)
        {
            rig.Burst(Burst);
            rig.Pass(3_000);
            rig.Pass(3_000);
            if (burst == restart)
            {
                rig.Boot();
            }
            else if (burst % 3 == 2)
            {
                rig.SendOne(true);
            }
        }

        rig.Drain();
        return rig;
    }

    private static void Check(OutboxRig rig, string when)
    {
        int[] taken = [.. Enumerable.Range(1, Bursts * Burst)];
        CollectionAssert.AreEqual(taken, rig.Arrived.Keys.Order().ToArray(), when);
        Assert.AreEqual(0, rig.Counters.ReadingsDropped, when);
        foreach (int reading in taken)
        {
            Assert.HasCount(1, rig.Arrived[reading].Distinct(), $"{when}: reading {reading} came as {string.Join(", ", rig.Arrived[reading])}");
        }
    }
}
