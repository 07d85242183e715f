using System.Text.RegularExpressions;
using M2m.Client.Arguments;

namespace Boards.NativeSim.Faults;

/// <summary>Reads the value of <c>--fault</c>, e.g. <c>wifi@60+30</c> or <c>power=120:7@0+5/86400#2</c>.</summary>
internal static partial class FaultOption
{
    public const string Rule = "NAME[=VALUE][@START][+SECONDS][/EVERY][#DEVICE]";

    public static Fault Parse(string text)
    {
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            throw new UsageException($"--fault must be {Rule}, e.g. wifi@60+30, not '{text}'");
        }

        try
        {
            return FaultReader.Read(Members(match));
        }
        catch (UsageException e)
        {
            throw new UsageException($"--fault {text}: {e.Message}");
        }
    }

    private static Dictionary<string, string> Members(Match match)
    {
        var members = new Dictionary<string, string>();
        foreach (string name in new[] { FaultReader.Name, FaultReader.At, FaultReader.For, FaultReader.Every, FaultReader.Device })
        {
            if (match.Groups[name].Success)
            {
                members[name] = match.Groups[name].Value;
            }
        }

        IReadOnlyList<string> own = FaultReader.MembersOf(members[FaultReader.Name]);
        string[] values = match.Groups["value"].Success ? match.Groups["value"].Value.Split(':') : [];
        if (values.Length > own.Count)
        {
            throw new UsageException($"{members[FaultReader.Name]} takes {(own.Count == 0 ? "no value" : string.Join(':', own))}");
        }

        for (int i = 0; i < values.Length; i++)
        {
            members[own[i]] = values[i];
        }

        return members;
    }

    [GeneratedRegex("^(?<fault>[a-z]+)(=(?<value>[a-z0-9:-]+))?(@(?<at>[0-9]+))?(\\+(?<for>[0-9]+))?(/(?<every>[0-9]+))?(#(?<device>[0-9]+))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
