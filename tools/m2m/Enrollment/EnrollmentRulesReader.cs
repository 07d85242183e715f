using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Certificates;
using M2m.Client.Files;

namespace M2m.Enrollment;

/// <summary>Reads a file of rules; what is wrong in it is reported with its place.</summary>
internal sealed class EnrollmentRulesReader
{
    private const int MaxFile = 1024 * 1024;
    private const int MaxRules = 1000;
    private const int MaxIds = 20_000;
    private const int MaxDays = 36_500;
    private const int MaxPattern = 64;

    // Of the 32 keys of one settings.set three are those of the enrollment.
    private const int MaxKeys = 29;

    private static readonly string[] Members = ["prefix", "authority", "days", "ca", "broker", "rules"];
    private static readonly string[] RuleMembers = ["device", "match", "approve", "site", "broker", "settings", "limit"];
    private static readonly string[] BrokerMembers = ["host", "port", "user", "password", "tls", "ca", "hostName"];
    private static readonly string[] Approvals = ["yes", "ask", "no"];
    private static readonly string[] OwnKeys = ["broker", "prefix", "enrolled"];

    private readonly string _path;
    private readonly string _folder;
    private int _ids;

    private EnrollmentRulesReader(string path)
    {
        _path = path;
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
    }

    /// <exception cref="FailedException">The file cannot be used.</exception>
    public static EnrollmentRules Read(string path) => new EnrollmentRulesReader(path).Read();

    private EnrollmentRules Read()
    {
        JsonObject file = Parse();
        Require(file, "", Members);
        string prefix = Text(file, "", "prefix") ?? EnrollmentRules.DefaultPrefix;
        if (!Names.IsPrefix(prefix))
        {
            throw Wrong("prefix", $"must be names of A-Z a-z 0-9 _ - with single / between, not '{prefix}'");
        }

        string authority = Text(file, "", "authority") ?? throw Wrong("authority", "is missing: the directory of m2m ca new");
        long days = Number(file, "", "days", 1, MaxDays) ?? EnrollmentRules.DefaultDays;
        JsonObject broker = Broker(file, "");
        if (file["rules"] is not JsonArray { Count: > 0 and <= MaxRules } entries)
        {
            throw Wrong("rules", $"must be an array of 1 to {MaxRules} rules");
        }

        EnrollmentRule[] rules = [.. entries.Select((entry, i) => Rule(entry, i, prefix, broker))];
        return new EnrollmentRules(prefix, Path.Combine(_folder, authority), TimeSpan.FromDays(days), Ca(file), rules);
    }

