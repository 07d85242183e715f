using System.Text;
using System.Text.Json.Nodes;

namespace Scenarios.Protocol;

/// <summary>Builds schemas (JSON Schema draft 7, which AsyncAPI 3 takes). Each call gives a new node: a node has one parent.</summary>
internal static class Shape
{
    public static JsonObject Text => new() { ["type"] = "string" };

    public static JsonObject Flag => new() { ["type"] = "boolean" };

    public static JsonObject Number => new() { ["type"] = "number" };

    public static JsonObject Count => Integer(0);

    public static JsonObject Seconds => Count.Unit("s");

    public static JsonObject Level => Integer(0, 100).Unit("%");

    public static JsonObject Epoch => Ref("time");

    public static JsonObject TextList => ListOf(Text);

    public static JsonObject Integer(long? min = null, long? max = null)
    {
        var integer = new JsonObject { ["type"] = "integer" };
        Put(integer, "minimum", min);
        Put(integer, "maximum", max);
        return integer;
    }

    public static JsonObject Const(string value) => new() { ["type"] = "string", ["const"] = value };

    public static JsonObject Words(params IEnumerable<string> words) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    /// <summary>The words of an enum of the firmware, as it writes them: "RolledBack" is "rolled-back".</summary>
    public static JsonObject Words<T>(params T[] without)
        where T : struct, Enum => Words(Enum.GetValues<T>().Except(without).Select(value => Word(value.ToString(), '-')));

    /// <summary>"RolledBack" with a dash gives "rolled-back".</summary>
    public static string Word(string name, char separator)
    {
        var word = new StringBuilder();
        foreach (char c in name)
        {
            word.Append(char.IsUpper(c) && word.Length > 0 ? separator.ToString() : string.Empty).Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }

    public static JsonObject ListOf(JsonObject item, int? min = null, int? max = null)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item };
        Put(list, "minItems", min);
        Put(list, "maxItems", max);
        return list;
    }

    /// <summary>An array whose first item is special.</summary>
    public static JsonObject ListOf(JsonObject first, JsonObject others) =>
        new() { ["type"] = "array", ["items"] = new JsonArray(first), ["additionalItems"] = others };

    /// <summary>An object with any names.</summary>
    public static JsonObject Map(JsonObject value) => new() { ["type"] = "object", ["additionalProperties"] = value };

    /// <summary>An object with these members and no others; a name that ends in "?" may be absent.</summary>
    public static JsonObject Record(params IEnumerable<(string Name, JsonObject Shape)> members)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach ((string name, JsonObject shape) in members)
        {
            string plain = name.TrimEnd('?');
            properties[plain] = shape;
            if (plain == name)
            {
                required.Add(plain);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
    }

    public static JsonObject AnyOf(params JsonObject[] shapes) => new() { ["anyOf"] = new JsonArray([.. shapes]) };

    public static JsonObject Ref(string schema) => Link("#/components/schemas/" + schema);

    public static JsonObject Link(string pointer) => new() { ["$ref"] = pointer };

    public static JsonArray Links(string pointer, IEnumerable<string> names) => new([.. names.Select(name => Link(pointer + name))]);

    public static JsonObject Says(this JsonObject shape, string description)
    {
        shape["description"] = description;
        return shape;
    }

    public static JsonObject Unit(this JsonObject shape, string unit)
    {
        shape["x-unit"] = unit;
        return shape;
    }

    public static void Put(JsonObject shape, string name, long? value)
    {
        if (value is not null)
        {
            shape[name] = value;
        }
    }
}
