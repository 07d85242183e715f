namespace M2m.Updates;

/// <summary>Reads from a device's status what its events would have told.</summary>
internal static class RolloutVerdict
{
    private const int Success = 1;
    private const int TrialFailed = 8;
    private const int Cancelled = 10;
    private const int Deferred = 11;

    /// <summary>Judges a status.</summary>
    /// <param name="said">The status.</param>
    /// <param name="entry">What is known of the device.</param>
    /// <returns>Its state, whether that is its end, and a reason that is better than the device's, or null.</returns>
    public static (string State, bool IsEnd, string? Reason) OfStatus(UpdateEvent said, RolloutEntry entry)
    {
        ReleaseVersion wanted = entry.Release!.Version;
        if (said.State != UpdateEvent.Idle)
        {
            return said.Version is null || said.Version == wanted
                ? (said.State, false, null)
                : (UpdateEvent.Failed, true, $"another release took its place: {said.Version}");
        }

        if (said.Running == wanted.ToString())
        {
            return (UpdateEvent.Confirmed, true, null);
        }

        // A result from before this offer says nothing.
        return said.Result switch
        {
            _ when !entry.IsBegun => (entry.State, false, null),
            TrialFailed => (UpdateEvent.Returned, true, null),
            Cancelled => (UpdateEvent.Cancelled, true, null),
            > Success and not Deferred => (UpdateEvent.Failed, true, null),
            _ => (entry.State, false, null),
        };
    }
}
