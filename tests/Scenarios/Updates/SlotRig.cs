using System.Text;
using Boards.Esp32;
using Boards.Loader;
using Boards.NativeSim.World;

namespace Scenarios.Updates;

/// <summary>
/// A device as far as its slots go: the loader's decision at each start, the port's slots after it, on a simulated flash
/// whose power may fail at any write. At each start it holds that a whole image runs, and one that may.
/// </summary>
internal sealed class SlotRig
{
    public const string Root = "I:\\";
    public const string BuiltIn = "0.1.0";
    public const int Capacity = 98304;

    private const int Block = 4096;
    private const int MaxRounds = 12;

    public SlotRig(string builtIn = BuiltIn)
    {
        BuiltInVersion = builtIn;
        Chip = new SimulatedChip(1, new VirtualTime());
        MayRun = [builtIn];
        Start();
    }

    public SimulatedChip Chip { get; }

    /// <summary>Version of the application in the deployment. Another one is as if flashed by cable.</summary>
    public string BuiltInVersion { get; set; }

    /// <summary>Versions that may run at the next start.</summary>
    public HashSet<string> MayRun { get; private set; }

    public UpdateSlots Slots { get; private set; } = null!;

    public SlotBoot Boot { get; private set; } = null!;

    /// <summary>What runs.</summary>
    public string Running => Slots.ImageVersion ?? BuiltInVersion;

    public int Cuts { get; private set; }

    /// <summary>Bytes of a file.</summary>
    public byte[] this[string name]
    {
        get => Chip.Flash.Read(Root + name);
        set => Chip.Flash.Write(Root + name, value);
    }

    /// <summary>Restarts, whatever it was doing.</summary>
    public void Restart()
    {
        Chip.PowerOn(WakeCause.PowerOn);
        Start();
    }

    /// <summary>Does something with the slots. When the power fails in it, it comes back and the device has started again.</summary>
    /// <returns>What the slots said; false after a power cut.</returns>
    public bool Do(Func<UpdateSlots, bool> action)
    {
        bool isDone;
        using (Chip.Enter())
        {
            isDone = action(Slots);
        }

        if (!Chip.Flash.PowerIsCut)
        {
            return isDone;
        }

        Cuts++;
        Restart();
        return false;
    }

    /// <summary>Downloads an image at once.</summary>
    public void Download(string version)
    {
        byte[] image = BundleBytes.Image(version);
        Assert.IsTrue(Do(slots => slots.Begin(Offer(version)) && slots.Write(image, image.Length)));
    }

    /// <summary>One step of a download, wherever it stands, or of what follows it: the start on trial.</summary>
    public void Stage(string version)
    {
        byte[] image = BundleBytes.Image(version);
        byte[] offer = Offer(version);
        using (Chip.Enter())
        {
            if (Slots.ReadOffer() is not { } known || !known.SequenceEqual(offer))
            {
                Do(slots => slots.Begin(offer));
                return;
            }

            byte[] staged = new byte[Slots.Staged];
            Assert.AreEqual(staged.Length, Slots.Read(0, staged));
            Assert.IsTrue(image.AsSpan().StartsWith(staged), $"{staged.Length} bytes in the slot are not those of {version}");
            if (staged.Length < image.Length)
            {
                byte[] part = image[staged.Length..Math.Min(image.Length, staged.Length + Block)];
                Do(slots => slots.Write(part, part.Length));
                return;
            }
        }

        MayRun.Add(version);
        if (Do(slots => slots.Test(version, 300)))
        {
            Restart();
        }
    }

    /// <summary>An update that turns out well.</summary>
    public void Install(string version)
    {
        for (int round = 0; round < MaxRounds && (Running != version || Slots.IsOnTrial); round++)
        {
            if (Running != version)
            {
                Stage(version);
            }
            else if (Do(slots => slots.Confirm()))
            {
                MayRun = [version];
            }
        }

        Assert.AreEqual(version, Running);
        Assert.IsFalse(Slots.IsOnTrial);
        MayRun = [version];
    }

    /// <summary>An update whose image comes to nothing.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="end">What ends the trial: the image gives itself back, or nobody does anything.</param>
    public void InstallInVain(string version, Func<UpdateSlots, bool> end)
    {
        string before = Running;
        int failures = Slots.FailuresOf(version);
        for (int round = 0; round < 2 * MaxRounds && Slots.FailuresOf(version) == failures; round++)
        {
            if (Running != version)
            {
                Stage(version);
            }
            else if (Do(end))
            {
                Restart();
            }
        }

        // Given back, it runs on until it restarts.
        if (Running == version)
        {
            Restart();
        }

        Assert.AreEqual(before, Running);
        Assert.AreEqual(failures + 1, Slots.FailuresOf(version));
        Assert.AreEqual(version, Slots.FailedVersion);
        MayRun = [before];
    }

    private static byte[] Offer(string version) => Encoding.ASCII.GetBytes("offer of " + version);

    private void Start()
    {
        do
        {
            if (Chip.Flash.PowerIsCut)
            {
                Chip.PowerOn(WakeCause.PowerOn);
            }

            using (Chip.Enter())
            {
                Boot = new SlotBoot(new SlotFiles(Root), BuiltInVersion);
                Boot.Choose();
                Slots = new UpdateSlots(Root, Boot.Slot, BuiltInVersion, Capacity);
            }

            Cuts += Chip.Flash.PowerIsCut ? 1 : 0;
        }
        while (Chip.Flash.PowerIsCut);

        Assert.AreEqual(Boot.IsTrial, Slots.IsOnTrial);
        Assert.Contains(Running, MayRun, $"{Running} runs, where {string.Join(" or ", MayRun)} may");
        if (Boot.Slot != Boards.Loader.Slots.BuiltIn)
        {
            CollectionAssert.AreEqual(BundleBytes.Image(Running), this[Boards.Loader.Slots.Bundle(Boot.Slot)], $"{Running} is not whole");
            Assert.IsNotNull(SlotRecord.Parse(this[SlotRecord.FileName]));
        }
    }
}
