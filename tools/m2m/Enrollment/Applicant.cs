namespace M2m.Enrollment;

/// <summary>What is known of a new device. What decides is what the device says: nothing of it has to outlive the server.</summary>
internal sealed class Applicant(string id)
{
    /// <summary>Characters of a reason: a device may make it as long as a message.</summary>
    public const int MaxText = 400;

    private const int MostDoublings = 8;

    /// <summary>The device goes back after 120 s, and connects again.</summary>
    public static readonly TimeSpan TrialPatience = TimeSpan.FromSeconds(300);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan ProbePause = TimeSpan.FromMinutes(1);

    private DateTimeOffset _notBefore;
    private DateTimeOffset? _trialSince;
    private bool _hasLeft;
    private bool _isStale;

    public string Id => id;

    public Claim? Claim { get; private set; }

    public Stage Stage { get; private set; } = Stage.Away;

    public string Text { get; private set; } = string.Empty;

    public string Site { get; private set; } = string.Empty;

    /// <summary>When stage or text changed last.</summary>
    public DateTimeOffset At { get; private set; } = DateTimeOffset.UtcNow;

    /// <summary>By hand; null: not yet.</summary>
    public bool? Decision { get; set; }

    public int Attempts { get; private set; }

    /// <summary>Something is being done.</summary>
    public bool IsBusy { get; private set; }

    public bool IsOnTheWay => Stage is Stage.Enrolling or Stage.Trial or Stage.Finishing;

    /// <summary>The one that decides; null: none is for it.</summary>
    public EnrollmentRule? Rule { get; init; }

    /// <summary>It was refused when it came: of those only some are remembered.</summary>
    public bool IsSurplus { get; init; }

    /// <summary>First pause after a failure; it doubles.</summary>
    public required TimeSpan Pause { get; init; }

    public bool Take(Claim? claim, DateTimeOffset now)
    {
        Claim = claim;
        _isStale = false;
        if (_trialSince is null || claim is null)
        {
            return false;
        }

        _hasLeft |= !claim.IsWaiting;
        return claim.IsWaiting && _hasLeft && Fail("it went back to its bootstrap settings", now);
    }

    /// <summary>The device says that the trial ended with the old settings.</summary>
    public bool RolledBack(string reason, DateTimeOffset now)
    {
        if (_trialSince is not null)
        {
            return Fail(reason, now);
        }

        return Stage == Stage.Failed && Set(Stage.Failed, reason, Site, now);
    }

    public Step Next(Membership? member, bool isKnown, bool isByHand, bool isFull, DateTimeOffset now, out bool hasChanged)
    {
        hasChanged = false;
        if (IsBusy)
        {
            return Step.None;
        }

        string? alive = member?.Alive;
        if (Claim is null)
        {
            // Another server has done the rest; or an operator has cleared the announcement.
            hasChanged = Stage is Stage.Trial or Stage.Failed && (alive is not null
                ? Set(Stage.Enrolled, string.Empty, alive, now)
                : (Stage == Stage.Failed || IsTrialOver(now)) && Set(Stage.Away, "gone", Site, now));
            return Step.None;
        }

        if (!Claim.IsWaiting || _isStale)
        {
            if (alive is null)
            {
                hasChanged = (Stage is not Stage.Trial || IsTrialOver(now)) && Set(Stage.Away, Claim.State, Site, now);
                return Step.None;
            }

            if (now < _notBefore && !(member!.IsOnline && _trialSince is not null))
            {
                return Step.None;
            }

            _trialSince = null;
            hasChanged = Set(Stage.Finishing, string.Empty, alive, now);
            return Step.Finish;
        }

        if (_trialSince is not null)
        {
            hasChanged = IsTrialOver(now) && Fail("it neither left nor came back", now);
            return Step.None;
        }

        if (Refusal(isFull) is { } refusal)
        {
            hasChanged = Set(Stage.Refused, refusal, string.Empty, now);
            return Step.None;
        }

        if (alive is not null)
        {
            return now < _notBefore ? Step.None : Step.Probe;
        }

        if (Decision != true && (isKnown || isByHand || Rule!.Approval == Approval.Ask))
        {
            string known = member is null ? "it was enrolled before" : $"it was enrolled before: {member}";
            hasChanged = Set(Stage.Asking, isKnown ? known : string.Empty, Rule!.Site, now);
            return Step.None;
        }

        if (now < _notBefore)
        {
            return Step.None;
        }

        hasChanged = Stage != Stage.Queued && Set(Stage.Queued, string.Empty, Rule!.Site, now);
        return Step.Enroll;
    }

    public void Begin(Step step, DateTimeOffset now)
    {
        IsBusy = true;
        if (step == Step.Enroll)
        {
            Set(Stage.Enrolling, string.Empty, Site, now);
        }
    }

    /// <summary>It has the settings.</summary>
    public bool OnTrial(DateTimeOffset now)
    {
        IsBusy = false;
        _trialSince = now;
        _hasLeft = Claim is { IsWaiting: false };
        return Set(Stage.Trial, string.Empty, Site, now);
    }

    public bool Done(DateTimeOffset now)
    {
        IsBusy = false;
        Claim = null;
        Attempts = 0;
        Decision = null;
        return Set(Stage.Enrolled, string.Empty, Site, now);
    }

    public bool Fail(string reason, DateTimeOffset now)
    {
        IsBusy = false;
        _trialSince = null;
        double pause = Pause.TotalSeconds * Math.Pow(2, Math.Min(Attempts, MostDoublings));
        _notBefore = now + TimeSpan.FromSeconds(Math.Min(pause, LongestPause.TotalSeconds));
        Attempts++;
        return Set(Stage.Failed, reason, Site, now);
    }

    /// <summary>Whether it responded although its id is in use in a site.</summary>
    public bool Probed(bool isThere, string where, DateTimeOffset now)
    {
        IsBusy = false;
        _isStale = !isThere;
        _notBefore = isThere ? now + ProbePause : now;
        return isThere && Set(Stage.Conflict, $"another device with this id is in {where}", string.Empty, now);
    }

    private string? Refusal(bool isFull)
    {
        return Claim!.Fault is { } fault ? fault
            : Rule is null ? "no rule is for it"
            : Rule.Approval == Approval.No ? FormattableString.Invariant($"rule {Rule.Number} says no")
            : Decision == false ? "refused by hand"
            : isFull ? FormattableString.Invariant($"rule {Rule.Number}: {Rule.Site} has its limit of {Rule.Limit} devices")
            : null;
    }

    private bool IsTrialOver(DateTimeOffset now) => _trialSince is { } since && now - since > TrialPatience;

    private bool Set(Stage stage, string text, string site, DateTimeOffset now)
    {
        text = text[..Math.Min(text.Length, MaxText)];
        bool hasChanged = stage != Stage || text != Text;
        if (hasChanged)
        {
            At = now;
        }

        (Stage, Text, Site) = (stage, text, site);
        return hasChanged;
    }
}
