using Boards.Loader;
using CsCheck;

namespace Scenarios.Updates;

/// <summary>Which image starts.</summary>
[TestClass]
public sealed class SlotBootTests
{
    private const string A = "slot-a.bundle";
    private const string B = "slot-b.bundle";

    [TestMethod]
    public void A_device_without_updates_starts_the_built_in_image_and_writes_nothing()
    {
        var rig = new SlotRig();
        rig.Restart();

        Assert.AreEqual(Slots.BuiltIn, rig.Boot.Slot);
        Assert.IsNull(rig.Boot.Index);
        Assert.AreEqual(0, rig.Chip.Flash.Writes);
    }

    [TestMethod]
    public void A_confirmed_image_starts_without_a_write()
    {
        SlotRig rig = With("0.2.0");
        long writes = rig.Chip.Flash.Writes;
        rig.Restart();

        Assert.AreEqual("0.2.0", rig.Running);
        Assert.AreEqual(BundleBytes.Entry, rig.Boot.Index.EntryType);
        Assert.IsFalse(rig.Boot.IsTrial);
        Assert.AreEqual(writes, rig.Chip.Flash.Writes);
    }

    [TestMethod]
    public void A_trial_is_marked_before_it_starts_and_has_failed_at_the_next_start()
    {
        SlotRig rig = OnTrial("0.2.0");
        Assert.IsTrue(SlotRecord.Parse(rig[SlotRecord.FileName]).IsBegun);
        Assert.IsTrue(rig.Boot.IsTrial);
        Assert.AreEqual(300, rig.Boot.TrialSeconds);
        rig.Restart();

        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
        Assert.AreEqual("0.2.0", rig.Slots.FailedVersion);
        Assert.AreEqual("not confirmed before the next start", rig.Slots.FailedReason);
        Assert.AreEqual(1, rig.Slots.FailuresOf("0.2.0"));
    }

    [TestMethod]
    public void A_trial_that_cannot_be_marked_does_not_start()
    {
        var rig = new SlotRig();
        StageTo(rig, "0.2.0", restart: false);
        rig.Chip.Flash.Full = true;
        rig.Restart();
        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);

