using System.Text.Json;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Enrollment;

/// <summary>All new devices, out of what arrives. It may be called on any thread.</summary>
internal sealed class EnrollmentBook(EnrollmentRules rules, EnrollmentLog log)
{
    /// <summary>New devices that are remembered; those that a rule lists by id always have room.</summary>
    public const int MaxApplicants = 10_000;

    // Refused ones are shown, but anyone with a bootstrap credential can make up ids.
    private const int MaxRefused = 1000;
    private const int MaxMembers = 20_000;
    private const string SettingsEvent = "settings";
    private const string RolledBack = "rolled-back";

    private readonly Dictionary<string, Applicant> _applicants = [];
    private readonly Dictionary<string, Membership> _members = [];
    private int _refused;
    private DateTimeOffset _noRoomUntil;

    public Lock Gate { get; } = new();

    /// <summary>Only this device; null: all.</summary>
    public string? Only { get; init; }

    public bool IsByHand { get; init; }

    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Called when a device's stage or its reason has changed, within <see cref="Gate"/>.</summary>
    public Action<Applicant>? Changed { get; set; }

    /// <summary>Statuses of new devices for which there was no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Within <see cref="Gate"/>.</summary>
    public IReadOnlyCollection<Applicant> All => _applicants.Values;

    public void Take(Message message)
    {
        string[] levels = message.Topic.Split('/');
        if (levels.Length < 3 || !Names.IsName(levels[^2]))
        {
            return;
        }

        (string prefix, string id, string level) = (string.Join('/', levels[..^2]), levels[^2], levels[^1]);
        lock (Gate)
        {
            if (prefix == rules.Prefix)
            {
                TakeClaim(id, level, message.Payload);
            }
            else if (level == Topics.StatusLevel)
            {
                TakeMember(prefix, id, message.Payload);
            }
        }
    }

    /// <summary>An operator's word. False: there is no such new device.</summary>
    public bool Decide(string id, bool isApproved)
    {
        lock (Gate)
        {
            if (!_applicants.TryGetValue(id, out Applicant? applicant))
            {
                return false;
            }

            applicant.Decision = isApproved;
            return true;
        }
    }

