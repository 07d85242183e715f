using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>Reads from a device's status what its events would have told.</summary>
internal static class RolloutVerdict
{
    private const int Success = 1;
    private const int TrialFailed = 8;
    private const int Cancelled = 10;
    private const int Deferred = 11;

    // The firmware's words: its code, -32003, is that of every offer that it must not take.
    private const string OtherBoard = "for another product or board";

    /// <summary>Whether a device refused only because the release is not for it: that says nothing about the release.</summary>
    /// <param name="state">How it ended.</param>
    /// <param name="reason">Why, or null.</param>
    /// <returns>True for a device that was none of those meant.</returns>
    public static bool IsOfAnotherBoard(string state, string? reason) =>
        state == UpdateEvent.Refused && reason?.Contains(OtherBoard, StringComparison.Ordinal) == true;

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