        rig.Chip.Flash.Full = false;
        rig.Restart();
        Assert.AreEqual("0.2.0", rig.Running);
        Assert.IsTrue(rig.Slots.IsOnTrial);
    }

    [TestMethod]
    public void A_trial_whose_bundle_is_not_whole_fails_without_starting()
    {
        var rig = new SlotRig();
        StageTo(rig, "0.2.0", restart: false);
        rig[A] = rig[A][..^1];
        rig.Restart();

        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
        Assert.AreEqual("its bundle is missing or damaged", rig.Slots.FailedReason);
        Assert.AreEqual(1, rig.Slots.FailuresOf("0.2.0"));
    }

    [TestMethod]
    public void A_confirmed_image_that_is_damaged_gives_way_to_the_one_before_and_that_to_the_built_in()
    {
        SlotRig rig = With("0.2.0", "0.3.0");
        rig.MayRun.UnionWith(["0.2.0", SlotRig.BuiltIn]);
        rig.Chip.Flash.Delete(SlotRig.Root + B);
        rig.Restart();
        Assert.AreEqual("0.2.0", rig.Running);
        Assert.AreEqual("0.3.0", rig.Slots.FailedVersion);
        Assert.AreEqual(0, rig.Slots.FailuresOf("0.3.0"), "it was no trial");

        rig[A] = [1, 2, 3];
        rig.Restart();
        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
        Assert.AreEqual("0.2.0", rig.Slots.FailedVersion);

        rig.Install("0.4.0");
    }

    [TestMethod]
    public void When_both_images_are_damaged_the_built_in_one_starts_at_once()
    {
        SlotRig rig = With("0.2.0", "0.3.0");
        rig.MayRun.Add(SlotRig.BuiltIn);
        rig[A] = [];
        rig[B] = [];
        rig.Restart();

        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
    }

    [TestMethod]
    public void A_confirmed_image_that_stops_is_left_out_once()
    {
        SlotRig rig = With("0.2.0");
        rig.MayRun.Add(SlotRig.BuiltIn);
        Assert.IsTrue(rig.Do(_ => rig.Boot.Stopped("has stopped")));

        rig.Restart();
        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
        rig.Restart();
        Assert.AreEqual("0.2.0", rig.Running);
    }

    [TestMethod]
    public void An_image_on_trial_that_stops_has_failed()
    {
        SlotRig rig = OnTrial("0.2.0");
        Assert.IsTrue(rig.Do(_ => rig.Boot.Stopped("has stopped: OutOfMemoryException")));
        rig.Restart();

        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
        Assert.AreEqual("has stopped: OutOfMemoryException", rig.Slots.FailedReason);
        Assert.AreEqual(1, rig.Slots.FailuresOf("0.2.0"));
    }

    [TestMethod]
    public void An_image_that_stops_after_it_was_confirmed_is_left_out_once()
    {
        SlotRig rig = OnTrial("0.2.0");
        rig.Do(slots => slots.Confirm());
        Assert.IsTrue(rig.Do(_ => rig.Boot.Stopped("has stopped")));

        rig.Restart();
        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
        rig.Restart();
        Assert.AreEqual("0.2.0", rig.Running);
        Assert.AreEqual(0, rig.Slots.FailuresOf("0.2.0"));
    }

    [TestMethod]
    public void An_image_that_cannot_be_loaded_is_not_tried_again()
    {
        SlotRig rig = With("0.2.0", "0.3.0");
        rig.MayRun.UnionWith(["0.2.0", SlotRig.BuiltIn]);
        Assert.IsTrue(rig.Do(_ => rig.Boot.LoadFailed("cannot be loaded")));
        rig.Restart();
        Assert.AreEqual("0.2.0", rig.Running);
        Assert.AreEqual("cannot be loaded", rig.Slots.FailedReason);

        Assert.IsTrue(rig.Do(_ => rig.Boot.LoadFailed("cannot be loaded")));
        rig.Restart();
        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
    }

    [TestMethod]
    public void A_failed_write_is_reported_to_the_loader()
    {
        SlotRig rig = With("0.2.0");
        rig.Chip.Flash.Full = true;

        Assert.IsFalse(rig.Do(_ => rig.Boot.Stopped("has stopped")));
        Assert.IsFalse(rig.Do(_ => rig.Boot.LoadFailed("cannot be loaded")));
    }

    [TestMethod]
    [DataRow("0.1.1")]
    [DataRow("0.9.0")]
    public void Another_built_in_image_flashed_by_cable_is_what_runs(string builtIn)
    {
        SlotRig rig = With("0.2.0");
        rig.BuiltInVersion = builtIn;
        rig.MayRun.Add(builtIn);
        rig.Restart();
        Assert.AreEqual(builtIn, rig.Running);

        rig.BuiltInVersion = SlotRig.BuiltIn;
        rig.MayRun.Add(SlotRig.BuiltIn);
        rig.Restart();
        Assert.AreEqual(SlotRig.BuiltIn, rig.Running, "the image was given up, not hidden");
        rig.Install("0.3.0");
    }

    [TestMethod]
    public void Garbage_in_any_file_leaves_a_device_that_starts_and_can_be_updated() => Gen.Select(Gen.Int[0, 7], Gen.Byte.Array[0, 300], Gen.Int[0, 2], Gen.Bool).Sample(
        (file, garbage, state, begun) =>
        {
            SlotRig rig = state switch
            {
                0 => new SlotRig(),
                1 => With("0.2.0"),
                _ => With("0.2.0", "0.3.0"),
            };
            if (begun)
            {
                StageTo(rig, "0.4.0", restart: false);
            }

            string[] names = [A, B, "slot-a.offer", "slot-b.offer", SlotRecord.FileName, SlotRecord.FileName + ".new", "slot-a.offer.new", A + ".new"];
            rig[names[file]] = garbage;
            rig.MayRun.UnionWith([SlotRig.BuiltIn, "0.2.0", "0.3.0", "0.4.0"]);
            rig.Restart();
            rig.Restart();
            rig.Install("0.5.0");
            rig.Restart();
            Assert.AreEqual("0.5.0", rig.Running);
        },
        iter: 500);

    [TestMethod]
    public void Any_byte_of_the_record_altered_leaves_the_built_in_image()
    {
        SlotRig rig = With("0.2.0", "0.3.0");
        byte[] record = rig[SlotRecord.FileName];
        rig.MayRun.Add(SlotRig.BuiltIn);
        for (int i = 0; i < record.Length; i++)
        {
            rig[SlotRecord.FileName] = [.. record[..i], (byte)(record[i] ^ 0x55), .. record[(i + 1)..]];
            rig.Restart();
            Assert.AreEqual(SlotRig.BuiltIn, rig.Running, $"byte {i}");
        }

        rig[SlotRecord.FileName] = record;
        rig.Restart();
        Assert.AreEqual("0.3.0", rig.Running);
    }

    private static SlotRig With(params string[] versions)
    {
        var rig = new SlotRig();
        versions.ToList().ForEach(rig.Install);
        return rig;
    }

    private static SlotRig OnTrial(string version)
    {
        var rig = new SlotRig();
        StageTo(rig, version, restart: true);
        Assert.AreEqual(version, rig.Running);
        return rig;
    }

    private static void StageTo(SlotRig rig, string version, bool restart)
    {
        rig.Download(version);
        rig.MayRun.Add(version);
        Assert.IsTrue(rig.Do(slots => slots.Test(version, 300)));
        if (restart)
        {
            rig.Restart();
        }
    }
}
