using System.Text;
using Boards.Esp32;
using Boards.NativeSim.World;
using Firmware.Diagnostics;
using Firmware.Json;
using Firmware.Platform;
using Scenarios.Outbox;

namespace Scenarios.Diagnostics;

/// <summary>The boot record on the port's files on a simulated flash whose power fails.</summary>
[TestClass]
public sealed class BootRecordPowerCutTests
{
    private const int LongestRecord = 120;
    private const int Lives = 3;

    /// <summary>The power fails at every flash write of three runs, torn at every byte of what is being written.</summary>
    [TestMethod]
    public void No_start_is_forgotten_wherever_the_power_fails()
    {
        long writes = Live(0, 0);
        Assert.IsGreaterThan(20, writes);
        for (int write = 1; write <= writes; write++)
        {
            for (int kept = 0; kept <= LongestRecord; kept++)
            {
                Live(write, kept);
            }
        }

        Console.WriteLine($"{writes} writes, {writes * (LongestRecord + 1)} cuts");
    }

    private static long Live(int cutAtWrite, int bytesKept)
    {
        string when = $"power cut at write {cutAtWrite}, torn after {bytesKept} bytes";
        var chip = new SimulatedChip(1, new VirtualTime());
        if (cutAtWrite > 0)
        {
            chip.Flash.CutPowerAtWrite(cutAtWrite, bytesKept);
        }

        int known = 0;
        bool mayHaveEnded = false;
        bool hasEnded = false;
        bool wasCutAtStart = false;
        for (int life = 0; life <= Lives; life++)
        {
            var counters = new Counters();
            BootRecord record;
            using (chip.Enter())
            {
                record = new BootRecord(new FileStorage("I:\\"), counters, new SteppedClock());
                record.Begin("power-on");
            }

            // A start whose write was cut may or may not have been counted.
            bool isCounted = record.Count == known + 1;
            Assert.IsTrue(isCounted || (record.Count == known + 2 && wasCutAtStart), $"{when}: {record.Count} after {known}");
            Assert.IsFalse(record.IsSafeMode, when);
            string text = TextOf(record);
            bool saysEnded = text.Contains("\"cleanShutdown\":true", StringComparison.Ordinal);
            Assert.IsTrue(isCounted ? !hasEnded || saysEnded : !saysEnded, $"{when}: {text}");
            Assert.IsFalse(saysEnded && !mayHaveEnded, $"{when}: {text}");

            wasCutAtStart = chip.Flash.PowerIsCut;
            if (!wasCutAtStart)
            {
                known = record.Count;
                using (chip.Enter())
                {
                    record.Reached(BootStage.Online);
                    record.Failed(new InvalidOperationException("no such sensor"), "measure");
                    record.Tick(BootRecord.StableTime, 7);
                    mayHaveEnded = !chip.Flash.PowerIsCut;
                    record.End("restart");
                    hasEnded = !chip.Flash.PowerIsCut;
                }
            }

            if (chip.Flash.PowerIsCut)
            {
                Assert.IsGreaterThan(0, counters.StorageFaults, when);
                chip.PowerOn(WakeCause.PowerOn);
            }
        }

        return chip.Flash.Writes;
    }

    private static string TextOf(BootRecord record)
    {
        var writer = new JsonWriter(256, 2048);
        writer.BeginObject();
        record.WriteTo(writer);
        writer.EndObject();
        return Encoding.UTF8.GetString(writer.Buffer, 0, writer.Length);
    }
}
