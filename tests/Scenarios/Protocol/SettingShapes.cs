using System.Text.Json.Nodes;
using static Scenarios.Protocol.Shape;

namespace Scenarios.Protocol;

/// <summary>Schemas of the settings, made from the response of <c>settings.schema</c>.</summary>
internal static class SettingShapes
{
    private const string SchemaPrefix = "setting.";
    private const string AnyEntry = ".*.";
    private const string WholeEntry = ".*";
    private const string EntryPattern = "[A-Za-z0-9_-]{1,32}";

    /// <summary>One schema for each setting, and two for several: as they are shown, and as they may be changed.</summary>
    public static IEnumerable<(string Name, JsonObject Shape)> All(IReadOnlyList<JsonObject> settings)
    {
        foreach (JsonObject setting in settings)
        {
            yield return (SchemaName(setting), Form(setting));
        }

        yield return ("settings", Several(settings, key => Ref(SchemaName(key))));
        JsonObject change = Several(settings, key => AnyOf([Ref(SchemaName(key)), .. Also(key), Nothing]));
        foreach (string table in settings.Select(NameOf).Where(name => name.Contains(AnyEntry, StringComparison.Ordinal)).Select(name => name.Split('.')[0]).Distinct())
        {
            change["patternProperties"]![$@"^{table}\.{EntryPattern}$"] = new JsonObject { ["type"] = new JsonArray("object", "null") };
        }

        foreach (string table in settings.Select(NameOf).Where(name => name.EndsWith(WholeEntry, StringComparison.Ordinal)))
        {
            change["properties"]![table[..^WholeEntry.Length]] = Nothing;
        }

        change["minProperties"] = 1;
        change["maxProperties"] = 32;
        yield return ("settingsChange", change.Says("null resets a setting"));
    }

    private static JsonObject Nothing => new() { ["type"] = "null" };

    private static string NameOf(JsonObject setting) => setting["name"]!.GetValue<string>();

    private static string SchemaName(JsonObject setting) => SchemaPrefix + NameOf(setting).Replace(AnyEntry, ".", StringComparison.Ordinal).Replace(WholeEntry, string.Empty, StringComparison.Ordinal);

    // A table without names may be given as its only entry, and a choice of "5" as 5.
    private static IEnumerable<JsonObject> Also(JsonObject setting) => TypeOf(setting) switch
    {
        "table" => [(JsonObject)Form(setting)["items"]!.DeepClone()],
        "choice" => [Integer()],
        _ => [],
    };

    private static JsonObject Several(IReadOnlyList<JsonObject> settings, Func<JsonObject, JsonObject> shape)
    {
        var properties = new JsonObject();
        var patterns = new JsonObject();
        foreach (JsonObject setting in settings)
        {
            string[] parts = NameOf(setting).Split(AnyEntry);
            if (NameOf(setting).EndsWith(WholeEntry, StringComparison.Ordinal))
            {
                patterns[$@"^{NameOf(setting)[..^WholeEntry.Length]}\.{EntryPattern}$"] = shape(setting);
            }
            else if (parts.Length == 1)
            {
                properties[parts[0]] = shape(setting);
            }
            else
            {
                patterns[$@"^{parts[0]}\.{EntryPattern}\.{parts[1]}$"] = shape(setting);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["patternProperties"] = patterns, ["additionalProperties"] = false };
    }

    private static string TypeOf(JsonObject setting) => setting["type"]!.GetValue<string>();

    private static JsonObject Form(JsonObject setting)
    {
        JsonObject form = TypeOf(setting) switch
        {
            "choice" => new JsonObject { ["type"] = "string", ["enum"] = setting["choices"]!.DeepClone() },
            "list" => ListOf(Text, max: setting["max"]!.GetValue<int>()),
            "table" => ListOf(Record(setting["members"]!.AsArray().SelectMany(member => Members(member!.AsObject()))), max: setting["max"]!.GetValue<int>()),
            var type => new JsonObject { ["type"] = type },
        };
        Copy(setting, "min", form, TypeOf(setting) == "string" ? "minLength" : "minimum");
        Copy(setting, "max", form, TypeOf(setting) switch { "string" => "maxLength", "list" or "table" => "maxItems", _ => "maximum" });
        Copy(setting, "default", form, "default");
        Copy(setting, "unit", form, "x-unit");
        Copy(setting, "effect", form, "x-effect");
        return form;
    }

    private static IEnumerable<(string Name, JsonObject Shape)> Members(JsonObject member)
    {
        string name = NameOf(member);
        JsonObject form = Form(member);
        if (member.ContainsKey("secret"))
        {
            form["writeOnly"] = true;
            JsonObject isSet = Flag.Says("shown in place of " + name);
            isSet["readOnly"] = true;
            yield return (name + "Set?", isSet);
        }

        yield return (name + "?", form);
    }

    private static void Copy(JsonObject setting, string from, JsonObject form, string to)
    {
        if (setting[from] is { } value)
        {
            form[to] = value.DeepClone();
        }
    }
}
