using M2m.Client.Devices;

namespace M2m.Enrollment;

/// <summary>What an operator has decided about new devices.</summary>
/// <param name="Prefix">The prefix under which new devices announce themselves.</param>
/// <param name="Authority">Directory of the authority that issues their certificates.</param>
/// <param name="Validity">Of a certificate.</param>
/// <param name="CaPem">The authorities that a device must trust from then on; null: those that it trusts already.</param>
/// <param name="Rules">In order: the first that is for a device decides.</param>
internal sealed record EnrollmentRules(string Prefix, string Authority, TimeSpan Validity, string? CaPem, IReadOnlyList<EnrollmentRule> Rules)
{
    public const string DefaultPrefix = "m2m/enroll";

    public const int DefaultDays = 730;

    public EnrollmentRule? Find(string id) => Rules.FirstOrDefault(rule => rule.IsFor(id));

    public bool Lists(string id) => Rules.Any(rule => rule.Lists(id));

    /// <summary>Statuses of all that is beside the sites: a device that is in one of them is not new.</summary>
    public IReadOnlyList<string> SiteFilters => [.. Rules.Select(rule => rule.Site).Where(site => site.Length > 0).Select(Beside).Distinct()];

    private static string Beside(string site)
    {
        int last = site.LastIndexOf('/');
        return last < 0 ? new Topics(site).Of(Topics.Any, Topics.StatusLevel) : new Topics(site[..last] + "/" + Topics.Any).Of(Topics.Any, Topics.StatusLevel);
    }
}
