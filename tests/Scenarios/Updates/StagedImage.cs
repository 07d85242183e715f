using Boards.Esp32;
using Boards.Loader;
using Boards.NativeSim;
using Boards.NativeSim.Simulation;

namespace Scenarios.Updates;

/// <summary>Does by hand to the slots of a device what its firmware does in an update.</summary>
internal static class StagedImage
{
    private const int Block = 4096;

    /// <summary>Puts an image into the spare slot, to be tried at the next start.</summary>
    public static void Put(SimulatedDevice device, string version, byte[] bundle, int trialSeconds = 300)
    {
        OnFlash(device, slots =>
        {
            Assert.IsTrue(slots.Begin([1]));
            foreach (byte[] block in bundle.Chunk(Block))
            {
                Assert.IsTrue(slots.Write(block, block.Length));
            }

            Assert.IsTrue(slots.Test(version, trialSeconds));
        });
    }

    /// <summary>Keeps the image that is on trial.</summary>
    public static void Confirm(SimulatedDevice device) => OnFlash(device, slots => Assert.IsTrue(slots.Confirm()));

    /// <summary>Version of the image that a device keeps; null for the built-in one.</summary>
    public static string? ConfirmedOf(SimulatedDevice device)
    {
        using (device.Chip.Enter())
        {
            SlotRecord record = SlotRecord.Read(new SlotFiles(SimulatedBoard.StorageRoot));
            return ImageVersion.Format(record.VersionOf(record.Confirmed));
        }
    }

    private static void OnFlash(SimulatedDevice device, Action<UpdateSlots> action)
    {
        using (device.Chip.Enter())
        {
            SlotRecord record = SlotRecord.Read(new SlotFiles(SimulatedBoard.StorageRoot));
            int running = record.IsBegun ? record.Test : record.Confirmed;
            action(new UpdateSlots(SimulatedBoard.StorageRoot, running, SimulatedBoard.Version, device.Chip.Flash.CapacityBytes));
        }
    }
}
