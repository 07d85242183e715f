using M2m.Client.View;

namespace M2m.Updates;

/// <summary>A device in a rollout. Changed under the rollout's lock.</summary>
/// <param name="device">Its id.</param>
/// <param name="release">What it is to get; null: there is nothing for it.</param>
internal sealed class RolloutEntry(string device, Release? release)
{
    /// <summary>It had the version already.</summary>
    public const string Installed = "installed";

    /// <summary>It did not answer.</summary>
    public const string Silent = "silent";

    /// <summary>It did not come back from the restart with the new image.</summary>
    public const string Lost = "lost";

    /// <summary>Time was up while it was still at it.</summary>
    public const string Late = "late";

    /// <summary>The rollout stopped before its turn, or there is nothing for its board.</summary>
    public const string Skipped = "skipped";

    private static readonly string[] Failures = [UpdateEvent.Returned, UpdateEvent.Refused, UpdateEvent.Failed, Lost];

    /// <summary>Its id.</summary>
    public string Device { get; } = device;

    /// <summary>What it is to get.</summary>
    public Release? Release { get; } = release;

    /// <summary>What it does, or how it ended.</summary>
    public string State { get; set; } = "queued";

    /// <summary>Whether it ended: nothing changes any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>LwM2M's result, or null.</summary>
    public int? Result { get; set; }

    /// <summary>The gate that it waits for, or null.</summary>
    public string? Gate { get; set; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; set; }

    /// <summary>Blocks that it has, or null.</summary>
    public int? Blocks { get; set; }

    /// <summary>Whether it took the offer.</summary>
    public bool IsBegun { get; set; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>Done when it ended, and everyone was told.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it runs the new version.</summary>
    public bool IsGood => IsOver && State is UpdateEvent.Confirmed or Installed;

    /// <summary>Whether it tried, and the new version is not on it because of that version.</summary>
    public bool IsFailure => IsOver && Failures.Contains(State);

    /// <summary>Whether a restart with the new image may be under way: too late to cancel.</summary>
    public bool IsInstalling => State is UpdateEvent.Installing or UpdateEvent.Trial;
}