    private JsonObject Parse()
    {
        byte[] bytes = SmallFile.Read(_path, MaxFile);
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return JsonNode.Parse(bytes, documentOptions: options) as JsonObject ?? throw new FailedException($"{_path} must have one JSON object");
        }
        catch (JsonException e)
        {
            throw new FailedException($"{_path} is not JSON: {e.Message}");
        }
    }

    private EnrollmentRule Rule(JsonNode? node, int index, string prefix, JsonObject broker)
    {
        string place = FormattableString.Invariant($"rules[{index}]");
        JsonObject rule = node as JsonObject ?? throw Wrong(place, "must be an object");
        Require(rule, place, RuleMembers);
        if (rule.ContainsKey("device") == rule.ContainsKey("match"))
        {
            throw Wrong(place, "must have one of \"device\" (an id, or an array of ids) and \"match\" (a pattern with * and ?)");
        }

        string[] devices = rule.ContainsKey("device") ? Ids(rule["device"], place) : [Pattern(rule, place)];
        string approve = Text(rule, place, "approve") ?? Approvals[0];
        if (!Approvals.Contains(approve))
        {
            throw Wrong($"{place}.approve", $"must be yes, ask or no, not '{approve}'.{Nearest.Question(approve, Approvals)}");
        }

        var approval = Enum.Parse<Approval>(approve, ignoreCase: true);
        string? site = Text(rule, place, "site");
        if (approval != Approval.No && site is null)
        {
            throw Wrong($"{place}.site", "is missing: the prefix that the devices get");
        }

        if (site is not null && (!Names.IsPrefix(site) || site == prefix))
        {
            throw Wrong($"{place}.site", site == prefix ? $"must differ from the prefix of new devices, '{prefix}'" : $"must be names of A-Z a-z 0-9 _ - with single / between, not '{site}'");
        }

        JsonObject own = Broker(rule, place);
        return new EnrollmentRule(index + 1, devices, approval, approval == Approval.No ? string.Empty : site!)
        {
            Broker = own.Count > 0 ? own : broker,
            Settings = Settings(rule, place),
            Limit = Number(rule, place, "limit", 1, 1_000_000),
        };
    }

    private string[] Ids(JsonNode? node, string place)
    {
        JsonNode?[] nodes = node is JsonArray several ? [.. several] : [node];
        if (nodes.Length == 0 || (_ids += nodes.Length) > MaxIds)
        {
            throw Wrong($"{place}.device", nodes.Length == 0 ? "must have one id at least" : $"all rules together may list at most {MaxIds} ids");
        }

        return [.. nodes.Select((one, i) =>
        {
            string at = node is JsonArray ? FormattableString.Invariant($"{place}.device[{i}]") : $"{place}.device";
            string id = one is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(at, "must be the id of a device, a string");
            string hint = id.Contains('*', StringComparison.Ordinal) || id.Contains('?', StringComparison.Ordinal) ? ": a pattern is \"match\"" : string.Empty;
            return Names.IsName(id) ? id : throw Wrong(at, $"must be {Names.Rule}, not '{id}'{hint}");
        })];
    }

    private string Pattern(JsonObject rule, string place)
    {
        string pattern = Text(rule, place, "match") ?? throw Wrong($"{place}.match", "must be a string");
        bool isPattern = pattern.Length is > 0 and <= MaxPattern && Names.IsName(pattern.Replace('*', '-').Replace('?', '-'));
        return isPattern ? pattern : throw Wrong($"{place}.match", $"must be 1 to {MaxPattern} of A-Z a-z 0-9 _ - * ?, not '{pattern}'");
    }

    private JsonObject Broker(JsonObject parent, string place)
    {
        if (parent["broker"] is null)
        {
            return [];
        }

        string at = Below(place, "broker");
        JsonObject broker = parent["broker"] as JsonObject ?? throw Wrong(at, "must be an object, as the setting broker has it");
        Require(broker, at, BrokerMembers);
        Array.ForEach(["host", "user", "password", "ca", "hostName"], name => Text(broker, at, name));
        Number(broker, at, "port", 1, 65_535);
        if (broker.ContainsKey("tls") && broker["tls"]?.GetValueKind() != JsonValueKind.True)
        {
            throw Wrong($"{at}.tls", "must be true: a device shows its certificate only under TLS");
        }

        return (JsonObject)broker.DeepClone();
    }

    private JsonObject Settings(JsonObject rule, string place)
    {
        if (rule["settings"] is null)
        {
            return [];
        }

        string at = $"{place}.settings";
        JsonObject given = rule["settings"] as JsonObject ?? throw Wrong(at, "must be an object");
        var flat = new JsonObject();
        Flatten(string.Empty, given, flat, at);
        if (flat.FirstOrDefault(setting => OwnKeys.Contains(setting.Key.Split('.')[0])).Key is { } own)
        {
            throw Wrong($"{at}.{own}", own.StartsWith("broker", StringComparison.Ordinal) ? "is set by the enrollment: \"broker\" of the rule changes it" : "is set by the enrollment");
        }

        return flat.Count <= MaxKeys ? flat : throw Wrong(at, $"has {flat.Count} settings, at most {MaxKeys} fit into the enrollment");
    }

    // A device takes the members of tables by keys with dots; a rule of the device is set as a whole.
    private void Flatten(string path, JsonObject nested, JsonObject flat, string at)
    {
        foreach ((string name, JsonNode? value) in nested)
        {
            string key = path + name;
            if (!Names.IsDottedName(key))
            {
                throw Wrong($"{at}.{key}", "is no name of a setting");
            }

            bool isWhole = key.StartsWith("rules.", StringComparison.Ordinal) && key.Split('.').Length == 2;
            if (value is JsonObject { Count: > 0 } members && !isWhole && key is not "broker")
            {
                Flatten(key + ".", members, flat, at);
            }
            else if (!flat.TryAdd(key, value?.DeepClone()))
            {
                throw Wrong($"{at}.{key}", "is there twice");
            }
        }
    }

    private string? Ca(JsonObject file)
    {
        if (Text(file, "", "ca") is not { } ca)
        {
            return null;
        }

        string path = Path.Combine(_folder, ca);
        string text = Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile));
        _ = Pem.Certificates(text, path);
        return Pem.HasKey(text) ? throw new FailedException($"{path} has a private key: \"ca\" is the certificates that a device trusts, no key goes there") : Pem.Normalize(text);
    }

    private void Require(JsonObject value, string place, string[] known)
    {
        if (value.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw Wrong(Below(place, unknown), $"is unknown.{Nearest.Question(unknown, known)} Known are: {string.Join(", ", known)}");
        }
    }

    private string? Text(JsonObject parent, string place, string name)
    {
        if (parent[name] is not { } node)
        {
            return null;
        }

        return node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : throw Wrong(Below(place, name), "must be a text that is not empty");
    }

    private long? Number(JsonObject parent, string place, string name, long minimum, long maximum)
    {
        if (parent[name] is not { } node)
        {
            return null;
        }

        return node is JsonValue value && value.TryGetValue(out long number) && number >= minimum && number <= maximum
            ? number : throw Wrong(Below(place, name), $"must be a whole number from {minimum} to {maximum}, not {node.ToJsonString()}");
    }

    private static string Below(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";

    private FailedException Wrong(string place, string what) => new($"{_path}: {place} {what}");
}
