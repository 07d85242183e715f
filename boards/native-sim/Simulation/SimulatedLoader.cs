using Boards.Loader;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// The loader of a simulated chip, for its whole life. What is to run is decided by the device's own
/// <see cref="SlotBoot"/>; what the device's Loader does with that is done here for many devices in one process, with
/// the scheduler for the loop and for the watchdog.
/// </summary>
internal sealed class SimulatedLoader(SimulatedChip chip)
{
    /// <summary>A trial that has not ended by itself so long after its time hangs: as in the loader.</summary>
    private const int GraceMs = 60_000;

    private readonly SlotFiles _files = new(SimulatedBoard.StorageRoot);
    private SlotBoot _boot = new(new SlotFiles(SimulatedBoard.StorageRoot), SimulatedBoard.Version);

    /// <summary>The slot of the image that runs; <see cref="Slots.BuiltIn"/> for the built-in one.</summary>
    public int RunningSlot { get; private set; }

    /// <summary>World milliseconds at which a trial has taken too long; <see cref="long.MaxValue"/> for never.</summary>
    public long WatchdogAtMs { get; private set; } = long.MaxValue;

    /// <summary>The power has come, or a sleep has ended: starts a program. Call it on the chip.</summary>
    public void Boot()
    {
        ForgetImage();
        _boot = new SlotBoot(_files, SimulatedBoard.Version);
        if (!IsImageChosen() || !TryRunImage())
        {
            Application.Run();
        }
    }

    /// <summary>The program of the image has ended by itself, which it never should. Call it on the chip.</summary>
    /// <param name="reason">Why.</param>
    public void Stopped(string reason)
    {
        bool isSettled = _boot.Stopped(reason);
        ForgetImage();
        Restart(isSettled);
        Application.Run();
    }

    /// <summary>An image has thrown. Call it on the chip.</summary>
    /// <param name="exception">What.</param>
    public void Stopped(Exception exception) => Stopped("has stopped: " + Describe(exception));

    /// <summary>Restarts the chip when a trial has taken too long. Call it on the chip.</summary>
    public void Watch()
    {
        if (chip.NowMs < WatchdogAtMs)
        {
            return;
        }

        WatchdogAtMs = long.MaxValue;
        SlotRecord record = SlotRecord.Read(_files);
        Restart(record.IsBegun && record.Test == RunningSlot);
    }

    private bool IsImageChosen()
    {
        try
        {
            return _boot.Choose() != Slots.BuiltIn;
        }
        catch (Exception)
        {
            // Nothing keeps the built-in application from running.
            return false;
        }
    }

    private bool TryRunImage()
    {
        Action program;
        try
        {
            string name = Slots.Bundle(_boot.Slot);
            byte[] bundle = _files.ReadPart(name, 0, _files.LengthOf(name)) ?? throw new IOException("it cannot be read");
            program = LoadedImages.Get(bundle, _boot.Index);
        }
        catch (Exception exception)
        {
            Restart(_boot.LoadFailed("cannot be loaded: " + Describe(exception)));
            return false;
        }

        RunningSlot = _boot.Slot;
        WatchdogAtMs = _boot.IsTrial ? chip.NowMs + (_boot.TrialSeconds * 1000) + GraceMs : long.MaxValue;
        program();
        return true;
    }

    private void ForgetImage()
    {
        RunningSlot = Slots.BuiltIn;
        WatchdogAtMs = long.MaxValue;
    }

    // Without a record of what happened each restart would end here again, without end.
    private void Restart(bool isSettled)
    {
        if (isSettled)
        {
            chip.Restart();
        }
    }

    private static string Describe(Exception exception) => exception.GetType().Name + " " + exception.Message;
}
