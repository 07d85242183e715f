using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>Reads from a device's status what its events would have said.</summary>
internal static class RolloutStatus
{
    private const int Success = 1;
    private const int TrialFailed = 8;
    private const int Cancelled = 10;
    private const int Deferred = 11;

    // The firmware's text: the code, -32003, is the same for every offer that it rejects.
    private const string OtherBoard = "for another product or board";

    public static bool IsOfAnotherBoard(string state, string? reason) =>
        state == UpdateEvent.Refused && reason?.Contains(OtherBoard, StringComparison.Ordinal) == true;

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

        // A result from before this offer does not count.
        return said.Result switch
        {
            _ when !entry.IsBegun => (entry.State, false, null),
            TrialFailed => (UpdateEvent.RolledBack, true, null),
            Cancelled => (UpdateEvent.Cancelled, true, null),
            > Success and not Deferred => (UpdateEvent.Failed, true, null),
            _ => (entry.State, false, null),
        };
    }
}
