namespace Scenarios.Outbox;

[TestClass]
public sealed class OutboxPowerCutTests
{
    private const int Readings = 200;
    private const int LongestRecord = 48;

    /// <summary>The same while several readings are in one write.</summary>
    [TestMethod]
    public void No_stored_reading_is_lost_of_those_that_are_written_together()
    {
        long writes = RunBursts(0, 0).Chip.Flash.Writes;
        for (int write = 1; write <= writes; write++)
        {
            for (int kept = 0; kept <= 4 * LongestRecord; kept += 5)
            {
                Check(RunBursts(write, kept), $"power cut at write {write}, torn after {kept} bytes", 9);
            }
        }
    }

    /// <summary>The power fails at every storage write of a run, torn at every byte of what is being written.</summary>
    [TestMethod]
    public void No_stored_reading_is_lost_wherever_the_power_fails()
    {
        long writes = Run(0, 0).Chip.Flash.Writes;
        Assert.IsGreaterThan(100, writes);
        int runs = 0;
        for (int write = 1; write <= writes; write++)
        {
            for (int kept = 0; kept <= LongestRecord; kept++)
            {
                OutboxRig rig = Run(write, kept);
                Check(rig, $"power cut at write {write}, torn after {kept} bytes", 2);
                runs++;
            }
        }

        Console.WriteLine($"{runs} runs of {Readings} readings, {writes} writes each");
    }

    private static OutboxRig Run(int cutAtWrite, int bytesKept)
    {
        var rig = new OutboxRig(capacity: 24576);
        if (cutAtWrite > 0)
        {
            rig.Chip.Flash.CutPowerAtWrite(cutAtWrite, bytesKept);
        }

        while (rig.Taken < Readings)
        {
            // Outages of 45 readings, 5 readings online between them; now and then an acknowledgement is lost.
            bool isOnline = rig.Taken % 50 >= 45;
            rig.Measure(isOnline);
            if (rig.Taken % 17 == 0)
            {
                rig.SendOne(false);
            }
        }

        rig.Drain();
        return rig;
    }

    private static OutboxRig RunBursts(int cutAtWrite, int bytesKept)
    {
        var rig = new OutboxRig(capacity: 24576);
        if (cutAtWrite > 0)
        {
            rig.Chip.Flash.CutPowerAtWrite(cutAtWrite, bytesKept);
        }

        for (int i = 0; i < 20; i++)
        {
            rig.Burst(8);
            rig.SendOne(i % 3 == 0);
            rig.Pass(3_000);
        }

        rig.Drain();
        return rig;
    }

    private static void Check(OutboxRig rig, string when, int most)
    {
        Assert.AreEqual(1, rig.Cuts, when);
        Assert.AreEqual(0, rig.Outbox.Count, when);
        Assert.AreEqual(0, rig.Counters.ReadingsDropped, when);
        for (int reading = 1; reading <= rig.Taken; reading++)
        {
            if (rig.Arrived.TryGetValue(reading, out List<int>? numbers))
            {
                Assert.IsTrue(numbers.TrueForAll(number => number == numbers[0]), $"{when}: reading {reading} came as {string.Join(", ", numbers)}");
            }
            else
            {
                Assert.Contains(reading, rig.MayBeLost, $"{when}: reading {reading} is lost");
            }
        }

        Assert.IsLessThanOrEqualTo(most, rig.MayBeLost.Count, when);
    }
}
