using System.Text;
using Boards.Esp32;
using Firmware.Cryptography;

namespace Scenarios.Updates;

/// <summary>The port's slots, as the firmware sees them.</summary>
[TestClass]
public sealed class UpdateSlotsTests
{
    [TestMethod]
    public void A_device_without_updates_says_what_it_has()
    {
        var rig = new SlotRig();
        using IDisposable scope = rig.Chip.Enter();
        UpdateSlots slots = rig.Slots;

        Assert.IsNull(slots.ImageVersion);
        Assert.AreEqual(SlotRig.BuiltIn, slots.BuiltInVersion);
        Assert.AreEqual(1, slots.LoaderVersion);
        Assert.AreEqual("1.12.4.0", slots.RuntimeVersion);
        Assert.AreEqual(SlotRig.Capacity, slots.Capacity);
        Assert.IsFalse(slots.IsOnTrial);
        Assert.IsNull(slots.FailedVersion);
        Assert.IsNull(slots.FailedReason);
        Assert.AreEqual(0, slots.Staged);
        Assert.IsNull(slots.ReadOffer());
        Assert.IsTrue(slots.Confirm());
        Assert.IsFalse(slots.Revert("why not"));
        Assert.IsTrue(slots.Erase());
        Assert.IsFalse(slots.Write([1], 1));
        Assert.IsFalse(slots.Test("0.2.0", 300));
        Assert.AreEqual(0, slots.Read(0, new byte[10]));
    }

    [TestMethod]
    public void A_download_goes_on_after_a_restart()
    {
        var rig = new SlotRig();
        rig.Do(slots => slots.Begin(Encoding.ASCII.GetBytes("offer")) && slots.Write([1, 2, 3, 9], 3));
        rig.Restart();

        using IDisposable scope = rig.Chip.Enter();
        Assert.AreEqual("offer", Encoding.ASCII.GetString(rig.Slots.ReadOffer()));
        Assert.AreEqual(3, rig.Slots.Staged);
        Assert.IsTrue(rig.Slots.Write([4, 5], 2));
        byte[] part = new byte[10];
        Assert.AreEqual(4, rig.Slots.Read(1, part));
        CollectionAssert.AreEqual(new byte[] { 2, 3, 4, 5 }, part[..4]);
    }

    [TestMethod]
    public void Another_offer_replaces_what_was_there()
    {
        var rig = new SlotRig();
        rig.Do(slots => slots.Begin([1]) && slots.Write([1, 2, 3], 3) && slots.Begin([2]));

        using IDisposable scope = rig.Chip.Enter();
        Assert.AreEqual(0, rig.Slots.Staged);
        CollectionAssert.AreEqual(new byte[] { 2 }, rig.Slots.ReadOffer());
    }

    [TestMethod]
    public void More_than_the_slot_takes_is_not_written()
    {
        var rig = new SlotRig();
        using IDisposable scope = rig.Chip.Enter();
        Assert.IsTrue(rig.Slots.Begin([1]) && rig.Slots.Write(new byte[SlotRig.Capacity - 1], SlotRig.Capacity - 1));

        Assert.IsFalse(rig.Slots.Write([1, 2], 2));
        Assert.IsTrue(rig.Slots.Write([1], 1));
        Assert.AreEqual(SlotRig.Capacity, rig.Slots.Staged);
    }

    [TestMethod]
    public void Two_images_of_full_size_fit_the_drive_of_a_small_board_beside_the_outbox()
    {
        var rig = new SlotRig();
        using IDisposable scope = rig.Chip.Enter();
        rig.Chip.Flash.Write("I:\\slot-a.bundle", new byte[SlotRig.Capacity]);
        rig.Chip.Flash.Write("I:\\slot-b.bundle", new byte[SlotRig.Capacity]);

        Assert.IsGreaterThan(2 * Firmware.Telemetry.OutboxOptions.DefaultCapacity, rig.Chip.Flash.FreeBytes);
    }

    [TestMethod]
    public void An_image_that_waits_for_its_trial_cannot_be_added_to_but_given_up()
    {
        var rig = new SlotRig();
        rig.Download("0.2.0");
        Assert.IsTrue(rig.Do(slots => slots.Test("0.2.0", 300)));

        Assert.IsFalse(rig.Do(slots => slots.Write([1], 1)));
        Assert.IsTrue(rig.Do(slots => slots.Erase()));
        rig.Restart();
        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
        Assert.IsNull(rig.Slots.FailedVersion);
    }