    /// <summary>What is due, at most so many; the devices are busy from then on.</summary>
    public IReadOnlyList<(Applicant Applicant, Step Step)> Begin(int most)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        lock (Gate)
        {
            var due = new List<(Applicant Applicant, Step Step)>();
            var counts = new Dictionary<EnrollmentRule, long>();
            foreach (Applicant applicant in _applicants.Values)
            {
                Membership? member = _members.GetValueOrDefault(applicant.Id);
                Step step = applicant.Next(member, IsKnown(applicant.Id, member), IsByHand, IsFull(applicant, counts, now), now, out bool hasChanged);
                if (step != Step.None)
                {
                    due.Add((applicant, step));
                }

                Tell(applicant, hasChanged);
            }

            // One that fails again and again is after those that are new.
            due = [.. due.OrderBy(one => one.Applicant.Attempts).Take(most)];
            foreach ((Applicant applicant, Step step) in due)
            {
                if (step == Step.Enroll && IsFull(applicant, counts, now))
                {
                    continue;
                }

                bool isCounted = HoldsPlace(applicant.Id, applicant.Rule, now);
                Stage before = applicant.Stage;
                applicant.Begin(step, now);
                if (step == Step.Enroll && applicant.Rule!.Limit is not null && !isCounted)
                {
                    counts[applicant.Rule]++;
                }

                Tell(applicant, applicant.Stage != before);
            }

            return [.. due.Where(one => one.Applicant.IsBusy)];
        }
    }

    public void End(Applicant applicant, Func<Applicant, DateTimeOffset, bool> end)
    {
        lock (Gate)
        {
            Tell(applicant, end(applicant, DateTimeOffset.UtcNow));
        }
    }

    public Membership? MemberOf(string id)
    {
        lock (Gate)
        {
            return _members.GetValueOrDefault(id);
        }
    }

    public Applicant? Of(string id)
    {
        lock (Gate)
        {
            return _applicants.GetValueOrDefault(id);
        }
    }

    private void TakeClaim(string id, string level, byte[] payload)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        _applicants.TryGetValue(id, out Applicant? applicant);
        if (level == Topics.EventLevel)
        {
            if (applicant is not null && Json.TryParse(payload, out JsonElement value) && Json.Text(value, "type") == SettingsEvent && Json.Text(value, "state") == RolledBack)
            {
                Tell(applicant, applicant.RolledBack(Json.Text(value, "reason") is { } reason ? $"it went back: {reason}" : "it went back", now));
            }

            return;
        }

        if (level != Topics.StatusLevel || (Only is not null && id != Only))
        {
            return;
        }

        Claim? claim = Claim.Read(id, payload);
        if (applicant is null && claim is not null)
        {
            EnrollmentRule? rule = rules.Find(id);
            if (HasRoom(id, claim, rule, now, out bool isSurplus))
            {
                _applicants[id] = applicant = new Applicant(id) { Rule = rule, Pause = Pause, IsSurplus = isSurplus };
            }
        }

        if (applicant is not null)
        {
            Tell(applicant, applicant.Take(claim, now));

            // One that has failed is kept with its pause, which would be over for who clears its status.
            if (claim is null && applicant is { IsBusy: false, IsOnTheWay: false, Stage: not Stage.Enrolled, Attempts: 0 })
            {
                Remove(applicant);
            }
        }
    }

    // An id that no rule is for costs nothing but its row, and that is for the first of them only.
    private bool HasRoom(string id, Claim claim, EnrollmentRule? rule, DateTimeOffset now, out bool isSurplus)
    {
        isSurplus = false;
        if (rules.Lists(id))
        {
            return true;
        }

        isSurplus = claim.Fault is not null || rule is not { Approval: not Approval.No };
        bool hasRoom = isSurplus ? _refused < MaxRefused : _applicants.Count < MaxApplicants || MakeRoom(now);
        _refused += isSurplus && hasRoom ? 1 : 0;
        Dropped += hasRoom ? 0 : 1;
        return hasRoom;
    }

    private bool MakeRoom(DateTimeOffset now)
    {
        // A search through all is not for each message of a flood.
        if (now < _noRoomUntil)
        {
            return false;
        }

        Applicant[] idle = [.. _applicants.Values.Where(applicant => applicant is { IsBusy: false, Claim: not { IsWaiting: true }, Stage: Stage.Away or Stage.Enrolled })];
        Array.ForEach(idle, Remove);
        _noRoomUntil = now + TimeSpan.FromSeconds(1);
        return idle.Length > 0;
    }

    private void Remove(Applicant applicant)
    {
        _applicants.Remove(applicant.Id);
        _refused -= applicant.IsSurplus ? 1 : 0;
    }

    private void TakeMember(string prefix, string id, byte[] payload)
    {
        if (!_members.TryGetValue(id, out Membership? member))
        {
            if (payload.Length == 0 || _members.Count >= MaxMembers)
            {
                return;
            }

            _members[id] = member = new Membership();
        }

        member.Take(prefix, payload);
        if (member.IsEmpty)
        {
            _members.Remove(id);
        }
    }

    // One that this server, or the one before it, has on the way may have been in its site for a moment.
    private bool IsKnown(string id, Membership? member) => log.StateOf(id) switch
    {
        EnrollmentLog.Enrolled => true,
        EnrollmentLog.Issued => false,
        _ => member is not null,
    };

    private bool IsFull(Applicant applicant, Dictionary<EnrollmentRule, long> counts, DateTimeOffset now)
    {
        EnrollmentRule? rule = applicant.Rule;
        if (rule?.Limit is not { } limit)
        {
            return false;
        }

        if (!counts.TryGetValue(rule, out long count))
        {
            count = _members.Count(member => member.Value.IsIn(rule.Site) && rule.IsFor(member.Key))
                + _applicants.Values.Count(other => other.IsOnTheWay && other.Stage != Stage.Finishing && other.Rule == rule && _members.GetValueOrDefault(other.Id)?.IsIn(rule.Site) != true)
                + log.MayBeOnTrial(rule.Site, now).Count(id => HoldsPlace(id, rule, now));
            counts[rule] = count;
        }

        return !applicant.IsOnTheWay && count - (HoldsPlace(applicant.Id, rule, now) ? 1 : 0) >= limit;
    }

    // What the server before this one had on trial is in no site yet, and this one knows nothing of it but from the log.
    private bool HoldsPlace(string id, EnrollmentRule? rule, DateTimeOffset now) =>
        rule is not null && log.MayBeOnTrial(id, rule.Site, now) && rule.IsFor(id) && _members.GetValueOrDefault(id)?.IsIn(rule.Site) != true && _applicants.GetValueOrDefault(id)?.IsOnTheWay != true;

    private void Tell(Applicant applicant, bool hasChanged)
    {
        if (hasChanged)
        {
            Changed?.Invoke(applicant);
        }
    }
}
