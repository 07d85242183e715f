namespace Boards.NativeSim.World;

/// <summary>The access points around a chip, and which of them would take it.</summary>
internal sealed class AirSpace
{
    private const int LoneRssiDbm = -58;

    private readonly object _gate = new();
    private readonly List<AccessPoint> _accessPoints = [];

    public bool AcceptsAny { get; set; } = true;

    public bool InRange { get; set; } = true;

    public void Add(AccessPoint accessPoint)
    {
        lock (_gate)
        {
            _accessPoints.RemoveAll(ap => ap.Ssid == accessPoint.Ssid);
            _accessPoints.Add(accessPoint);
        }
    }

    public List<AccessPoint> Visible()
    {
        lock (_gate)
        {
            return InRange ? _accessPoints.FindAll(ap => !ap.IsHidden) : [];
        }
    }

    public JoinOutcome Seek(AccessPoint wanted, out AccessPoint found)
    {
        lock (_gate)
        {
            AccessPoint? known = _accessPoints.Find(ap => ap.Ssid == wanted.Ssid);
            found = known ?? wanted with { RssiDbm = LoneRssiDbm };
            if (!InRange || (known is null && !AcceptsAny))
            {
                return JoinOutcome.NotFound;
            }

            bool refused = known is { Password.Length: > 0 } && known.Password != wanted.Password;
            return refused ? JoinOutcome.WrongPassword : JoinOutcome.Joined;
        }
    }
}