    [TestMethod]
    public void Nothing_is_staged_during_a_trial()
    {
        SlotRig rig = OnTrial();

        Assert.IsFalse(rig.Do(slots => slots.Begin([1])));
        using IDisposable scope = rig.Chip.Enter();
        Assert.IsNull(rig.Slots.ReadOffer());
        Assert.AreEqual(0, rig.Slots.Staged);
        Assert.IsTrue(rig.Slots.Erase());
    }

    [TestMethod]
    public void An_image_that_failed_is_not_staged_any_more()
    {
        SlotRig rig = OnTrial();
        rig.Restart();

        using IDisposable scope = rig.Chip.Enter();
        Assert.IsNull(rig.Slots.ReadOffer());
        Assert.AreEqual(0, rig.Slots.Staged);
    }

    [TestMethod]
    public void A_trial_given_back_twice_has_failed_once()
    {
        SlotRig rig = OnTrial();
        rig.Do(slots => slots.Revert("no broker") && slots.Revert("again"));
        Assert.AreEqual("0.2.0", rig.Slots.ImageVersion, "it runs until the restart");
        Assert.IsFalse(rig.Do(slots => slots.Begin([1])), "it is about to restart");
        rig.Restart();

        Assert.AreEqual(1, rig.Slots.FailuresOf("0.2.0"));
        Assert.AreEqual("no broker", rig.Slots.FailedReason);
    }

    [TestMethod]
    public void A_kept_image_goes_back_one_step_however_often_it_is_asked_before_the_restart()
    {
        var rig = new SlotRig();
        rig.Install("0.2.0");
        rig.Install("0.3.0");
        rig.MayRun.Add("0.2.0");
        Assert.IsTrue(rig.Do(slots => slots.Revert("as asked") && slots.Revert("as asked")));
        rig.Restart();

        Assert.AreEqual("0.2.0", rig.Running);
        Assert.IsNull(rig.Slots.FailedVersion);
    }

    [TestMethod]
    public void The_built_in_image_can_turn_its_back_on_one_that_keeps_stopping()
    {
        var rig = new SlotRig();
        rig.Install("0.2.0");
        rig.MayRun.Add(SlotRig.BuiltIn);
        rig.Do(_ => rig.Boot.Stopped("has stopped"));
        rig.Restart();
        Assert.IsTrue(rig.Do(slots => slots.Revert("as asked")));
        rig.Restart();

        Assert.AreEqual(SlotRig.BuiltIn, rig.Running);
    }

    [TestMethod]
    [DataRow("0.2")]
    [DataRow("0.0.0")]
    [DataRow("v0.2.0")]
    public void Without_a_proper_version_there_is_no_trial(string version)
    {
        var rig = new SlotRig();
        rig.Download("0.2.0");

        Assert.IsFalse(rig.Do(slots => slots.Test(version, 300)));
    }

    [TestMethod]
    public void On_a_full_flash_every_change_is_refused_and_nothing_changes()
    {
        SlotRig rig = OnTrial();
        rig.Chip.Flash.Full = true;

        Assert.IsFalse(rig.Do(slots => slots.Confirm()));
        Assert.IsTrue(rig.Slots.IsOnTrial);
        Assert.IsFalse(rig.Do(slots => slots.Revert("no broker")));
        Assert.IsTrue(rig.Slots.IsOnTrial);
        rig.Chip.Flash.Full = false;
        Assert.IsTrue(rig.Do(slots => slots.Confirm()));
        rig.Restart();
        Assert.AreEqual("0.2.0", rig.Running);
    }

    /// <summary>RFC 4231, test case 2.</summary>
    [TestMethod]
    public void The_keyed_digest_is_hmac_sha256() => Assert.AreEqual(
        "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843",
        Convert.ToHexString(new Sha256().HmacSha256(Encoding.ASCII.GetBytes("Jefe"), Encoding.ASCII.GetBytes("what do ya want for nothing?"))));

    private static SlotRig OnTrial()
    {
        var rig = new SlotRig();
        rig.Download("0.2.0");
        rig.MayRun.Add("0.2.0");
        Assert.IsTrue(rig.Do(slots => slots.Test("0.2.0", 300)));
        rig.Restart();
        Assert.IsTrue(rig.Slots.IsOnTrial);
        return rig;
    }
}
