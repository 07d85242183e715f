namespace Scenarios.Updates;

/// <summary>The power fails at every write of an update, torn at every byte of the loader's record.</summary>
[TestClass]
public sealed class SlotPowerCutTests
{
    private static readonly int[] EveryByte = [.. Enumerable.Range(0, 136), 511, 2048, 4095, 4096];
    private static readonly int[] SomeBytes = [0, 1, 67, 133, 134, 4095];

    public static IEnumerable<object[]> Stories =>
    [
        ["confirmed"], ["hangs"], ["given back"], ["confirmed twice"], ["confirmed and reverted"], ["reverted to another"], ["erased"], ["failed, then confirmed"],
    ];

    [TestMethod]
    [DynamicData(nameof(Stories))]
    public void Wherever_the_power_fails_a_whole_image_starts_and_the_update_ends_as_without(string story)
    {
        long writes = Live(story, 0, 0).Chip.Flash.Writes;
        int[] torn = story == "given back" ? EveryByte : SomeBytes;
        int cuts = 0;
        for (int write = 1; write <= writes; write++)
        {
            foreach (int kept in torn)
            {
                try
                {
                    cuts += Live(story, write, kept).Cuts;
                }
                catch (Exception exception)
                {
                    throw new AssertFailedException($"{story}: power cut at write {write} of {writes}, torn after {kept} bytes: {exception.Message}", exception);
                }
            }
        }

        Assert.AreEqual(writes * torn.Length, cuts);
        Console.WriteLine($"{story}: {writes} writes, {cuts} cuts");
    }

    private static SlotRig Live(string story, int cutAtWrite, int bytesKept)
    {
        var rig = new SlotRig();
        if (cutAtWrite > 0)
        {
            rig.Chip.Flash.CutPowerAtWrite(cutAtWrite, bytesKept);
        }

        Tell(story, rig);
        return rig;
    }

    private static void Tell(string story, SlotRig rig)
    {
        switch (story)
        {
            case "confirmed":
                rig.Install("0.2.0");
                break;
            case "hangs":
                rig.InstallInVain("0.2.0", _ => true);
                Forget(rig);
                break;
            case "given back":
                rig.InstallInVain("0.2.0", slots => slots.Revert("no broker"));
                Forget(rig);
                break;
            case "confirmed twice":
                rig.Install("0.2.0");
                rig.Install("0.3.0");
                break;
            case "confirmed and reverted":
                rig.Install("0.2.0");
                Revert(rig, SlotRig.BuiltIn);
                break;
            case "reverted to another":
                rig.Install("0.2.0");
                rig.Install("0.3.0");
                Revert(rig, "0.2.0");
                Revert(rig, SlotRig.BuiltIn);
                break;
            case "erased":
                rig.Stage("0.2.0");
                rig.Stage("0.2.0");
                Repeat(rig, slots => slots.Erase());
                Assert.AreEqual(0, Staged(rig));
                rig.Install("0.3.0");
                break;
            default:
                rig.Install("0.2.0");
                rig.InstallInVain("0.3.0", _ => true);
                rig.Install("0.3.0");
                rig.InstallInVain("0.4.0", slots => slots.Revert("no broker"));
                break;
        }
    }

    private static void Revert(SlotRig rig, string target)
    {
        rig.MayRun.Add(target);
        for (int tries = 0; tries < 3 && rig.Running != target; tries++)
        {
            if (rig.Do(slots => slots.Revert("as asked")))
            {
                rig.Restart();
            }
        }

        Assert.AreEqual(target, rig.Running);
        Assert.AreNotEqual("as asked", rig.Slots.FailedReason, "that was no failed trial");
        rig.MayRun.RemoveWhere(version => version != target);
    }

    private static void Forget(SlotRig rig)
    {
        Repeat(rig, slots => slots.ForgetFailure());
        rig.Restart();
        Assert.IsNull(rig.Slots.FailedVersion);
        Assert.IsNull(rig.Slots.FailedReason);
        Assert.AreEqual(1, rig.Slots.FailuresOf("0.2.0"));
    }

    private static int Staged(SlotRig rig)
    {
        using IDisposable scope = rig.Chip.Enter();
        return rig.Slots.Staged;
    }

    private static void Repeat(SlotRig rig, Func<Boards.Esp32.UpdateSlots, bool> action)
    {
        int tries = 0;
        while (!rig.Do(action))
        {
            Assert.IsLessThan(3, ++tries);
        }
    }
}
