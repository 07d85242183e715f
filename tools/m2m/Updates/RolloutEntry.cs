
namespace M2m.Updates;

/// <summary>A device in a rollout. Lock the rollout to change it.</summary>
internal sealed class RolloutEntry(string device, Release? release)
{
    public const string Installed = "installed";

    public const string Silent = "silent";

    public const string Lost = "lost";

    public const string Late = "late";

    public const string Skipped = "skipped";

    // The firmware's text for update.revert and update.cancel.
    private const string ByRequest = "by request";

    private static readonly string[] Failures = [UpdateEvent.RolledBack, UpdateEvent.Refused, UpdateEvent.Failed, Lost];

    public string Device { get; } = device;

    public Release? Release { get; } = release;

    public string State { get; set; } = "queued";

    public bool IsOver { get; set; }

    /// <summary>LwM2M object 5, resource 5.</summary>
    public int? Result { get; set; }

    public string? Gate { get; set; }

    public string? Reason { get; set; }

    public int? Blocks { get; set; }

    public bool IsBegun { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsGood => IsOver && State is UpdateEvent.Confirmed or Installed;

    /// <summary>It was reverted or cancelled by a request while this ran: what an operator orders is no failure.</summary>
    public bool IsOrdered => IsOver && State is UpdateEvent.RolledBack or UpdateEvent.Cancelled && Reason == ByRequest;

    public bool IsFailure => IsOver && !IsOrdered && Failures.Contains(State);

    public bool IsInstalling => State is UpdateEvent.Installing or UpdateEvent.Trial;
}
